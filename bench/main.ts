/** `npm run bench [-- NAME... [--json FILE]]`: times as ratios, beside what is aimed for. */

import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { type BenchGroup, format, measure, type Scale } from './harness.ts';

/** Measures one subject; calls `print` as figures come in. */
type Subject = (scale: Scale, print: (text: string) => void) => Promise<readonly object[]>;

function grouped(load: () => Promise<{ groups(scale: Scale): Promise<BenchGroup[]> }>): Subject {
  return async (scale, print) => {
    const rows: object[] = [];
    for (const group of await (await load()).groups(scale)) {
      const result = await measure(group, scale);
      print(format(group, result));
      rows.push(...result.cases, ...result.figures);
    }
    return rows;
  };
}

export const SUBJECTS: Readonly<Record<string, Subject>> = {
  async mldsa87(scale, print) {
    const { run, format: table } = await import('./mldsa87.ts');
    const rows = await run(scale === 'tiny' ? { iterations: 1, messages: 2, vectors: undefined } : {});
    print(`\nML-DSA-87\n${table(rows)}`);
    return rows;
  },
  codec: grouped(() => import('./codec.ts')),
  async 'round-trip'(scale, print) {
    const { run, format: table } = await import('./round-trip.ts');
    const rows = await run(scale);
    print(`\nA vote there and back, two processes\n${table(rows)}`);
    return rows;
  },
  async ed25519(scale, print) {
    const { run, format: table } = await import('./ed25519.ts');
    const rows = await run(scale === 'tiny' ? { iterations: 1 } : {});
    print(`\nEd25519\n${table(rows)}`);
    return rows;
  },
  digests: grouped(() => import('./digests.ts')),
  pool: grouped(() => import('./pool.ts')),
};

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = positionals.find((name) => !(name in SUBJECTS));
  if (unknown !== undefined) {
    console.error(`bench: there is no ${unknown}; there are ${Object.keys(SUBJECTS).join(', ')}`);
    process.exitCode = 2;
    return;
  }
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length };
  console.log(
    `Node ${process.versions.node}, OpenSSL ${process.versions.openssl}, ${machine.cores} × ${machine.cpu}`,
  );
  const rows: object[] = [];
  for (const [name, subject] of Object.entries(SUBJECTS)) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    rows.push(...(await subject('full', console.log)));
  }
  if (values.json !== undefined) {
    const report = { machine, versions: process.versions, settings: {}, rows };
    writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  }
}

if (process.argv[1]?.endsWith('main.js')) await main();
