/**
 * A cluster whose replicas are far apart. Every packet takes the distance between their regions longer, and whatever a
 * scenario measures in time is stretched alike, time-outs and the moments of faults among them, so that a seed's scenario
 * means the same at any distance: what was ample stays ample, and what was tight stays tight.
 */
import { type Delays } from '../core/delays.ts';
import type { ParameterRule } from '../core/machine.ts';
import type { Plan } from './plan.ts';
/** How many times as long everything takes. */
export declare function stretchOf(delays: Delays | undefined): number;
/** The plan with all its times so many times as long; the protocol's own parameters that are times, too. */
export declare function stretched(plan: Plan, rules: Readonly<Record<string, ParameterRule>>, factor: number): Plan;
//# sourceMappingURL=distances.d.ts.map