/** Names for the plain values that pass between layers. */
/** A replica's index in its epoch's validator set: 0 ≤ id < n. */
export type ReplicaId = number;
/** A view number; view v has primary v mod n. */
export type View = number;
/** A slot's place in the order; the first is 1, and 0 is the genesis checkpoint. */
export type Sequence = number;
/** A validator set's number; it grows by one at every change of the set. */
export type Epoch = number;
/**
 * A 32-byte hash as 64 lowercase hex digits: immutable, comparable by `===`, a key of any map, and legible in a
 * trace. Only the codec turns it into bytes and back.
 */
export type Digest = string;
/** The digest that stands for the null batch, which fills a gap in a new view (TOCS 2002 §2.3.5). */
export declare const NULL_DIGEST: Digest;
//# sourceMappingURL=ids.d.ts.map