/**
 * A session authenticates frames: 16 bytes of keyed BLAKE3 (BLAKE3 specification §2.3) over direction ‖ counter ‖
 * payload stand before the payload. Frames are not encrypted. Each direction has its own key and counter, and a
 * frame is taken only as the very next one, so that a replayed, reflected, dropped or reordered frame fails.
 */
/** Bytes of a frame before its payload. A forger has one guess in 2¹²⁸ per frame, and one guess ends the session. */
export declare const MAC_BYTES = 16;
/** Keyed BLAKE3, synchronous. `parts` are concatenated. */
export type Mac = (key: Uint8Array, first: Uint8Array, second: Uint8Array) => Uint8Array;
/** Loads the MAC; one instance per thread serves all sessions. */
export declare function loadMac(): Promise<Mac>;
/** What a handshake leaves behind. */
export interface SessionKeys {
    /** 32 bytes each, for the frames that we send and for those that we receive. */
    readonly send: Uint8Array;
    readonly receive: Uint8Array;
    /** Whether we dialled. */
    readonly initiator: boolean;
}
export declare class Session {
    private readonly mac;
    private readonly keys;
    /** direction ‖ counter of the next frame, each way: 1 + 8 bytes, big-endian. */
    private readonly outgoing;
    private readonly incoming;
    constructor(mac: Mac, keys: SessionKeys);
    /** Fills in the MAC of the next frame: `frame` is 16 bytes of room, then the payload. */
    seal(frame: Uint8Array): void;
    /** The payload, a view into the frame, or undefined where the frame is not the next one of the other side. */
    open(frame: Uint8Array): Uint8Array | undefined;
}
/** Equality of the first `length` bytes in a time that does not tell where they differ. */
export declare function equal(a: Uint8Array, b: Uint8Array, length: number): boolean;
//# sourceMappingURL=session.d.ts.map