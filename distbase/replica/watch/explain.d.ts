/** Why was this slot slow? Whose message came when, which one the slot waited for, and which came late, wrong or never. */
import type { ReplicaId, Sequence } from '../../core/ids.ts';
import { type Phase, type SlotRow } from './slot-times.ts';
export interface MessageReport {
    readonly validator: string;
    readonly phase: Phase;
    readonly state: 'came' | 'late' | 'missing' | 'invalid' | 'awaited';
    /** ms after the slot's first message; null where it did not come. */
    readonly afterMs: number | null;
}
export interface SlotReport {
    readonly sequence: Sequence;
    readonly view: number | null;
    readonly executed: boolean;
    readonly fast: boolean;
    /** From the first message here to execution here, ms; null where it is not executed. */
    readonly tookMs: number | null;
    /** The usual for the slots around it, ms; null where none is known. */
    readonly usualMs: number | null;
    /** How far each phase was enough, ms after the first message, and whose message made it so. */
    readonly phases: readonly {
        readonly phase: Phase;
        readonly enoughMs: number;
        readonly waitedFor: string;
    }[];
    readonly messages: readonly MessageReport[];
    /** The same in sentences. */
    readonly findings: readonly string[];
}
export interface ExplainContext {
    readonly self: ReplicaId;
    readonly names: readonly string[];
    readonly quorum: number;
    readonly faulty: number;
    readonly nowMs: number;
    readonly usualMs: number;
}
export declare function explainSlot(row: SlotRow, context: ExplainContext): SlotReport;
//# sourceMappingURL=explain.d.ts.map