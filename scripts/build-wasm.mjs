// Builds the WASM kernels: every `scripts/gen-*.mjs` writes its sources into wasm/assembly/generated/, then asc
// compiles each kernel's entry file into wasm/build/NAME.wasm, and the result is compared with the SHA-256 sums in
// wasm/manifest.json. Builds are deterministic: a difference means another compiler or changed sources.
//
//   node scripts/build-wasm.mjs                   build what changed, fail on a difference from the manifest
//   node scripts/build-wasm.mjs --check           build everything afresh in a temporary folder and compare
//   node scripts/build-wasm.mjs --write-manifest  build, then record the sums of what was built
//
// Names of kernels as further arguments restrict it to those.
//
// A kernel's entry file may name more compiler flags in a line of its own: `// asc-flags: --initialMemory 16`.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const assembly = join(root, 'wasm/assembly');
const generated = join(assembly, 'generated');
const output = join(root, 'wasm/build');
const manifestFile = join(root, 'wasm/manifest.json');
const asc = join(root, 'node_modules/assemblyscript/bin/asc.js');

/** Entry files, by kernel name; one that does not exist is left out. */
const KERNELS = ['mldsa87', 'ed25519', 'blake3'];

const FLAGS = ['-O3', '--enable', 'simd', '--runtime', 'stub', '--noAssert', '--disableWarning', '112'];

const chosen = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));

const sha256 = (data) => createHash('sha256').update(data).digest('hex');

function fail(message) {
  console.error(`build-wasm: ${message}`);
  process.exit(1);
}

/** Writes the generated sources, leaving files alone that already say the same. */
async function generate() {
  mkdirSync(generated, { recursive: true });
  const scripts = readdirSync(join(root, 'scripts')).filter((name) => /^gen-.*\.mjs$/.test(name));
  for (const script of scripts.sort()) {
    const { generate } = await import(pathToFileURL(join(root, 'scripts', script)).href);
    for (const [name, text] of Object.entries(generate())) {
      const file = join(generated, name);
      if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
    }
  }
}

/** The entry file and everything it imports, in the order they are met: what a kernel's stamp covers. */
function sources(entry, found = new Set()) {
  if (found.has(entry)) return found;
  if (!existsSync(entry)) fail(`${relative(root, entry)} is imported but does not exist`);
  found.add(entry);
  for (const match of readFileSync(entry, 'utf8').matchAll(/\bfrom\s+'(\.[^']+)'/g)) {
    sources(join(entry, '..', `${match[1].replace(/\.ts$/, '')}.ts`), found);
  }
  return found;
}

function extraFlags(entry) {
  const line = /^\/\/ asc-flags:(.*)$/m.exec(readFileSync(entry, 'utf8'));
  return line ? line[1].trim().split(/\s+/) : [];
}

/** A hash over everything that decides a kernel's bytes. */
function stampOf(entry) {
  const version = readFileSync(join(root, 'node_modules/assemblyscript/package.json'), 'utf8');
  const hash = createHash('sha256')
    .update(version)
    .update(JSON.stringify([FLAGS, extraFlags(entry)]));
  for (const file of sources(entry)) hash.update(relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}

function compile(name, entry, outFile) {
  const started = performance.now();
  // Under another name first: whoever reads the folder meanwhile finds a whole file.
  const partial = `${outFile}.${process.pid}`;
  const args = [asc, relative(root, entry), '-o', partial, ...FLAGS, ...extraFlags(entry)];
  const result = spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) fail(`asc failed on ${relative(root, entry)}`);
  renameSync(partial, outFile);
  const size = readFileSync(outFile).length;
  console.log(`wasm: ${name} built, ${size} bytes, ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Builds the kernels into `folder`, skipping those whose stamp there is current; returns { name: sum }. */
function build(folder) {
  mkdirSync(folder, { recursive: true });
  const sums = {};
  for (const name of chosen.length ? chosen : KERNELS) {
    const entry = join(assembly, `${name}.ts`);
    if (!existsSync(entry)) continue;
    const outFile = join(folder, `${name}.wasm`);
    const stampFile = join(folder, `${name}.stamp`);
    const stamp = stampOf(entry);
    const current = existsSync(outFile) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
    if (current) {
      console.log(`wasm: ${name} is up to date`);
    } else {
      compile(name, entry, outFile);
      writeFileSync(stampFile, stamp);
    }
    sums[name] = sha256(readFileSync(outFile));
  }
  return sums;
}

function readManifest() {
  return existsSync(manifestFile) ? JSON.parse(readFileSync(manifestFile, 'utf8')) : {};
}

/** Names of the kernels whose sum is not the manifest's. */
function differences(sums) {
  const manifest = readManifest();
  return Object.keys(sums).filter((name) => manifest[`${name}.wasm`] !== sums[name]);
}

function writeManifest(sums) {
  const manifest = readManifest();
  for (const [name, sum] of Object.entries(sums)) manifest[`${name}.wasm`] = sum;
  const sorted = Object.fromEntries(Object.entries(manifest).sort());
  writeFileSync(manifestFile, `${JSON.stringify(sorted, null, 2)}\n`);
  console.log('wasm: manifest written');
}

if (!existsSync(asc)) fail('assemblyscript is not installed: run `npm ci` first');
await generate();
if (process.argv.includes('--check')) {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-wasm-'));
  const different = differences(build(folder));
  rmSync(folder, { recursive: true });
  if (different.length) fail(`a fresh build differs from wasm/manifest.json: ${different.join(', ')}`);
  console.log('wasm: a fresh build gives the bytes of the manifest');
} else {
  const sums = build(output);
  if (process.argv.includes('--write-manifest')) {
    writeManifest(sums);
  } else {
    const different = differences(sums);
    if (different.length) {
      fail(
        `differs from wasm/manifest.json: ${different.join(', ')}. After a change of sources that is expected:\n` +
          '  node scripts/build-wasm.mjs --write-manifest',
      );
    }
  }
}
