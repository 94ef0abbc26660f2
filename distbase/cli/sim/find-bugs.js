/** Plants mistakes one at a time and says after how many seeds the default campaign finds each. */
import { BUGS, findBug } from '../../sim/index.js';
import { machine, versions } from '../bench/machine.js';
import { note, table, writeJson } from '../output.js';
export function findBugs(name, budgetSeconds, json) {
    const names = name === 'all' ? [...BUGS.keys()] : [name];
    const rows = [];
    for (const bug of names) {
        const find = findBug(bug, budgetSeconds);
        const seen = find.seed === undefined ? 'NOT FOUND' : `seed ${find.seed}, ${find.failure?.checker}`;
        note(`${bug}: ${seen}, ${find.seconds.toFixed(1)} s`);
        rows.push(find);
    }
    if (json !== undefined) {
        writeJson(json, {
            machine: machine(),
            versions: versions(),
            settings: { command: 'sim', bug: name, budgetSeconds },
            rows,
        });
    }
    if (json !== '-') {
        const cells = rows.map(({ bug, seed, seconds, failure, profile }) => [
            bug,
            seed === undefined ? 'not found' : String(seed),
            seconds.toFixed(1),
            profile ?? '–',
            failure?.checker ?? '–',
        ]);
        process.stdout.write(`${table(['mistake', 'seeds', 'seconds', 'profile', 'checker'], cells, ['left', 'right', 'right', 'left', 'left'])}\n`);
    }
    return rows.every(({ seed }) => seed !== undefined) ? 0 : 1;
}
//# sourceMappingURL=find-bugs.js.map