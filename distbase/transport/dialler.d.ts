/** Keeps one outgoing connection to a validator: dials, shakes hands, and dials again with jittered back-off. */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { type HandshakeContext, type HandshakeSelf } from '../crypto/handshake.ts';
import { Session } from '../crypto/session.ts';
import type { Socket } from './socket.ts';
export interface DiallerOptions {
    readonly peer: ReplicaId;
    readonly url: string;
    /** Time for connecting, and for the handshake, ms. */
    readonly timeoutMs: number;
    /** Largest frame taken, in bytes. */
    readonly maxFrameBytes: number;
    readonly context: HandshakeContext;
    readonly self: HandshakeSelf;
    /** The peer proved who it is. The result takes the payload-bearing messages and the end of the connection. */
    connected(socket: Socket, session: Session): {
        message(frame: Uint8Array): void;
        closed(): void;
    };
    rejected(code: RejectionCode): void;
    /** Called once per attempt after the first. */
    retried(): void;
}
export declare class Dialler {
    private readonly options;
    private socket;
    private timer;
    private delayMs;
    private wanted;
    constructor(options: DiallerOptions);
    /** Dials until `stop`. */
    start(): void;
    stop(): void;
    private dial;
    private again;
}
//# sourceMappingURL=dialler.d.ts.map