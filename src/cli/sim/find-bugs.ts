/** Plants mistakes one at a time and says after how many seeds the default campaign finds each. */

import { BUGS, type Find, findBug } from '../../sim/index.ts';
import { machine, versions } from '../bench/machine.ts';
import { note, table, writeJson } from '../output.ts';

export function findBugs(name: string, budgetSeconds: number, json: string | undefined): number {
  const names = name === 'all' ? [...BUGS.keys()] : [name];
  const rows: Find[] = [];
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
    process.stdout.write(
      `${table(['mistake', 'seeds', 'seconds', 'profile', 'checker'], cells, ['left', 'right', 'right', 'left', 'left'])}\n`,
    );
  }
  return rows.every(({ seed }) => seed !== undefined) ? 0 : 1;
}
