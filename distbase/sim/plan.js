/** A scenario as data, drawn from its seed before anything runs: what strikes when, who lies how, what is submitted. */
import { maxFaulty } from '../core/quorum.js';
import { SeededRandom } from '../core/random.js';
import { roughRule } from './faults.js';
import { kindsOf, tacticsOf } from './profile.js';
import { TWIN_ROUNDS } from './twins.js';
/** Fast path on in two of three scenarios. Timeouts: ample, or about as long as a commit takes, so that views change. */
const FLOORS_MS = [50, 50, 10, 3];
export function plan({ subject, profile, groups, validators, seed, mask }) {
    const random = new SeededRandom(seed ^ 0x5eed);
    const n = validators ?? random.pick(profile.sizes);
    const kinds = kindsOf(profile, groups, subject.faults);
    const strikes = drawStrikes(profile, kinds, random);
    const lies = drawLies(profile, n, tacticsOf(subject, groups), random);
    const conspirators = profile.liars === 'colluding' ? drawIds(n, maxFaulty(n), random) : [];
    const rounds = profile.name === 'twins' ? TWIN_ROUNDS : 0;
    const submissions = drawSubmissions(profile, n, random);
    const rough = kinds.includes('lossy') && random.chance(0.4) ? roughRule(random) : undefined;
    const calm = profile.name === 'calm';
    return {
        n,
        profile,
        calm,
        rule: rough,
        strikes: strikes.filter(({ number }) => !mask.f.has(number)),
        lies: lies.filter(({ number }) => !mask.l.has(number)),
        conspirators: conspirators.filter((_, number) => !mask.l.has(number)),
        undivided: profile.name === 'twins' ? mask.f : new Set(),
        submissions: submissions.filter(({ number }) => !mask.t.has(number)),
        counts: {
            f: strikes.length + rounds,
            l: lies.length + conspirators.length,
            t: submissions.length,
        },
        fastPath: random.below(3) !== 0,
        timeoutFloorMs: calm ? FLOORS_MS[0] : random.pick(FLOORS_MS),
        // A generator of its own: a protocol that draws none has the same scenarios as before.
        parameters: subject.parameters?.(new SeededRandom(seed ^ 0x9a7a)),
    };
}
function drawStrikes(profile, kinds, random) {
    if (kinds.length === 0 || profile.faults === 0)
        return [];
    const count = random.below(2 * profile.faults + 1);
    const drawn = Array.from({ length: count }, () => ({
        atMs: random.float() * profile.faultyMs,
        kind: random.pick(kinds),
        seed: random.uint32(),
    }));
    return drawn.sort((a, b) => a.atMs - b.atMs).map((strike, number) => ({ number, ...strike }));
}
function drawLies(profile, n, independent, random) {
    if (profile.liars === undefined || profile.liars === 'colluding')
        return [];
    const mutants = profile.liars === 'mutating';
    const tactics = mutants ? ['mutating'] : independent;
    if (tactics.length === 0)
        return [];
    const most = mutants ? 1 : maxFaulty(n);
    const liars = drawIds(n, profile.allLiars ? most : random.below(most + 1), random);
    const lies = [];
    for (const liar of liars) {
        const names = new Set(Array.from({ length: mutants ? 1 : 1 + random.below(3) }, () => random.pick(tactics)));
        for (const tactic of names)
            lies.push({ number: lies.length, liar, tactic });
    }
    return lies;
}
function drawIds(n, count, random) {
    return random.shuffle([...Array(n).keys()]).slice(0, count);
}
function drawSubmissions(profile, n, random) {
    return Array.from({ length: profile.transactions }, (_, number) => ({
        number,
        atMs: random.float() * profile.faultyMs,
        to: random.chance(0.7) ? 0 : 1 + random.below(2 ** n - 1),
    }));
}
//# sourceMappingURL=plan.js.map