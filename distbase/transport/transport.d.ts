/**
 * The transport over real sockets: one port for validators, clients and HTTP. The validator with the higher id dials
 * the one with the lower, and both use that one connection both ways.
 */
import type { Chain } from '../core/genesis.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';
import { type Stopwatch } from '../core/stopwatch.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { Identity } from '../crypto/keys.ts';
import { type Ban } from './bans.ts';
import type { Transport } from './interface.ts';
export interface TransportOptions {
    /** Our number: our place in the genesis, until `setPeers` says otherwise. Undefined: nobody yet. */
    readonly self: MemberId | undefined;
    readonly listen: {
        readonly host: string /** 0: any free one; see `SocketTransport.port`. */;
        readonly port: number;
    };
    /** Where the others listen: `ws://host:port`. Only those with a lower id than ours are dialled. */
    readonly peers: readonly {
        readonly id: ReplicaId;
        readonly url: string;
    }[];
    readonly chain: Chain;
    /** Our keys: those that the genesis gives for `self`. */
    readonly identity: Identity;
    /** Judges the handshakes' signatures; the validators' keys should be prepared in it. */
    readonly verifier: Pick<Verifier, 'verifySync' | 'share'>;
    /** Default `auto`: uWebSockets.js where it loads, `ws` elsewhere. */
    readonly server?: 'auto' | 'uWebSockets.js' | 'ws';
    /** Told once, at the start, where the slower server had to be taken. */
    readonly warn?: (message: string) => void;
    /** Most bytes that wait for one peer. Default and most: `MAX_PEER_BACKLOG_BYTES`. */
    readonly maxPeerBacklogBytes?: number;
    /** Time for a handshake, ms. Default `HANDSHAKE_TIMEOUT_MS`. */
    readonly handshakeTimeoutMs?: number;
    /** Most clients at once. Default `MAX_CLIENT_CONNECTIONS`. */
    readonly maxClients?: number;
    /** Test switch: frames for these peers leave so much later, ms by id; what is not there leaves at once. */
    readonly sendDelaysMs?: readonly (number | undefined)[];
    /** Told what sending and receiving take. Default: nobody is. */
    readonly stopwatch?: Stopwatch;
}
export interface SocketTransport extends Transport {
    /** The port that it listens on; 0 before `start` has resolved. */
    readonly port: number;
    /** Addresses of strangers that are refused at accept. */
    bans(): readonly Ban[];
    /** Validators that have no more than the floor of bandwidth from now on. */
    setThrottled(ids: readonly ReplicaId[]): void;
}
/** Loads keys and libraries; nothing listens before `start`. Throws `bad-key`, `bad-genesis`. */
export declare function createTransport(options: TransportOptions): Promise<SocketTransport>;
//# sourceMappingURL=transport.d.ts.map