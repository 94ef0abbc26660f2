/** The other validators: one connection each, whoever dialled it, with a bounded queue. */
import type { RejectionCode } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { HandshakeContext, HandshakeSelf } from '../crypto/handshake.ts';
import type { Session } from '../crypto/session.ts';
import { type FrameBuilder, type Share, type Traffic } from './channel.ts';
import type { Item, PeerInfo } from './interface.ts';
import type { Socket, SocketListener } from './socket.ts';
/** Our own number before we have one: in the handshake's two bytes it is nobody's. */
export declare const NOBODY_YET = 65535;
export interface PeerDoorOptions {
    readonly context: HandshakeContext;
    /** Asked anew for each handshake: our number may be given to us later. */
    readonly self: () => HandshakeSelf;
    readonly traffic: Traffic;
    /** Time for a handshake, ms. */
    readonly timeoutMs: number;
    /** Largest frame, in bytes, both ways. */
    readonly maxFrameBytes: number;
    /** Most bytes that wait for one peer. */
    readonly maxBacklogBytes: number;
    readonly stopwatch: Stopwatch;
    /** How much later frames leave for this peer than they would, ms; 0: at once. */
    delayMs(to: ReplicaId): number;
    /** Where frames go whose signatures may be judged by threads. */
    readonly share: Share;
    /** Something waits for the end of the turn. */
    dirty(): void;
    frame(from: ReplicaId, items: readonly unknown[]): void;
    up(peer: ReplicaId, replaced: boolean): void;
    down(peer: ReplicaId): void;
    rejected(code: RejectionCode, peer: ReplicaId, remote: string): void;
}
export declare class PeerDoor {
    /** Items that went to nobody: not connected, or the queue was full. */
    dropped: number;
    /** Frames that waited, or of which some did. */
    deferred: number;
    /** Attempts to dial after the first. */
    reconnects: number;
    private readonly options;
    private peers;
    private readonly byId;
    private readonly blocked;
    private number;
    private readonly decode;
    private stopped;
    private readonly renewal;
    constructor(options: PeerDoorOptions);
    /** These have no more than the floor from now on; all others what everybody has. */
    setThrottled(ids: readonly ReplicaId[]): void;
    /** Whom we are connected with from now on. Those with a lower number than ours are dialled, the others dial us. */
    setPeers(peers: readonly PeerInfo[]): void;
    send(to: ReplicaId, item: Item): void;
    broadcast(item: Item): void;
    flush(builder: FrameBuilder): void;
    /** Whether an incoming connection of this peer is of any use. */
    wanted(id: ReplicaId): boolean;
    /** A peer dialled us and proved who it is. */
    admit(id: ReplicaId, socket: Socket, session: Session): SocketListener | undefined;
    setBlocked(id: ReplicaId, blocked: boolean): void;
    /** Bytes that wait, by number; −1 where there is no connection, or nobody. */
    backlogs(): number[];
    stop(): void;
    private push;
    private dialler;
    /** An older connection of the same peer is a leftover, of a restart or of a broken path. */
    private connected;
    private lost;
    private message;
    private open;
    private read;
    /** The next few messages of a frame; the rest waits for its turn. */
    private slice;
    private dripping;
    private soon;
    /** Goes on with what waits: in the next turn where its sender may still say something, else when it may. */
    private later;
    private readonly goOn;
}
//# sourceMappingURL=peer-door.d.ts.map