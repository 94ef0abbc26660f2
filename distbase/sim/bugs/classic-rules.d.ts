/** Mistakes in the two rules that make PBFT safe: how many votes decide, and what a new view proposes. */
import { type Decision } from '../../protocols/pbft/decide.ts';
import type { ViewChange } from '../../protocols/pbft/messages.ts';
import type { PbftBug } from '../bug-kit.ts';
/**
 * Where no claim is eligible, a digest that f + 1 pre-prepared is taken without a look at what the others prepared:
 * condition F of `decide.ts` without its P check, so as not to wait for more messages. A batch that q replicas committed
 * the slow way then gives way to another that a lying primary showed to one honest replica. Fast and slow commits that are
 * weighed against each other without regard to their views are what Abraham et al. found wrong in Zyzzyva's view change, there
 * with an old slow certificate before a later fast commit ("Revisiting Fast Practical Byzantine Fault Tolerance",
 * arXiv:1712.01367).
 */
export declare function decideWithoutPrepared(viewChanges: readonly ViewChange[], n: number): Decision | undefined;
/**
 * One replica's Q claim does what f + 1 are asked for: u is the highest view that anybody claims, and A2 holds by
 * anybody's word. A liar can then have any digest chosen (A2 of TOCS 2002 §4.5.2: f + 1, so that one of them is honest).
 */
export declare function decideByOneClaim(viewChanges: readonly ViewChange[], n: number): Decision | undefined;
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=classic-rules.d.ts.map