/** One client's window of nonces with its latest results, and its bytes in the state. */
import type { Digest, Sequence } from '../core/ids.ts';
export interface KeptResult {
    readonly nonce: number;
    readonly sequence: Sequence;
    readonly transaction: Digest;
    /** Empty where it was too long to keep. */
    readonly result: Uint8Array;
}
export declare class ClientWindow {
    /** The highest nonce executed; nonces start at 1. */
    high: number;
    lastExpiry: Sequence;
    /** Bit nonce mod CLIENT_WINDOW: executed, for the nonces in (high − CLIENT_WINDOW, high]. */
    readonly bits: Uint32Array<ArrayBuffer>;
    readonly results: KeptResult[];
    free(nonce: number): boolean;
    mark(nonce: number): void;
    /** Beside its nonce, in place of the oldest. */
    keep(kept: KeptResult): void;
    find(nonce: number, transaction: Digest): KeptResult | undefined;
    private word;
}
/** A digest or client id as 32 bytes. */
export declare function digestBytes(digest: Digest): Uint8Array;
/** high ‖ last expiry ‖ bits ‖ number of results ‖ (nonce ‖ sequence ‖ digest ‖ length ‖ result)*, big-endian. */
export declare function encodeWindow(window: ClientWindow): Uint8Array;
/** Integers above 2⁵³ − 1 read as −1: no window has any. */
export declare function requireWindow(holds: boolean): void;
export declare function decodeWindow(bytes: Uint8Array): ClientWindow;
//# sourceMappingURL=client-window.d.ts.map