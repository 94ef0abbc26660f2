/**
 * A cluster whose replicas are far apart. Every packet takes the distance between their regions longer, and whatever a
 * scenario measures in time is stretched alike, time-outs and the moments of faults among them, so that a seed's scenario
 * means the same at any distance: what was ample stays ample, and what was tight stays tight.
 */
import { longestDelayMs } from '../core/delays.js';
import { CALM } from './network.js';
/** How many times as long everything takes. */
export function stretchOf(delays) {
    return delays === undefined ? 1 : 1 + longestDelayMs(delays) / (CALM.delayMs + CALM.jitterMs);
}
/** The plan with all its times so many times as long; the protocol's own parameters that are times, too. */
export function stretched(plan, rules, factor) {
    if (factor === 1)
        return plan;
    const later = (planned) => ({
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
function parametersAt(parameters, rules, factor) {
    const entries = Object.entries(parameters).map(([name, value]) => {
        const rule = rules[name];
        const time = rule?.kind === 'integer' && rule.unit === 'ms';
        return [name, time ? Math.min(rule.max, Math.ceil(factor * Number(value))) : value];
    });
    return Object.fromEntries(entries);
}
//# sourceMappingURL=distances.js.map