// `npm run bench [-- NAME... --json FILE]`: compiles bench/ beside the sources that it measures, and runs it.
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(args) {
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

run(['node_modules/typescript/bin/tsc', '-p', 'bench']);
cpSync(`${root}/wasm/build`, `${root}/dist-bench/wasm/build`, { recursive: true });
run(['dist-bench/bench/main.js', ...process.argv.slice(2)]);
