/**
 * A cluster whose replicas are far apart. Every packet takes the distance between their regions longer, and whatever a
 * scenario measures in time is stretched alike, time-outs and the moments of faults among them, so that a seed's scenario
 * means the same at any distance: what was ample stays ample, and what was tight stays tight.
 */

import { type Delays, longestDelayMs } from '../core/delays.ts';
import type { ParameterRule, ProtocolParameters } from '../core/machine.ts';
import { CALM } from './network.ts';
import type { Plan } from './plan.ts';

/** How many times as long everything takes. */
export function stretchOf(delays: Delays | undefined): number {
  return delays === undefined ? 1 : 1 + longestDelayMs(delays) / (CALM.delayMs + CALM.jitterMs);
}

/** The plan with all its times so many times as long; the protocol's own parameters that are times, too. */
export function stretched(plan: Plan, rules: Readonly<Record<string, ParameterRule>>, factor: number): Plan {
  if (factor === 1) return plan;
  const later = <T extends { readonly atMs: number }>(planned: T): T => ({
    ...planned,
    atMs: factor * planned.atMs,
  });
  return {
    ...plan,
    profile: { ...plan.profile, faultyMs: factor * plan.profile.faultyMs },
    strikes: plan.strikes.map(later),
    submissions: plan.submissions.map(later),
    timeoutFloorMs: factor * plan.timeoutFloorMs,
    parameters: plan.parameters && parametersAt(plan.parameters, rules, factor),
  };
}

function parametersAt(
  parameters: ProtocolParameters,
  rules: Readonly<Record<string, ParameterRule>>,
  factor: number,
): ProtocolParameters {
  const entries = Object.entries(parameters).map(([name, value]): [string, string | number | boolean] => {
    const rule = rules[name];
    const time = rule?.kind === 'integer' && rule.unit === 'ms';
    return [name, time ? Math.min(rule.max, Math.ceil(factor * Number(value))) : value];
  });
  return Object.fromEntries(entries);
}
