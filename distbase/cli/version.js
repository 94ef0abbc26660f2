import { readFileSync } from 'node:fs';
/** Lockstep's version, from its package file: two folders up from the sources and from the build alike. */
export const version = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;
//# sourceMappingURL=version.js.map