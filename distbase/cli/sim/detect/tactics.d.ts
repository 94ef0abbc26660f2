/**
 * One lie a run, told again and again: what a validator must be found at. Each stands before a production driver, which signs
 * what it is told to send, or between it and the network.
 */
import type { Batch } from '../../../core/batch.ts';
import type { ReplicaId } from '../../../core/ids.ts';
import type { PbftMessage, PbftRecord } from '../../../protocols/pbft/messages.ts';
import type { Detection } from '../../../replica/watch/detections.ts';
import { type LiarSetting, type Tactic } from '../../../sim/byzantine.ts';
import type { Item } from '../../../transport/interface.ts';
type PbftTactic = Tactic<PbftMessage, PbftRecord>;
/** What a liar of these runs knows: real batches instead of symbolic ones. */
export interface DetectSetting extends Omit<LiarSetting, 'clients'> {
    batchOf(timeMs: number, transactions: readonly Uint8Array[]): Batch;
}
export interface Misbehaviour {
    readonly name: string;
    readonly kind: Detection;
    /** Whether two signed messages prove it to anybody. */
    readonly provable: boolean;
    /** It is the first view's primary. */
    readonly primary: boolean;
    readonly tactic?: (setting: DetectSetting) => PbftTactic;
    readonly mangle?: (setting: DetectSetting) => (item: Item, to: ReplicaId) => Item;
    /** Answers to clients are put in place of the true ones. */
    readonly answer?: (item: {
        kind: string;
    }) => Item | undefined;
}
/** All that a validator is to be found at. */
export declare const MISBEHAVIOURS: readonly Misbehaviour[];
export {};
//# sourceMappingURL=tactics.d.ts.map