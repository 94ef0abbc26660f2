// Builds what `npm start`, `npm test` and the package need: the WASM kernels, then the TypeScript sources.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(label, script, args) {
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, stdio: 'inherit' });
  if (result.status !== 0) {
    console.error(`build: ${label} failed (exit code ${result.status}). Was \`npm ci\` run first?`);
    process.exit(1);
  }
}

if (existsSync(`${root}/scripts/build-wasm.mjs`)) run('the WASM kernels', 'scripts/build-wasm.mjs', []);
run('the TypeScript compiler', 'node_modules/typescript/bin/tsc', ['-p', 'src']);
if (existsSync(`${root}/dist/cli/main.js`)) chmodSync(`${root}/dist/cli/main.js`, 0o755);
