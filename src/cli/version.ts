import { readFileSync } from 'node:fs';

/** Lockstep's version, from its package file (two folders up from the sources and from the build alike). */
export function lockstepVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
