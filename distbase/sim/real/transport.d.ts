/** The transport's twin: frames of real bytes over the simulated network. Its sessions are as good as their MACs. */
import type { ReplicaId } from '../../core/ids.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { Item, Transport, TransportHandlers, TransportStats } from '../../transport/interface.ts';
import type { Network } from '../network.ts';
/** What travels: a payload with the identity that the session proves. */
export interface Packet {
    readonly from: ReplicaId;
    readonly payload: Uint8Array;
}
export declare const FRAME = 0;
export interface SimTransportOptions {
    readonly self: ReplicaId;
    /** Its own address, and the addresses of each replica. */
    readonly port: number;
    readonly ports: readonly (readonly number[])[];
    readonly network: Network;
    /** Spoils some of what it sends: then it belongs to a liar. */
    readonly spoil?: SeededRandom | undefined;
    /** Puts something else in place of what it sends: then it belongs to a liar. */
    readonly mangle?: ((item: Item, to: ReplicaId) => Item) | undefined;
    /** Spoils some of the pieces of a state that it gives, and keeps some back. */
    readonly keepBack?: SeededRandom | undefined;
    readonly sent: (to: ReplicaId, items: number, bytes: number) => void;
    /** Told all that leaves, before it may be spoilt. */
    readonly said?: ((items: readonly Item[]) => void) | undefined;
}
export declare class SimTransport implements Transport {
    #private;
    constructor(options: SimTransportOptions);
    start(handlers: TransportHandlers): Promise<void>;
    send(to: ReplicaId, item: Item): void;
    broadcast(item: Item): void;
    flush(): void;
    /** A frame arrives. */
    receive({ from, payload }: Packet): void;
    route(): void;
    setPeers(): void;
    setBlocked(peer: ReplicaId, blocked: boolean): void;
    stats(): TransportStats;
    stop(): Promise<void>;
}
//# sourceMappingURL=transport.d.ts.map