/** Fitting a few positive numbers: the simplex method of Nelder & Mead (1965), on their logarithms. */
const ROUNDS = 40;
/** The first simplex reaches this far from the guess, as a factor. */
const REACH = 1.5;
/** Numbers near `guess` for which `costOf` is least, so far as it finds them. */
export function nearest(guess, costOf) {
    const corner = (at) => ({ at, cost: costOf(at.map(Math.exp)) });
    const start = guess.map(Math.log);
    const simplex = [corner(start)];
    for (const i of start.keys())
        simplex.push(corner(start.map((value, j) => (i === j ? value + Math.log(REACH) : value))));
    for (let round = 0; round < ROUNDS; round++) {
        simplex.sort((a, b) => a.cost - b.cost);
        const worst = simplex.pop();
        const middle = start.map((_, i) => simplex.reduce((sum, { at }) => sum + at[i], 0) / simplex.length);
        const along = (factor) => corner(middle.map((value, i) => value + factor * (value - worst.at[i])));
        const mirrored = along(1);
        if (mirrored.cost < simplex[0].cost) {
            const further = along(2);
            simplex.push(further.cost < mirrored.cost ? further : mirrored);
        }
        else if (mirrored.cost < simplex.at(-1).cost)
            simplex.push(mirrored);
        else {
            const nearer = along(mirrored.cost < worst.cost ? 0.5 : -0.5);
            if (nearer.cost < worst.cost)
                simplex.push(nearer);
            else {
                const best = simplex[0];
                const halved = [...simplex.slice(1), worst].map(({ at }) => corner(at.map((value, i) => (value + best.at[i]) / 2)));
                simplex.splice(1, simplex.length, ...halved);
            }
        }
    }
    return simplex.sort((a, b) => a.cost - b.cost)[0].at.map(Math.exp);
}
/** How far apart two figures are, alike in both directions. */
export function apart(a, b) {
    return Math.log(a / b) ** 2;
}
//# sourceMappingURL=fit.js.map