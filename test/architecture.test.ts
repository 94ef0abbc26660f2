import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../src', import.meta.url));

/** What each folder of `src` may import: the table of `src/README.md`. `types` are for `import type` alone. */
const MAY_IMPORT: Record<string, { all: string[]; types?: string[] }> = {
  core: { all: [] },
  protocols: { all: ['core'] },
  codec: { all: ['core'], types: ['protocols'] },
  crypto: { all: ['core'] },
  transport: { all: ['core', 'codec', 'crypto'] },
  storage: { all: ['core', 'codec'] },
  apps: { all: ['core', 'crypto', 'codec'] },
  proofs: { all: ['core', 'codec', 'crypto'], types: ['storage'] },
  replica: { all: ['core', 'protocols', 'codec', 'crypto', 'transport', 'storage', 'apps', 'proofs'] },
  client: { all: ['core', 'codec', 'crypto', 'apps', 'proofs'] },
  gateways: { all: ['client', 'apps', 'core'] },
  ops: { all: ['core'] },
  load: { all: ['client', 'core', 'crypto', 'transport'] },
  sim: { all: ['core', 'protocols', 'codec', 'crypto', 'storage', 'apps', 'replica'], types: ['transport'] },
  cli: {
    all: [
      'core',
      'protocols',
      'codec',
      'crypto',
      'transport',
      'storage',
      'apps',
      'proofs',
      'replica',
      'client',
      'gateways',
      'ops',
      'load',
      'sim',
    ],
  },
};

/** What the applications' bytes mean and what proves them, and none of their state. */
const CODECS = /^apps\/(codecs?|results|map-proof|trie|\w+-codec)\.ts$/;

/** Folders that run anywhere: nothing of Node's, and no package. */
const PURE = ['core', 'protocols'];

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

/**
 * Every import of a module, over-reading rather than missing one: what a comment or a string shows as an import
 * counts as well.
 */
function importsOf(text: string): Import[] {
  const found: Import[] = [];
  for (const match of text.matchAll(/^[ \t]*(?:import|export)\b([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm)) {
    const clause = match[1]!.trim();
    const braces = /^\{([\s\S]*)\}$/.exec(clause);
    const names = (braces?.[1] ?? '').split(',').filter((name) => name.trim() !== '');
    const allTypes = names.length > 0 && names.every((name) => name.trim().startsWith('type '));
    found.push({
      specifier: match[2]!,
      typeOnly: /^type\b/.test(clause) || allTypes,
      dynamic: false,
    });
  }
  for (const match of text.matchAll(/^[ \t]*import\s*['"]([^'"]+)['"]/gm)) {
    found.push({ specifier: match[1]!, typeOnly: false, dynamic: false });
  }
  for (const match of text.matchAll(/\b(?:import|require)\s*\(\s*['"`]([^'"`]*)['"`]/g)) {
    found.push({ specifier: match[1]!, typeOnly: false, dynamic: true });
  }
  return found;
}

/** The text without what stands in whole-line comments. */
const codeOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .join('\n');

/** What a file of `src` does that the table forbids. `file` is its path below `src`. */
function violations(file: string, text: string): string[] {
  const out: string[] = [];
  const [folder] = file.split('/') as [string];
  const topLevel = !file.includes('/');
  const own = MAY_IMPORT[folder];
  if (!topLevel && !own) return [`${file}: src/${folder} is not in the table of src/README.md`];

  for (const { specifier, typeOnly } of importsOf(text)) {
    if (!specifier.startsWith('.')) {
      if (PURE.includes(folder))
        out.push(`${file} imports ${specifier}: ${folder} imports nothing from outside`);
      else if (folder === 'codec' && specifier.startsWith('node:'))
        out.push(`${file} imports ${specifier}: the codec runs in a browser too`);
      continue;
    }
    const target = relative(SRC, join(SRC, dirname(file), specifier));
    const [to] = target.split('/') as [string];
    if (target.startsWith('..')) {
      out.push(`${file} imports ${specifier}, which is outside src`);
      continue;
    }
    if (topLevel) continue;
    if (to === folder) {
      if (folder === 'protocols') out.push(...acrossProtocols(file, target));
      continue;
    }
    if (!target.includes('/')) out.push(`${file} imports ${target}: the package's entry is for its users`);
    else if (own!.types?.includes(to)) {
      if (!typeOnly) out.push(`${file} imports ${target}: ${folder} may import types of ${to} only`);
    } else if (!own!.all.includes(to)) out.push(`${file} imports ${target}: ${folder} may not import ${to}`);
    else if (folder === 'replica') out.push(...notByInterface(file, target, typeOnly));
    else if (folder === 'client' && to === 'apps' && !CODECS.test(target))
      out.push(`${file} imports ${target}: of the applications the client knows the codecs`);
  }
  if (folder === 'replica' && /\b(pbft|hotstuff|streamlet|raft)\b/i.test(codeOf(text))) {
    out.push(`${file} names a protocol: the replica runs whichever the registry gives`);
  }
  return out;
}

/** Protocols never see each other; what stands directly in `protocols/` names them all. */
function acrossProtocols(file: string, target: string): string[] {
  const [, from, inner] = file.split('/');
  const [, to, deeper] = target.split('/');
  if (inner === undefined || (deeper !== undefined && from === to)) return [];
  return [`${file} imports ${target}: a protocol imports core and itself`];
}

/** The replica is handed its disk and its network; it makes none. Protocols come from the registry. */
function notByInterface(file: string, target: string, typeOnly: boolean): string[] {
  const [to] = target.split('/');
  if (to === 'protocols' && target !== 'protocols/registry.ts') {
    return [`${file} imports ${target}: protocols come from protocols/registry.ts`];
  }
  if ((to === 'transport' || to === 'storage') && !typeOnly) {
    return [`${file} imports ${target}: the replica knows ${to} by its types`];
  }
  return [];
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))
  .sort();
const read = (file: string) => readFileSync(join(SRC, file), 'utf8');

describe('imports', () => {
  it('point one way', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(files.flatMap((file) => violations(file, read(file)))).toEqual([]);
  });

  it('name files with their endings, so that they resolve without a search', () => {
    const bad = files.flatMap((file) =>
      importsOf(read(file))
        .filter(({ specifier }) => specifier.startsWith('.') && !/\.(ts|json)$/.test(specifier))
        .map(({ specifier }) => `${file} imports ${specifier}`),
    );
    expect(bad).toEqual([]);
  });

  it('of the client reach no thread pool and no server', () => {
    const reached = new Set<string>();
    const outside = new Set<string>();
    const visit = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      for (const { specifier, typeOnly, dynamic } of importsOf(read(file))) {
        if (typeOnly || dynamic) continue;
        if (!specifier.startsWith('.')) outside.add(specifier);
        else visit(relative(SRC, join(SRC, dirname(file), specifier)));
      }
    };
    for (const file of files) if (file.startsWith('client/')) visit(file);
    for (const banned of ['piscina', 'uWebSockets.js', 'node:worker_threads'])
      expect([...outside]).not.toContain(banned);
    expect([...reached].filter((file) => file.startsWith('apps/') && !CODECS.test(file))).toEqual([]);
  });
});

describe('the table of src/README.md', () => {
  const rows = [...read('README.md').matchAll(/^\| `(\w+)\/` +\|.*\| (.*?) +\|$/gm)].map(
    (match) => [match[1]!, match[2]!] as const,
  );

  it('lists every folder', () => {
    const folders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]!));
    expect([...folders].filter((folder) => !rows.some(([name]) => name === folder))).toEqual([]);
  });

  it('is what this test enforces', () => {
    expect(rows.length).toBeGreaterThan(10);
    for (const [folder, text] of rows) {
      const named = [...text.matchAll(/`(\w+)`/g)].map((match) => match[1]!);
      const allowed = MAY_IMPORT[folder]!;
      if (text === 'nothing') expect(allowed.all).toEqual([]);
      else if (named.length > 0) expect(allowed.all.toSorted(), folder).toEqual(named.toSorted());
      else expect(text, folder).toMatch(/^(everything|all of the above)/);
    }
  });
});

