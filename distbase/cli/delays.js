/** The file behind `--delays`: one-way delays between regions. YAML, JSON (which is YAML too), or CSV by its name. */
import { readFileSync } from 'node:fs';
import { LockstepError } from '../core/errors.js';
import { MAX_VALIDATORS } from '../core/limits.js';
import { checkText } from './settings.js';
/** What `--help` says of it. */
export const DELAYS_HELP = `A delays file says how long a message takes from region to region, one way, on top of what this machine takes. Validator i is in the i-th region of the list, and it starts over at its end; a region may be listed several times. A pair that is given one way only holds both ways; within a region it is localMs (default 0). YAML or JSON:
  regions: [frankfurt, virginia, tokyo, frankfurt]
  localMs: 0.3
  oneWayMs:
    frankfurt: { virginia: 44, tokyo: 112 }
    virginia: { tokyo: 73 }
or CSV, from the region of the row to that of the column, where the rows are the list of regions:
  ,frankfurt,virginia,tokyo
  frankfurt,0.3,44,112
  virginia,44,0.3,73
  tokyo,112,73,0.3`;
const MOST_MS = 10_000;
const delay = { kind: 'number', min: 0, max: MOST_MS, unit: 'ms', doc: 'One-way delay.' };
const RULES = {
    regions: {
        kind: 'list',
        max: MAX_VALIDATORS,
        doc: 'Where the validators are.',
        of: { kind: 'string', pattern: /^\S(.{0,62}\S)?$/, shape: 'a name', doc: 'A region.' },
    },
    localMs: { ...delay, default: 0, doc: 'Within a region.' },
    oneWayMs: { kind: 'map', of: { kind: 'map', of: delay, doc: 'To.' }, doc: 'From.' },
};
/** Reads and checks a delays file. Throws `bad-flag` with file and line. */
export function readDelays(file) {
    let text;
    try {
        text = readFileSync(file, 'utf8');
    }
    catch (error) {
        throw new LockstepError('bad-flag', `--delays: cannot read ${file}: ${error.message}`);
    }
    return parseDelays(text, file);
}
export function parseDelays(text, file) {
    const fail = (why) => {
        throw new LockstepError('bad-flag', `--delays: ${file}: ${why}`);
    };
    const csv = file.toLowerCase().endsWith('.csv');
    const { regions, localMs, oneWayMs } = csv
        ? parseCsv(text, fail)
        : checkText(text, RULES, { file, code: 'bad-flag', defaults: true });
    if (regions.length === 0)
        fail('regions is empty; name where each validator is');
    const names = [...new Set(regions)];
    for (const [from, row] of Object.entries(oneWayMs)) {
        for (const name of [from, ...Object.keys(row)]) {
            if (!names.includes(name))
                fail(`oneWayMs names ${name}, which is not in regions (${names.join(', ')})`);
        }
    }
    const whole = {};
    for (const from of names) {
        const row = {};
        whole[from] = row;
        for (const to of names) {
            const ms = oneWayMs[from]?.[to] ?? oneWayMs[to]?.[from] ?? (from === to ? localMs : undefined);
            row[to] = ms ?? fail(`oneWayMs has no delay between ${from} and ${to}; add one`);
        }
    }
    return { regions, oneWayMs: whole };
}
function parseCsv(text, fail) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
    const [head, ...body] = lines.map((line) => line.split(',').map((cell) => cell.trim()));
    if (head === undefined || head.length < 2)
        fail('the first line names the regions, after an empty cell');
    const to = head.slice(1);
    const oneWayMs = {};
    const regions = [];
    for (const [i, [from, ...cells]] of body.entries()) {
        const line = `line ${i + 2}`;
        if (from === undefined || from === '')
            fail(`${line} begins with no region`);
        if (cells.length !== to.length)
            fail(`${line} has ${cells.length} delays for ${to.length} regions`);
        const row = Object.fromEntries(cells.map((cell, column) => {
            const ms = Number(cell);
            if (cell === '' || !(ms >= 0 && ms <= MOST_MS))
                fail(`${line}: "${cell}" is not a number from 0 to ${MOST_MS} ms`);
            return [to[column], ms];
        }));
        if (oneWayMs[from] === undefined)
            oneWayMs[from] = row;
        regions.push(from);
    }
    return { regions, localMs: 0, oneWayMs };
}
//# sourceMappingURL=delays.js.map