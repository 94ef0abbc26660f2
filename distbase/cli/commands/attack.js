import { LockstepError } from '../../core/errors.js';
import { ATTACKS, runAttacks } from '../attacks/run.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { AUTHS } from '../bench/options.js';
import { Progress } from '../bench/progress.js';
import { Stopped, stopSignal } from '../bench/session.js';
import { defineCommand } from '../command.js';
import { note, table, writeJson } from '../output.js';
const NAMES = ATTACKS.map(({ name }) => name);
const mebibytes = (bytes) => (bytes / 2 ** 20).toFixed(0);
function counted(row) {
    const parts = Object.entries(row.counted).map(([name, count]) => `${name} ${count}`);
    return parts.length === 0 ? 'nothing: it is legal' : parts.join(', ');
}
const HEAD = ['attack', 'by', 'goes', 'p50 before, ms', 'during', 'ratio', 'MiB', 'most', 'what was counted'];
function cells(row) {
    return [
        row.attack,
        row.by,
        String(row.strikes),
        row.p50BeforeMs.toFixed(2),
        row.p50DuringMs.toFixed(2),
        `${row.ratio.toFixed(2)}${row.failures.length === 0 ? '' : ' ✗'}`,
        mebibytes(row.residentBeforeBytes),
        mebibytes(row.residentMostBytes),
        counted(row),
    ];
}
function verdict(rows) {
    const failed = rows.filter(({ failures }) => failures.length > 0);
    if (failed.length === 0)
        return `${rows.length} attacks: each was refused or did no harm, honest writes took less than twice as long at the median, and memory is bounded.`;
    const lines = failed.map(({ attack, failures }) => `  ${attack}: ${failures.join('; ')}`);
    return [`${failed.length} of ${rows.length} attacks had an effect:`, ...lines].join('\n');
}
export const command = defineCommand({
    name: 'attack',
    summary: 'attack a cluster of real processes over its sockets, and show what came of it',
    help: `Starts three honest validators of four as processes, takes the keys of the fourth, and attacks the three over their own ports: as a stranger, as a client, and as the validator whose keys it has. An honest client writes all the while, in slices of quiet and of attack that alternate.

A row says what the honest validators counted (rejections by code, what they found the attacker at, proofs of it), the client's median latency in the quiet and in the attacked slices, and the memory of the hungriest of them before and at most. An attack has an effect where nothing was counted that should be, where the median more than doubles, where a write fails, where memory grows by more than 192 MiB, or where a process dies; then the exit code is 1.

The attacker shares the cores of this machine with those it attacks, and asks for less of them.

Attacks:
${ATTACKS.map(({ name, title }) => `  ${name.padEnd(26)} ${title}`).join('\n')}

Examples:
  lockstep attack --only frame-replayed --only flood-votes-forged
  lockstep attack --auth channel --json attacks.json`,
    options: {
        only: { kind: 'texts', value: 'NAME', doc: 'Only this attack; may be given again.' },
        auth: { kind: 'choice', of: AUTHS, default: 'ed25519', doc: 'How votes are authenticated.' },
        slices: {
            kind: 'integer',
            min: 1,
            max: 100,
            default: 5,
            doc: 'Slices of attack, each after one of quiet.',
        },
        'slice-ms': {
            kind: 'integer',
            min: 50,
            max: 60_000,
            unit: 'ms',
            default: 400,
            doc: 'How long a slice is.',
        },
    },
    json: true,
    async run({ values, json }) {
        const unknown = values.only.find((name) => !NAMES.includes(name));
        if (unknown !== undefined) {
            throw new LockstepError('bad-flag', `there is no attack ${unknown}; \`lockstep attack --help\` lists them`);
        }
        const settings = {
            auth: values.auth,
            slices: values.slices,
            sliceMs: values['slice-ms'],
            only: values.only,
        };
        note(describeMachine());
        const progress = new Progress();
        const { signal } = stopSignal();
        let rows;
        try {
            rows = await runAttacks(settings, progress, signal, (row) => {
                for (const failure of row.failures)
                    note(`${row.attack}: ${failure}`);
            });
        }
        catch (error) {
            if (!(error instanceof Stopped))
                throw error;
            note('stopped before the last attack');
            return 130;
        }
        finally {
            progress.clear();
        }
        if (json !== undefined) {
            writeJson(json, {
                machine: machine(),
                versions: versions(),
                settings: { command: 'attack', ...settings },
                rows,
            });
        }
        if (json !== '-') {
            const align = HEAD.map((_, i) => (i < 2 || i === HEAD.length - 1 ? 'left' : 'right'));
            process.stdout.write(`${table(HEAD, rows.map(cells), align)}\n\n${verdict(rows)}\n`);
        }
        return rows.some(({ failures }) => failures.length > 0) ? 1 : 0;
    },
});
//# sourceMappingURL=attack.js.map