/** Secret keys stay in their files: no log, page, error or command's output holds any of them. */

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import { httpUrl, LocalCluster } from '../../src/cli/cluster.ts';
import { homePaths } from '../../src/cli/home.ts';
import { getText } from '../../src/cli/http.ts';
import { Client } from '../../src/client/index.ts';

let folder: string;
let cluster: LocalCluster;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-secrets-'));
  cluster = await LocalCluster.make({ folder: join(folder, 'net'), config: { logLevel: 'trace' } });
  cluster.start();
  await cluster.waitReady(90_000);
}, 120_000);
afterAll(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Every secret of a key file, as it might be written: in hex or base64, whole or its beginning. */
function secretsOf(file: string): string[] {
  const found: string[] = [];
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string' && /secret|seed/i.test(name)) found.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) walk(inner, `${name}.${key}`);
  };
  walk(JSON.parse(readFileSync(file, 'utf8')), '');
  expect(found.length).toBeGreaterThanOrEqual(2);
  return found.flatMap((hex) => {
    const bytes = Buffer.from(hex, 'hex');
    expect(bytes.length).toBeGreaterThanOrEqual(32);
    // An ML-DSA key begins with what its public key begins with (FIPS 204, algorithms 22 and 24); then comes a secret.
    const some = bytes.length > 1_000 ? bytes.subarray(32, 56) : bytes.subarray(0, 24);
    return [some.toString('hex'), some.toString('base64'), some.toString('base64url'), [...some].join(',')];
  });
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

it('are in no log, no page, no data, no output and no error', async () => {
  const keyFiles = [...cluster.homes.map((home) => homePaths(home).keys), cluster.clientKeys];
  const secrets = keyFiles.flatMap(secretsOf);
  const client = await Client.connect({ home: cluster.folder });
  await client.submit({ op: 'put', key: 'a', value: '1' });
  await client.close();
  const said: [string, string][] = [];
  for (const [id, url] of cluster.urls.entries()) {
    for (const page of ['status', 'metrics', 'genesis', 'validators', 'evidence', 'guard', 'readyz'])
      said.push([`${id}/${page}`, await getText(`${httpUrl(url)}/${page}`, 5_000).catch(String)]);
  }
  const home = cluster.homes[3]!;
  await cluster.kill(3, 'SIGTERM');
  cluster.restart(3);
  await cluster.waitReady(90_000);
  await cluster.kill(3, 'SIGKILL');
  const tell = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [commandPath(), ...args], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    said.push([args.join(' '), stdout + stderr]);
    return { stderr, status };
  };
  tell('inspect', home);
  tell('status', '--home', cluster.folder);
  tell('keygen', '--show', homePaths(home).keys);
  // Keys that are damaged, too open, or of another home, and a home that anybody may write to.
  const { keys, data } = homePaths(home);
  const good = readFileSync(keys, 'utf8');
  for (const bad of [good.slice(0, -40), good.replace(/[0-9a-f]{8}/, 'zzzzzzzz'), good.replace(/"/, "'")]) {
    writeFileSync(keys, bad);
    expect(tell('start', '--home', home).status).toBe(2);
  }
  writeFileSync(keys, readFileSync(homePaths(cluster.homes[2]!).keys));
  expect(tell('start', '--home', home).status).not.toBe(0);
  writeFileSync(keys, good);
  chmodSync(keys, 0o644);
  expect(tell('start', '--home', home).stderr).toMatch(/open to others/);
  chmodSync(keys, 0o600);
  chmodSync(data, 0o777);
  const open = tell('start', '--home', home);
  expect(open.stderr).toMatch(/everybody may write to .*data.*chmod o-w/);
  expect(open.status).toBe(2);

  for (const file of filesBelow(cluster.folder)) {
    if (/keys.*\.json$/.test(file)) expect(statSync(file).mode & 0o077, file).toBe(0);
    // Files that are made ahead of need are zeros for the most part.
    else said.push([file, readFileSync(file, 'latin1').replace(/\0+/g, '\0')]);
  }
  expect(said.filter(([, text]) => text.length > 0).length).toBeGreaterThan(30);
  for (const [where, text] of said)
    for (const secret of secrets) expect(text.includes(secret), where).toBe(false);
}, 180_000);
