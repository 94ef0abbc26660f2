/** Ways to lie in HotStuff. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Machine } from '../../core/machine.ts';
import { type HotstuffMessage, type HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import { type LiarSetting, type Tactic } from '../byzantine.ts';
import type { AdversaryOf } from '../cluster.ts';
type HotstuffTactic = Tactic<HotstuffMessage, HotstuffRecord>;
/** All tactics by name. */
export declare const HOTSTUFF_TACTICS: Readonly<Record<string, (setting: LiarSetting, machine: () => Machine<HotstuffMessage, HotstuffRecord>) => HotstuffTactic>>;
/**
 * Several liars with one plan: whoever of them leads tells two camps of honest replicas two stories, all of them vote for
 * each camp's own, and deny in view changes what they know.
 */
export declare function conspire(n: number, liars: readonly ReplicaId[], seed: number): AdversaryOf<HotstuffMessage, HotstuffRecord>;
export {};
//# sourceMappingURL=tactics.d.ts.map