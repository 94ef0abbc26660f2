// `npm run figures [-- latency|throughput|demo|sweep|memory …]`: measures what README's tables are made of, into bench/results.
// Default: latency, throughput and demo. Nothing else should run on the machine.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOUR = 'channel,ed25519,ml-dsa-87,hybrid';
const RUNS = {
  latency: ['bench', 'latency', '--auth', FOUR, '--runs', '5', '--interleave', '--duration', '2'],
  throughput: [
    ...['bench', 'throughput', '--settings', 'channel/ed25519,ml-dsa-87/ml-dsa-87'],
    ...['--runs', '5', '--interleave', '--duration', '2'],
  ],
  demo: ['demo', '--lenient'],
  sweep: ['bench', 'sweep'],
  memory: ['bench', 'memory'],
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in RUNS));
if (unknown !== undefined) {
  console.error(`figures: one of ${Object.keys(RUNS).join(', ')}, not "${unknown}"`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : ['latency', 'throughput', 'demo']) {
  const args = [...RUNS[name], '--json', `bench/results/${name}.json`];
  console.error(`lockstep ${args.join(' ')}`);
  const { status } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
// As everything else in the repository is formatted.
spawnSync('npx', ['biome', 'check', '--write', 'bench/results'], { cwd: root, stdio: 'ignore' });
spawnSync(process.execPath, ['scripts/readme-table.mjs'], { cwd: root, stdio: 'inherit' });
