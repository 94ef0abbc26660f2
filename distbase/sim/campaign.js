/** Many scenarios, one after another: which seed is which scenario, what all of them add up to, and what failed. */
import { NOTHING } from './mask.js';
import { FAULT_GROUPS, groupsFor, PROFILES } from './profile.js';
import { DEFAULT_SUBJECT } from './protocols/registry.js';
import { runPlanned } from './run.js';
import { shrink } from './shrink.js';
/** What `lockstep sim` does when it is told nothing. */
export const DEFAULT_CAMPAIGN = {
    profiles: PROFILES,
    groups: new Set(FAULT_GROUPS),
    validators: undefined,
    subject: DEFAULT_SUBJECT,
};
/** The profiles that have scenarios under these settings, as the subject wants them. */
export function usableProfiles({ profiles, groups, validators, subject }) {
    const allowed = groupsFor(subject, groups);
    const usable = profiles
        .filter(({ needs, sizes, name, liars, joiners }) => needs.every((group) => allowed.has(group)) &&
        (joiners === undefined || subject.sets === true) &&
        (liars !== 'colluding' || subject.conspire !== undefined) &&
        (name !== 'twins' || validators === undefined || sizes.includes(validators)))
        .map((profile) => ({ ...profile, ...subject.profiles?.[profile.name] }));
    const drawn = usable.filter(({ weight }) => weight > 0);
    return drawn.length > 0 ? drawn : usable.map((profile) => ({ ...profile, weight: 1 }));
}
/** The profile of a seed: profiles take turns, each as often as its weight says. */
export function profileOf(profiles, seed) {
    let total = 0;
    for (const { weight } of profiles)
        total += weight;
    // An odd factor spreads the turns, so that a short campaign sees every profile early.
    let turn = (seed * spreadOf(total)) % total;
    for (const profile of profiles) {
        turn -= profile.weight;
        if (turn < 0)
            return profile;
    }
    return profiles[0];
}
const SPREAD = 7;
/** The spread, or the next one that has no divisor in common with the weights' total: else some profiles never come up. */
function spreadOf(total) {
    let spread = SPREAD;
    while (divisor(spread, total) > 1)
        spread += 2;
    return spread;
}
function divisor(a, b) {
    return b === 0 ? a : divisor(b, a % b);
}
/** The scenario of one seed. */
export function runSeed(settings, seed, mask = NOTHING, verbose = false) {
    const profile = profileOf(usableProfiles(settings), seed);
    const { subject, validators, parts, witness, delays } = settings;
    const groups = groupsFor(subject, settings.groups);
    return runPlanned({ subject, profile, groups, validators, seed, mask, parts, verbose, witness, delays });
}
/** The mask of as little as still fails as this result does. */
export function shrinkFailure(settings, { seed, parts, failure }, mask) {
    const silent = { ...settings, witness: undefined };
    return shrink(mask, parts, (tried) => runSeed(silent, seed, tried).failure?.checker === failure?.checker);
}
/** What the scenarios so far add up to. */
export class Tally {
    profiles = new Map();
    total = emptyTally();
    add(result) {
        let own = this.profiles.get(result.profile);
        if (own === undefined) {
            own = emptyTally();
            this.profiles.set(result.profile, own);
        }
        for (const tally of [own, this.total]) {
            tally.scenarios++;
            tally.commits += result.commits;
            tally.events += result.events;
            tally.faults += result.faults;
            tally.views += result.views;
            tally.virtualMs += result.virtualMs;
        }
    }
}
function emptyTally() {
    return { scenarios: 0, commits: 0, events: 0, faults: 0, views: 0, virtualMs: 0 };
}
//# sourceMappingURL=campaign.js.map