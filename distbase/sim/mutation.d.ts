/**
 * Small-scope mutation, after ByzzFuzz (Winter et al., OOPSLA 2023): an honest replica but for a few of its messages,
 * each with one field changed a little, under a signature that holds. Implementations fall over near misses that no
 * plan of an adversary would think of.
 */
import type { AnyMessage } from '../core/machine.ts';
import type { ProtocolSchema } from '../core/schema.ts';
import { type LiarSetting, type Tactic } from './byzantine.ts';
/** Changes one field in each of up to three messages, for all their receivers or for one. */
export declare function mutating<M extends AnyMessage, R>({ n, self, random }: LiarSetting, schema: ProtocolSchema): Tactic<M, R>;
//# sourceMappingURL=mutation.d.ts.map