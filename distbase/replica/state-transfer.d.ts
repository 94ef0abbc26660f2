/**
 * Fetches the state of a certified checkpoint from all peers at once, in pieces each of which is proven on arrival: the
 * certified digest binds the meta, the meta the roots of the sections, and each piece the hashes below it. A peer that
 * gives what does not hold is not asked again, and its piece is asked of another; so a liar costs its own answers and
 * nothing else. What we hold already, from an older state or from before a restart, is not fetched.
 *
 * While the cluster goes on, the checkpoint that is being fetched becomes an old one. It is finished as long as somebody
 * keeps it; the next transfer then fetches only what differs. Where nobody keeps it, the newest one takes its place, and
 * what was proven is kept.
 */
import { type MapSnapshot } from '../apps/authenticated-map.ts';
import type { RejectionCode } from '../core/errors.ts';
import type { Digest, ReplicaId, Sequence } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { StatePart } from '../storage/interface.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';
export interface TransferStatus {
    readonly sequence: Sequence;
    /** How much of the state is known, from 0 to 1. */
    readonly share: number;
    readonly entries: number;
    /** Of those, how many were at hand. */
    readonly reused: number;
    readonly bytes: number;
    /** Peers that may be asked. */
    readonly sources: number;
}
export interface TransferOptions {
    readonly self: ReplicaId;
    readonly n: number;
    readonly clock: Clock;
    readonly hasher: Hasher;
    readonly telemetry: Telemetry;
    readonly send: (to: ReplicaId, item: Item) => void;
    /** Whether the connection to it is open; `peerUp` and `peerDown` tell of what changes while a state is fetched. */
    readonly reachable: (id: ReplicaId) => boolean;
    /** The roots of the sections, if this is the meta of this checkpoint. */
    readonly roots: (sequence: Sequence, meta: Uint8Array, digest: Digest) => readonly Uint8Array[] | undefined;
    /** Our own state, section by section: what of it is in the other one is not fetched. */
    readonly present: () => readonly MapSnapshot[];
    /** Pieces that were proven before a restart; and keeps one for after the next. */
    readonly kept: () => Iterable<StatePart>;
    readonly keep: (part: StatePart) => void;
    /** Whether the checkpoint is still of use. */
    readonly wanted: (sequence: Sequence) => boolean;
    readonly install: (target: Target, meta: Uint8Array, sections: readonly MapSnapshot[]) => void;
    /** A peer gave what does not hold. */
    readonly onFalse: (from: ReplicaId) => void;
    readonly onProgress: (status: TransferStatus) => void;
}
/** A checkpoint, and the signatures that certify its digest. */
export interface Target {
    readonly sequence: Sequence;
    readonly digest: Digest;
    readonly certificate: readonly Attested[];
}
export declare class StateTransfer {
    private readonly o;
    private current;
    /** The newest checkpoint that we were told to fetch. */
    private newest;
    private readonly underWay;
    private readonly givenUp;
    private readonly arrived;
    /** Makes ready what is at hand, slice by slice. */
    private preparing;
    private lastId;
    private working;
    private cancelWatch;
    constructor(options: TransferOptions);
    /** A connection opened: a request that was made before would have been lost. */
    peerUp(peer: ReplicaId): void;
    /** A connection closed, and with it went what was asked: others are asked at once. */
    peerDown(peer: ReplicaId): void;
    get active(): boolean;
    status(): TransferStatus | undefined;
    /** Fetches this checkpoint, or the one that is on its way first. True: it begins. */
    start(target: Target): boolean;
    stop(): void;
    /** `from`: what an earlier target leaves behind. */
    private begin;
    /** All are asked for the meta, and with that to keep the checkpoint. */
    private askMeta;
    /** What is at hand, with its hashes. None of it has to be sound, since only what has the certified hash is taken. */
    private prepare;
    /** Puts what was proven before a restart over our own state. */
    private recall;
    private ask;
    private askMore;
    /** An answer of a peer. It is looked at in a turn of its own. */
    onPieces(from: ReplicaId, item: readonly unknown[]): RejectionCode | undefined;
    /** One slice of work at the end of this turn, and more as long as there is any. */
    private work;
    private proceed;
    private take;
    /** How many of the pieces hold. */
    private takePieces;
    private takeMeta;
    private finish;
    private watch;
    private giveUpLate;
    /** Nobody has this checkpoint any more: the newest takes its place. True: it did, or everybody is asked anew. */
    private retarget;
    private forget;
}
//# sourceMappingURL=state-transfer.d.ts.map