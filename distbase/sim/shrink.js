/** Makes a failing scenario smaller: fewer faults, fewer lies, fewer transactions, as long as the same checker fails. */
import { PARTS, without } from './mask.js';
/** Runs tried at most: a failure has to be shown within seconds. */
const MOST_RUNS = 400;
/**
 * Leaves out halves, then quarters, and so on down to single parts (Zeller & Hildebrandt's ddmin, 2002, on
 * complements), again until nothing more can go. `fails`: whether the scenario fails as before with this mask.
 */
export function shrink(mask, counts, fails) {
    let best = mask;
    let runs = 0;
    for (let progress = true; progress && runs < MOST_RUNS;) {
        progress = false;
        for (const part of PARTS) {
            for (let size = Math.ceil(counts[part] / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
                for (let from = 0; from < counts[part] && runs < MOST_RUNS; from += size) {
                    const chunk = numbers(from, Math.min(counts[part], from + size)).filter((i) => !best[part].has(i));
                    if (chunk.length === 0)
                        continue;
                    const tried = without(best, part, chunk);
                    runs++;
                    if (!fails(tried))
                        continue;
                    best = tried;
                    progress = true;
                }
            }
        }
    }
    return best;
}
function numbers(from, to) {
    return Array.from({ length: to - from }, (_, i) => from + i);
}
//# sourceMappingURL=shrink.js.map