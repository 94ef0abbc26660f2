/** Lies that a script spells out, with no dice in them; those of the campaigns can be named in a script, too. */
import type { Machine } from '../../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import { type LiarSetting, type Tactic } from '../byzantine.ts';
import type { AdversaryOf } from '../cluster.ts';
import type { Reader } from './parse.ts';
type PbftTactic = Tactic<PbftMessage, PbftRecord>;
type Making = (setting: LiarSetting, machine: () => Machine<PbftMessage, PbftRecord>) => PbftTactic;
/** Reads the rest of `byzantine ID …`. */
export declare function readTactic(reader: Reader, ids: () => number[]): Making;
/** The replica in the hands of all these tactics, in this order. */
export declare function adversaryOf(making: readonly Making[]): AdversaryOf<PbftMessage, PbftRecord>;
export type { Making };
//# sourceMappingURL=liars.d.ts.map