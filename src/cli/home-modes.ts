/** Who may write to a home: somebody who changes its log makes its validator contradict itself. */

import { lchownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { LockstepError } from '../core/errors.ts';
import type { HomePaths } from './home.ts';

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/**
 * Throws `bad-config` where everybody on the machine may write to the home, its data, its configuration or its genesis. Key
 * files are checked where they are read: nobody else may even read those.
 */
export function requireModes(dir: string, paths: HomePaths): void {
  if (process.platform === 'win32') return;
  const { config, genesis, data, voteLog, logWitness, snapshots, store, epochs } = paths;
  for (const path of [
    dir,
    config,
    genesis,
    data,
    voteLog,
    logWitness,
    snapshots,
    store,
    epochs,
    join(data, 'name'),
  ]) {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined || (stats.mode & OTHERS_WRITE) === 0) continue;
    // In a folder such as /tmp nobody removes what is another's.
    if (stats.isDirectory() && path === dir && (stats.mode & STICKY) !== 0) continue;
    const mode = (stats.mode & 0o777).toString(8);
    throw new LockstepError(
      'bad-config',
      `everybody may write to ${path} (mode ${mode}), and so decide what this validator has promised: run \`chmod o-w ${path}\``,
    );
  }
}

/**
 * What a tool that root ran has made in a home of somebody else is given to that one, or its validator could not read it.
 * The caller holds the home's lock.
 */
export function handBack(data: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = statSync(data);
  if (uid === 0) return;
  for (const name of readdirSync(data, { recursive: true, encoding: 'utf8' })) {
    const path = join(data, name);
    if (lstatSync(path).uid === 0) lchownSync(path, uid, gid);
  }
}
