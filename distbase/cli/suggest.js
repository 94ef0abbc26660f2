/** “Did you mean …?” */
/** Edits (insert, delete, replace, swap of neighbours) that turn one word into the other. */
export function editDistance(a, b) {
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const same = a[i - 1] === b[j - 1];
            let best = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
            const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            if (swapped)
                best = Math.min(best, before[j - 2] + 1);
            row.push(best);
        }
        before = last;
        last = row;
    }
    return last[b.length];
}
/** The known word that was probably meant, or undefined where none is close. */
export function closest(word, known) {
    let best;
    let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
    for (const candidate of known) {
        const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
        if (distance < bestDistance)
            [best, bestDistance] = [candidate, distance];
    }
    return best;
}
/** ` (did you mean X?)`, or what there is, or nothing. */
export function didYouMean(word, known, quote = (s) => s) {
    const best = closest(word, known);
    if (best !== undefined)
        return `; did you mean ${quote(best)}?`;
    return known.length <= 12 ? `; known: ${known.map(quote).join(', ')}` : '';
}
//# sourceMappingURL=suggest.js.map