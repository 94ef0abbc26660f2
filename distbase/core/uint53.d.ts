/** Integers up to 2⁵³ − 1 as 8 bytes, big-endian. */
export declare const UINT53_BYTES = 8;
/** The integer at `at`, or −1 above 2⁵³ − 1. Eight bytes must be there. */
export declare function readUint53(bytes: Uint8Array, at: number): number;
/** Writes an integer in [0, 2⁵³ − 1] at `at`. */
export declare function writeUint53(bytes: Uint8Array, at: number, value: number): void;
/** The integer as 8 bytes of its own. */
export declare function uint53Bytes(value: number): Uint8Array;
//# sourceMappingURL=uint53.d.ts.map