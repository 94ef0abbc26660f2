/** `ws://host:port` of what a person gave for a validator's address. Throws `bad-flag`. */
export declare function nodeUrl(text: string): string;
//# sourceMappingURL=targets.d.ts.map