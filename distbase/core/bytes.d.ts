/** Byte helpers that need nothing of Node, so that core, the codec and the browser client share them. */
/** Lowercase hex. */
export declare function toHex(bytes: Uint8Array): string;
/** Bytes of a hex string, or undefined where it is not one. */
export declare function fromHex(hex: string): Uint8Array | undefined;
/** Equality of public bytes; not constant-time. */
export declare function bytesEqual(a: Uint8Array, b: Uint8Array): boolean;
/** One array after another. */
export declare function concatBytes(...parts: readonly Uint8Array[]): Uint8Array;
//# sourceMappingURL=bytes.d.ts.map