describe('this test', () => {
  it.each([
    ['core/planted.ts', "import { readFileSync } from 'node:fs';"],
    ['core/planted.ts', "import type { Buffer } from 'node:buffer';"],
    ['core/planted.ts', "import { pack } from 'msgpackr';"],
    ['core/planted.ts', "import { x } from '../codec/frame.ts';"],
    ['core/planted.ts', "export * from '../crypto/hash.ts';"],
    ['protocols/pbft/planted.ts', "import { z } from 'zod';"],
    ['protocols/pbft/planted.ts', "import {\n  a,\n  b,\n} from '../raft/machine.ts';"],
    ['protocols/pbft/planted.ts', "import { protocols } from '../registry.ts';"],
    ['protocols/pbft/planted.ts', "const c = await import('../../crypto/hash.ts');"],
    ['protocols/pbft/planted.ts', "import 'node:crypto';"],
    ['codec/planted.ts', "import { pbft } from '../protocols/pbft/index.ts';"],
    ['codec/planted.ts', "import { Buffer } from 'node:buffer';"],
    ['crypto/planted.ts', "import type { Item } from '../transport/interface.ts';"],
    ['storage/planted.ts', "import { H } from '../crypto/hash.ts';"],
    ['ops/planted.ts', "import type { VerifierStats } from '../crypto/interface.ts';"],
    ['client/planted.ts', "import { App } from '../apps/kv.ts';"],
    ['replica/planted.ts', "import { pbft } from '../protocols/pbft/index.ts';"],
    ['replica/planted.ts', "import { openVoteLog } from '../storage/file-vote-log.ts';"],
    ['replica/planted.ts', "if (protocol.name === 'pbft') hurry();"],
    ['replica/planted.ts', "import { start } from '../cli/validator.ts';"],
    ['sim/planted.ts', "type T = import('../cli/home.ts').Home;"],
    ['cli/planted.ts', "import { Client } from '../index.ts';"],
    ['load/planted.ts', "import { x } from '../../bench/helper.ts';"],
    ['novel/planted.ts', ''],
  ])('finds what is planted in %s: %s', (file, text) => {
    expect(violations(file, text)).not.toEqual([]);
  });

  it.each([
    ['core/fine.ts', "import { a } from './b.ts';"],
    [
      'protocols/pbft/fine.ts',
      "import { a } from './b.ts';\nimport type { c } from '../../core/machine.ts';",
    ],
    [
      'protocols/registry.ts',
      "import { pbft } from './pbft/index.ts';\nimport { raft } from './raft/index.ts';",
    ],
    [
      'codec/fine.ts',
      "import type { M } from '../protocols/pbft/messages.ts';\nimport { type N } from '../protocols/pbft/messages.ts';",
    ],
    [
      'replica/fine.ts',
      "// as in pbft\nimport { protocols } from '../protocols/registry.ts';\nimport type { VoteLog } from '../storage/interface.ts';",
    ],
    ['index.ts', "export { createValidator } from './cli/validator.ts';"],
    ['cli/commands/fine.ts', "import { Replica } from '../../replica/replica.ts';\nimport pino from 'pino';"],
  ])('lets pass what is allowed in %s', (file, text) => {
    expect(violations(file, text)).toEqual([]);
  });
});
