/**
 * What is left out of a scenario: faults, liars' tactics and transactions by their numbers. A failing seed is shrunk to
 * as few of them as still fail; `123:f0-3.5,t2` is seed 123 without faults 0 to 3 and 5 and without transaction 2.
 */
export const PARTS = ['f', 'l', 't'];
export const NOTHING = { f: new Set(), l: new Set(), t: new Set() };
/** A mask that leaves these out, too. */
export function without(mask, part, numbers) {
    return { ...mask, [part]: new Set([...mask[part], ...numbers]) };
}
/** `SEED` or `SEED:MASK`. */
export function formatScenario(seed, mask) {
    const parts = PARTS.flatMap((part) => (mask[part].size === 0 ? [] : [part + ranges(mask[part])]));
    return parts.length === 0 ? String(seed) : `${seed}:${parts.join(',')}`;
}
function ranges(numbers) {
    const sorted = [...numbers].sort((a, b) => a - b);
    const out = [];
    for (let i = 0; i < sorted.length;) {
        let j = i;
        while (sorted[j + 1] === sorted[j] + 1)
            j++;
        out.push(i === j ? `${sorted[i]}` : `${sorted[i]}-${sorted[j]}`);
        i = j + 1;
    }
    return out.join('.');
}
/** The seed and the mask of such a text; undefined where it is none. */
export function parseScenario(text) {
    const match = /^(\d{1,15})(?::([flt\d.,-]+))?$/.exec(text);
    if (match === null)
        return undefined;
    let mask = NOTHING;
    for (const part of match[2]?.split(',') ?? []) {
        const numbers = parseRanges(part.slice(1));
        if (!PARTS.includes(part[0]) || numbers === undefined)
            return undefined;
        mask = without(mask, part[0], numbers);
    }
    return { seed: Number(match[1]), mask };
}
/** A scenario has no more parts than this; a typing error must not make millions. */
const MOST = 100_000;
function parseRanges(text) {
    const numbers = [];
    for (const range of text.split('.')) {
        const match = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(range);
        if (match === null)
            return undefined;
        const first = Number(match[1]);
        const last = Number(match[2] ?? first);
        if (last < first || last >= MOST)
            return undefined;
        for (let i = first; i <= last; i++)
            numbers.push(i);
    }
    return numbers;
}
//# sourceMappingURL=mask.js.map