/** Whether, and after how many seeds, the default campaign finds a planted mistake. */
import { BUGS } from './bugs.js';
import { DEFAULT_CAMPAIGN, runSeed } from './campaign.js';
/** Runs the default campaign with this bug planted, from seed 1 on. Throws where there is no such bug. */
export function findBug(name, budgetSeconds) {
    const bug = BUGS.get(name);
    if (bug === undefined)
        throw new Error(`no planted bug is called ${name}`);
    const startedMs = performance.now();
    const seconds = () => (performance.now() - startedMs) / 1000;
    for (let seed = 1;; seed++) {
        // Planted anew for every run: what it keeps is of that run.
        const { subject } = bug;
        const settings = { ...DEFAULT_CAMPAIGN, subject, parts: bug.plant(subject.parts) };
        const { failure, profile } = runSeed(settings, seed);
        if (failure !== undefined)
            return { bug: name, seed, scenarios: seed, seconds: seconds(), profile, failure };
        if (seconds() > budgetSeconds) {
            return {
                bug: name,
                seed: undefined,
                scenarios: seed,
                seconds: seconds(),
                profile: undefined,
                failure: undefined,
            };
        }
    }
}
//# sourceMappingURL=find-bug.js.map