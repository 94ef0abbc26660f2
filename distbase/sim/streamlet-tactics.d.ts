/** Ways to lie in Streamlet. */
import type { Machine } from '../core/machine.ts';
import { type StreamletMessage, type StreamletRecord } from '../protocols/streamlet/messages.ts';
import { type LiarSetting, type Tactic } from './byzantine.ts';
type StreamletTactic = Tactic<StreamletMessage, StreamletRecord>;
/** All tactics by name. */
export declare const STREAMLET_TACTICS: Readonly<Record<string, (setting: LiarSetting, machine: () => Machine<StreamletMessage, StreamletRecord>) => StreamletTactic>>;
export {};
//# sourceMappingURL=streamlet-tactics.d.ts.map