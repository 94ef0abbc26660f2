import { LockstepError } from '../../core/errors.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import { LIES, type LiarRow, runLiar } from '../attacks/liars.ts';
import { ATTACKS, type AttackRow, runAttacks } from '../attacks/run.ts';
import { describeMachine, machine, versions } from '../bench/machine.ts';
import { AUTHS } from '../bench/options.ts';
import { Progress } from '../bench/progress.ts';
import { Stopped, stopSignal } from '../bench/session.ts';
import { defineCommand } from '../command.ts';
import { note, table, writeJson } from '../output.ts';

const NAMES = ATTACKS.map(({ name }) => name);
const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

function counted(row: AttackRow): string {
  const parts = Object.entries(row.counted).map(([name, count]) => `${name} ${count}`);
  return parts.length === 0 ? 'nothing: it is legal' : parts.join(', ');
}

const HEAD = ['attack', 'by', 'goes', 'p50 before, ms', 'during', 'ratio', 'MiB', 'most', 'what was counted'];

function cells(row: AttackRow): string[] {
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

function verdict(rows: readonly AttackRow[]): string {
  const failed = rows.filter(({ failures }) => failures.length > 0);
  if (failed.length === 0)
    return `${rows.length} attacks: each was refused or did no harm, honest writes took less than twice as long at the median, and memory is bounded.`;
  const lines = failed.map(({ attack, failures }) => `  ${attack}: ${failures.join('; ')}`);
  return [`${failed.length} of ${rows.length} attacks had an effect:`, ...lines].join('\n');
}

const LIAR_HEAD = [
  'lie',
  'found by',
  'proven by',
  'two of',
  'found, ms',
  'convicted, ms',
  'honest accused',
  'writes',
  'p50, ms',
  'views',
];

function liarCells(row: LiarRow): string[] {
  const ms = (value: number | null) => (value === null ? '–' : value.toFixed(0));
  return [
    row.lie,
    String(row.foundBy.length),
    String(row.provenBy.length),
    row.offences.join(', '),
    ms(row.foundMs),
    ms(row.convictedMs),
    String(row.accused.length),
    `${row.writes - row.failedWrites} of ${row.writes}`,
    row.p50Ms.toFixed(1),
    String(row.viewChanges),
  ];
}

/** Each lie on a cluster of its own. */
async function runLiars(
  auth: AuthSetting,
  only: readonly string[],
  json: string | undefined,
): Promise<number> {
  const unknown = only.find((name) => !LIES.some((lie) => lie.name === name));
  if (unknown !== undefined) {
    throw new LockstepError(
      'bad-flag',
      `there is no lie '${unknown}'; there are: ${LIES.map(({ name }) => name).join(', ')}`,
    );
  }
  const progress = new Progress();
  const rows: LiarRow[] = [];
  const lies = LIES.filter(({ name }) => only.length === 0 || only.includes(name));
  for (const lie of lies) {
    progress.update(`lie ${rows.length + 1} of ${lies.length}`, lie.name);
    const row = await runLiar(lie, auth);
    progress.clear();
    for (const failure of row.failures) note(`${row.lie}: ${failure}`);
    rows.push(row);
  }
  const settings = { command: 'attack --liars', auth, only };
  if (json !== undefined) writeJson(json, { machine: machine(), versions: versions(), settings, rows });
  const failed = rows.filter(({ failures }) => failures.length > 0).length;
  if (json !== '-') {
    const align = LIAR_HEAD.map((_, i) => (i === 0 || i === 3 ? 'left' : 'right'));
    const verdict =
      failed === 0
        ? `${rows.length} lies under ${auth}: each was found, and nobody honest was accused.`
        : `${failed} of ${rows.length} lies did not come out as they should.`;
    process.stdout.write(`${table(LIAR_HEAD, rows.map(liarCells), align)}\n\n${verdict}\n`);
  }
  return failed === 0 ? 0 : 1;
}

export const command = defineCommand({
  name: 'attack',
  summary: 'attack a cluster of real processes over its sockets, and show what came of it',
  help: `Starts three honest validators of four as processes, takes the keys of the fourth, and attacks the three over their own ports: as a stranger, as a client, and as the validator whose keys it has. An honest client writes all the while, in slices of quiet and of attack that alternate.

A row says what the honest validators counted (rejections by code, what they found the attacker at, proofs of it), the client's median latency in the quiet and in the attacked slices, and the memory of the hungriest of them before and at most. An attack has an effect where nothing was counted that should be, where the median more than doubles, where a write fails, where memory grows by more than 192 MiB, or where a process dies; then the exit code is 1.

The attacker shares the cores of this machine with those it attacks, and asks for less of them.

Attacks:
${ATTACKS.map(({ name, title }) => `  ${name.padEnd(26)} ${title}`).join('\n')}

With --liars one validator of four is a process of the real thing that contradicts itself: two proposals, votes, checkpoints or view changes, by messages of each type. A row says which of the honest found it, which hold proof that the genesis alone confirms, when the ledger convicted it, and whether anybody honest was accused. With --auth channel votes carry no signature until the honest, told what does not fit, ask for one.

Examples:
  lockstep attack --liars --auth channel
  lockstep attack --only frame-replayed --only flood-votes-forged
  lockstep attack --auth channel --json attacks.json`,
  options: {
    only: { kind: 'texts', value: 'NAME', doc: 'Only this attack; may be given again.' },
    auth: { kind: 'choice', of: AUTHS, default: 'ed25519', doc: 'How votes are authenticated.' },
    liars: {
      kind: 'flag',
      doc: 'Instead: a whole validator that lies, as a process, once for each lie that can be proven. With --only: the name of the lie.',
    },
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
    if (values.liars) return runLiars(values.auth as AuthSetting, values.only, json);
    const unknown = values.only.find((name) => !NAMES.includes(name));
    if (unknown !== undefined) {
      throw new LockstepError(
        'bad-flag',
        `there is no attack ${unknown}; \`lockstep attack --help\` lists them`,
      );
    }
    const settings = {
      auth: values.auth as AuthSetting,
      slices: values.slices,
      sliceMs: values['slice-ms'],
      only: values.only,
    };
    note(describeMachine());
    const progress = new Progress();
    const { signal } = stopSignal();
    let rows: AttackRow[];
    try {
      rows = await runAttacks(settings, progress, signal, (row) => {
        for (const failure of row.failures) note(`${row.attack}: ${failure}`);
      });
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      note('stopped before the last attack');
      return 130;
    } finally {
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
