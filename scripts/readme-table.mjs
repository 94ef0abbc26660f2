// `node scripts/readme-table.mjs [--check]` (after `npm run build`): writes README's tables of figures from the results that
// are kept, between marks such as `<!-- table:start -->` and `<!-- table:end -->`. With --check nothing is written, and the
// exit code is 1 where README says something else than the results.
//
//   table       bench/results/demo.json                         npm start -- --json bench/results/demo.json
//   figures     bench/results/latency.json and throughput.json  npm run figures
//   sweep       bench/results/sweep.json                        lockstep bench sweep --json bench/results/sweep.json
//
// Results that are not there leave their table as it is.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);
const result = (name) => {
  const file = `${root}/bench/results/${name}.json`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

const { demoText } = await dist('cli/bench/report.js');
const { figuresMarkdown, measuredOn, sweepMarkdown } = await dist('cli/bench/markdown.js');

/** By mark, its text; undefined where there are no results. */
const TABLES = {
  table: () => {
    const demo = result('demo');
    if (demo === undefined) return undefined;
    const reports = demo.summary.map((summary) => {
      const of = (kind) => demo.rows.find((row) => row.kind === kind && row.auth === summary.auth);
      return { ...summary, latency: of('latency'), throughput: of('throughput') };
    });
    return `\`\`\`\n${demoText(reports).trim()}\n\`\`\`\n\n${measuredOn(demo)}`;
  },
  figures: () => {
    const [latency, throughput] = [result('latency'), result('throughput')];
    return latency && throughput ? figuresMarkdown(latency, throughput) : undefined;
  },
  sweep: () => {
    const sweep = result('sweep');
    return sweep && sweepMarkdown(sweep);
  },
};

const file = `${root}/README.md`;
const before = readFileSync(file, 'utf8');
let after = before;
for (const [name, make] of Object.entries(TABLES)) {
  const text = make();
  const [start, end] = [`<!-- ${name}:start -->\n`, `<!-- ${name}:end -->`];
  const from = after.indexOf(start);
  const to = after.indexOf(end, from);
  if (from < 0 || to < 0 || text === undefined) continue;
  after = `${after.slice(0, from + start.length)}${text}\n${after.slice(to)}`;
}
if (process.argv.includes('--check')) {
  if (after !== before) {
    console.error(
      'README.md and bench/results disagree: run `npm run build && node scripts/readme-table.mjs`',
    );
    process.exitCode = 1;
  }
} else if (after === before) console.error('README.md says what bench/results says');
else {
  writeFileSync(file, after);
  console.error('README.md: tables written from bench/results');
}
