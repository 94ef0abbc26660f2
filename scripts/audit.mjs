// `npm run audit`: which packages of an installation have known faults (`npm audit`), and which of them run scripts when they
// are installed. Exit code 1 where there is a known fault or a script that is not expected, 3 where the registry answers no
// audits, so that nothing is known.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Both only look for the binary that is in the package already; `npm ci --ignore-scripts` does without. */
const EXPECTED = ['lmdb', 'msgpackr-extract'];

const { packages, name } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const own = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).scripts;
const scripts = Object.entries(packages)
  .filter(([path, entry]) => path !== '' && entry.hasInstallScript && !entry.dev)
  .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
const unexpected = scripts.filter((one) => !EXPECTED.includes(one));
const hooks = ['preinstall', 'install', 'postinstall'].filter((hook) => own[hook] !== undefined);
console.log(
  `scripts at installation: ${[...hooks.map((hook) => `${name} (${hook})`), ...scripts].join(', ') || 'none'}`,
);
if (unexpected.length + hooks.length > 0)
  console.log(`not expected: ${[...hooks, ...unexpected].join(', ')}`);

const audit = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8', timeout: 60_000 });
let report;
try {
  report = JSON.parse(audit.stdout);
} catch {
  report = {};
}
const counts = report.metadata?.vulnerabilities;
if (counts === undefined) {
  const why = report.message ?? report.error?.summary ?? 'no answer';
  console.log(
    `npm audit: the registry answers no audits here (${String(why).slice(0, 120)}): nothing is known`,
  );
} else {
  const { total } = counts;
  console.log(
    `npm audit: ${total === 0 ? 'no known faults' : `${total} known faults: ${JSON.stringify(counts)}`}`,
  );
}
const bad = unexpected.length + hooks.length > 0 || (counts?.total ?? 0) > 0;
process.exitCode = bad ? 1 : counts === undefined ? 3 : 0;
