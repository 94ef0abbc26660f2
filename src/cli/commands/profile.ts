import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { LockstepError } from '../../core/errors.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import { defineCommand } from '../command.ts';
import { note, writeJson } from '../output.ts';
import { withCpuProfile } from '../profile/cpu-profile.ts';
import { makeInputs, SUITES } from '../profile/inputs.ts';
import { type OperationRow, profileOperations } from '../profile/operations.ts';
import { type BatchRow, profileBatches, profileThreads } from '../profile/pool.ts';
import { type CryptoProfile, profileHtml, profileText } from '../profile/report.ts';
import { version } from '../version.ts';

const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128];
/** Signed messages per suite, so that no call sees what the last one saw. */
const ITEMS = 1024;
/** Enough for a quick look. */
const QUICK_ITEMS = 128;

interface Settings {
  readonly suites: readonly SuiteName[];
  readonly threads: number;
  readonly budgetMs: number;
}

async function profileCrypto({ suites, threads, budgetMs }: Settings): Promise<CryptoProfile> {
  const rows = [];
  const batches = [];
  const scaling = [];
  for (const suite of suites) {
    note(`${suite}: signing inputs`);
    const inputs = await makeInputs(suite, budgetMs < 50 ? QUICK_ITEMS : ITEMS);
    note(`${suite}: operations`);
    rows.push(...(await profileOperations(inputs, budgetMs)));
    if (threads === 0) continue;
    note(`${suite}: batches`);
    const sizes = await profileBatches(inputs, BATCH_SIZES, budgetMs);
    batches.push(...sizes);
    rows.push(handOffRow(sizes[0]!));
    note(`${suite}: threads`);
    const counts = Array.from({ length: threads }, (_, i) => i + 1);
    scaling.push(...(await profileThreads(inputs, counts, budgetMs)));
  }
  const { node, v8, openssl } = process.versions;
  return {
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: availableParallelism() },
    versions: { lockstep: version, node, v8, openssl },
    settings: { suites, threads, budgetMs, messageBytes: 160 },
    rows,
    batches,
    threads: scaling,
  };
}

/** What one signature gains nothing from: the way to a thread and back. */
function handOffRow({ suite, inlineUs, pooledUs }: BatchRow): OperationRow {
  const parts = { verify: inlineUs, 'hand-off': Math.max(0, pooledUs - inlineUs) };
  return { suite, backend: 'pool', operation: 'verify, prepared key, handed over', us: pooledUs, parts };
}

export const command = defineCommand({
  name: 'profile',
  summary: 'show where the time of cryptography goes',
  usage: 'crypto',
  help: `Times every operation of every signature suite by every backend that is there (the WASM kernels, noble, OpenSSL), and splits a kernel's time into its parts. Then batches on the calling thread against batches handed to a pool, by size, and the pool's throughput by its threads. Takes about half a minute; keep the machine quiet.

Examples:
  lockstep profile crypto
  lockstep profile crypto --suite ml-dsa-87 --html profile.html
  lockstep profile crypto --json profile.json --cpu-profile crypto.cpuprofile
                                          the second file opens in Chrome DevTools`,
  options: {
    suite: { kind: 'choices', of: SUITES, default: SUITES, doc: 'Signature suites.' },
    threads: {
      kind: 'integer',
      min: 0,
      max: 64,
      doc: 'Most threads of the pool; 0 leaves the pool out. Default: as many as there are cores.',
    },
    budget: {
      kind: 'integer',
      min: 1,
      max: 60_000,
      unit: 'ms',
      default: 200,
      doc: 'Time for each measurement.',
    },
    html: { kind: 'text', value: 'FILE', doc: 'Write a page with charts, in one file.' },
    'cpu-profile': {
      kind: 'text',
      value: 'FILE.cpuprofile',
      doc: 'Record what the main thread does meanwhile; times are a little longer then.',
    },
  },
  words: 1,
  json: true,
  async run({ values, words, json }) {
    if (words[0] !== 'crypto') {
      throw new LockstepError('bad-flag', 'say what to profile: `lockstep profile crypto`');
    }
    const settings: Settings = {
      suites: values.suite as readonly SuiteName[],
      threads: values.threads ?? availableParallelism(),
      budgetMs: values.budget,
    };
    const work = () => profileCrypto(settings);
    const file = values['cpu-profile'];
    const profile = file === undefined ? await work() : await withCpuProfile(file, work);
    if (values.html !== undefined) writeReport(values.html, profileHtml(profile));
    if (json !== undefined) writeJson(json, profile);
    if (json !== '-') process.stdout.write(`${profileText(profile)}\n`);
    for (const path of [values.html, file]) if (path !== undefined) note(`wrote ${path}`);
    return 0;
  },
});

function writeReport(path: string, html: string): void {
  try {
    writeFileSync(path, html);
  } catch (error) {
    throw new LockstepError('bad-flag', `--html ${path} cannot be written: ${(error as Error).message}`);
  }
}
