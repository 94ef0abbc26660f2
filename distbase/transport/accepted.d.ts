/** A connection that somebody made to us, until its handshake has ended. */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import { type HandshakeContext, type HandshakeSelf } from '../crypto/handshake.ts';
import { Session } from '../crypto/session.ts';
import { type Admission, type Guest, type Lane } from './admission.ts';
import type { Door, Socket, SocketListener } from './socket.ts';
export interface AcceptedOptions {
    readonly context: HandshakeContext;
    readonly self: HandshakeSelf;
    readonly admission: Admission;
    /** Whether a validator is known to be where this connection comes from. */
    readonly trusted: boolean;
    /** Time for the handshake, ms. */
    readonly timeoutMs: number;
    /** Whether a connection of this peer is of any use now; spares the handshake. */
    wanted(claimed: ReplicaId): boolean;
    /** The handshake holds; undefined refuses the connection all the same. */
    connected(socket: Socket, session: Session, peer: ReplicaId | undefined): SocketListener | undefined;
    rejected(code: RejectionCode, remote: string): void;
}
export declare class AcceptedConnection implements SocketListener, Guest {
    private readonly options;
    private readonly socket;
    readonly door: Door;
    readonly lane: Lane;
    private readonly deadline;
    private responder;
    private state;
    private open;
    /** Undefined where there are too many already. */
    static admit(options: AcceptedOptions, socket: Socket, door: Door): AcceptedConnection | undefined;
    private constructor();
    get remote(): string;
    message(data: Uint8Array): void;
    closed(): void;
    private reply;
    private finish;
    evict(): void;
    private refuse;
    /** Leaves the handshake, once. */
    private end;
}
//# sourceMappingURL=accepted.d.ts.map