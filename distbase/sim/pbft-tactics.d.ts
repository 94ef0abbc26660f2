/**
 * More ways to lie in PBFT: with timing, with rubbish, and with the past. Longer than most files, as a list of tactics
 * of which each is short.
 */
import type { Machine } from '../core/machine.ts';
import { type PbftMessage, type PbftRecord } from '../protocols/pbft/messages.ts';
import { type LiarSetting, type Tactic } from './byzantine.ts';
import type { AdversaryOf } from './cluster.ts';
type PbftTactic = Tactic<PbftMessage, PbftRecord>;
/** Votes for what it accepted to some, and for another digest of the same slot or its neighbour to the others. */
export declare function splittingVotes(setting: LiarSetting): PbftTactic;
/** As primary, proposes what no client signed, or a batch under another batch's digest, or nothing at all. */
export declare function proposingGarbage({ self, n, random, clients }: LiarSetting): PbftTactic;
/** As primary, proposes again and again what was executed long ago: only the table of executed transactions helps. */
export declare function repeating({ self, n, random }: LiarSetting): PbftTactic;
/** Votes in views that are over, for what was proposed in them. */
export declare function livingInThePast({ self, n, random }: LiarSetting): PbftTactic;
/** Sends hundreds of well-formed messages for slots, views and checkpoints that nobody asked about. */
export declare function flooding({ self, n, random }: LiarSetting): PbftTactic;
/**
 * As primary, proposes at the last moment before the others give up on it: never so late that they do, if it can help
 * it, and never sooner.
 */
export declare function procrastinating(_setting: LiarSetting, machine: () => Machine<PbftMessage, PbftRecord>): PbftTactic;
/** All tactics by name. Each is made for one liar; some look at the machine that they stand before. */
export declare const ALL_PBFT_TACTICS: Readonly<Record<string, (setting: LiarSetting, machine: () => Machine<PbftMessage, PbftRecord>) => PbftTactic>>;
/** An adversary that follows these tactics, in this order. */
export declare function liarOf(names: readonly string[]): AdversaryOf<PbftMessage, PbftRecord>;
export {};
//# sourceMappingURL=pbft-tactics.d.ts.map