/** A liar about what lies behind it: checkpoints, and the low watermark of its VIEW-CHANGEs. */
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { type LiarSetting, type Tactic } from './byzantine.ts';
/**
 * Signs checkpoints that execution never gave, or not yet; in VIEW-CHANGEs names a low watermark above everybody's
 * (true, early or invented), or one far below its own, with nothing in between.
 */
export declare function lyingAboutCheckpoints({ self, n, random }: LiarSetting): Tactic<PbftMessage, PbftRecord>;
//# sourceMappingURL=pbft-checkpoint-liar.d.ts.map