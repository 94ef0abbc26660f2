/**
 * What a replica learns about its peers while it works: who contradicts itself, who sends what nobody honest sends. It
 * counts, keeps evidence and shows it to the others; it decides no vote and no quorum.
 */
import type { MessageCodec } from '../../codec/message-codec.ts';
import type { RejectionCode } from '../../core/errors.ts';
import type { Digest, ReplicaId, Sequence, View } from '../../core/ids.ts';
import type { AnyMessage, Attested } from '../../core/machine.ts';
import type { MessageSchema } from '../../core/schema.ts';
import type { VerifyItem } from '../../crypto/interface.ts';
import type { Item } from '../../transport/interface.ts';
import type { Clock } from '../ports.ts';
import { Conduct, type PeerConduct } from './conduct.ts';
import { type Detection, DetectionCounts } from './detections.ts';
import { type Evidence } from './evidence.ts';
import { type SlotReport } from './explain.ts';
import { type Contradicts } from './signed-words.ts';
/** The item `[8, body, signature]`: what somebody signed, shown to who may have been told something else. */
export declare const EXHIBIT_ITEM = 8;
/**
 * The item `[9, view, [[validator, the first 32 bytes of its signature], …]]`: whose VIEW-CHANGEs for a view we hold. Whoever
 * holds another one of the same validator shows it.
 */
export declare const HELD_ITEM = 9;
export interface WatchOptions {
    readonly self: ReplicaId;
    readonly n: number;
    readonly clock: Clock;
    readonly codec: MessageCodec;
    readonly contradicts: Contradicts;
    /** What must hold for a message to be its author's. */
    readonly claims: (attested: Attested, schema: MessageSchema) => VerifyItem[] | RejectionCode;
    readonly holds: (claim: VerifyItem) => boolean;
    /** To all others. */
    readonly broadcast: (item: Item) => void;
    /** Signed words of others, for the machine to compare with what it holds. */
    readonly compare: (attested: Attested) => void;
    /** New evidence. */
    readonly onEvidence: (evidence: Evidence) => void;
    /** f and q of the set, and the window between the watermarks. */
    readonly faulty: number;
    readonly quorum: number;
    readonly window: number;
    /** Whose proposals a view's slots are; undefined where the protocol has no such rule. */
    readonly primaryOf: (view: number) => ReplicaId | undefined;
    /** Peers with a connection. */
    readonly connected: readonly boolean[];
}
/** What this replica has to say of one peer. */
export interface PeerReport extends PeerConduct {
    readonly detections: Partial<Record<Detection, number>>;
    readonly evidence: number;
}
export declare class Watch {
    #private;
    readonly counts: DetectionCounts;
    readonly conduct: Conduct;
    constructor(options: WatchOptions);
    evidence(): readonly Evidence[];
    /** What this peer's session brought was not taken. */
    rejected(peer: ReplicaId, code: RejectionCode): void;
    detected(kind: Detection, peer: ReplicaId): void;
    /** Takes over what an earlier set's watch thinks of who is in this one too: `places` there, −1 for the new. */
    inherit(earlier: Watch, places: readonly number[]): void;
    catchingUp(peer: ReplicaId): void;
    start(): void;
    stop(): void;
    peerUp(peer: ReplicaId): void;
    peerDown(peer: ReplicaId): void;
    /** A frame of a peer came: its messages are of this moment. */
    frame(): void;
    /** A message came from its author, whatever becomes of it. On the vote path. */
    heard(peer: ReplicaId, message: AnyMessage, role: MessageSchema['role']): void;
    /** A message did not hold: it never came. */
    refused(peer: ReplicaId, message: AnyMessage, role: MessageSchema['role']): void;
    said(message: AnyMessage, role: MessageSchema['role']): void;
    executed(sequence: Sequence, view: number, fast: boolean): void;
    report(peer: ReplicaId): PeerReport;
    /** Undefined where the slot is too old, or nothing is known of it. `names` by id. */
    explain(sequence: Sequence, names: readonly string[]): SlotReport | undefined;
    /** Two messages that no honest replica signs both. */
    accuse(evidence: Evidence): void;
    /** A message that is signed in every setting and is no vote. `checked`: its signature holds. */
    words(attested: Attested, checked: boolean): void;
    /** A checkpoint is certified: whoever signed another state for it has another state, or says so. */
    stable(sequence: Sequence, digest: Digest): void;
    /** Somebody's signed words that do not fit what others were told: they go to all. */
    show(attested: Attested): void;
    /** A view begins: whoever asked for it may have told others something else. */
    entered(view: View): void;
    /** Which VIEW-CHANGEs another one holds. */
    onHeld(peer: ReplicaId, item: readonly unknown[]): RejectionCode | undefined;
    /** A peer shows us what somebody signed. */
    onExhibit(peer: ReplicaId, item: readonly unknown[]): RejectionCode | undefined;
}
//# sourceMappingURL=watch.d.ts.map