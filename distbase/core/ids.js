/** Names for the plain values that pass between layers. */
/** The digest that stands for the null batch, which fills a gap in a new view (TOCS 2002 §2.3.5). */
export const NULL_DIGEST = '0'.repeat(64);
//# sourceMappingURL=ids.js.map