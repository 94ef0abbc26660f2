import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockHome } from '../../src/storage/home-lock.ts';

let home: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'lockstep-home-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  child = undefined;
  rmSync(home, { recursive: true, force: true });
});

const holder = () => JSON.parse(readFileSync(join(home, 'lock'), 'utf8')) as { pid: number; born: string };

describe('a home', () => {
  it('is taken and given up', () => {
    const lock = lockHome(home);
    expect(holder().pid).toBe(process.pid);
    lock.release();
    lock.release();
    expect(readdirSync(home)).toEqual([]);
    lockHome(home).release();
  });

  it('that this process has is refused to it a second time', () => {
    const lock = lockHome(home);
    expect(() => lockHome(home)).toThrow(`in use by process ${process.pid}`);
    lock.release();
  });

  it('that a live process has is refused, and the process named', () => {
    child = spawn('sleep', ['60']);
    writeFileSync(join(home, 'lock'), JSON.stringify({ pid: child.pid, born: '' }));
    expect(() => lockHome(home)).toThrow(
      expect.objectContaining({
        code: 'home-in-use',
        message: expect.stringContaining(`process ${child.pid}`),
      }),
    );
    expect(readdirSync(home)).toEqual(['lock']);
  });

  it.runIf(process.platform === 'linux')(
    'on a disk that is full is refused in words, and left as it was',
    () => {
      const built = new URL('../../dist/storage/home-lock.js', import.meta.url).href;
      const script = `import { lockHome } from '${built}';
      try { lockHome(process.argv[1]); } catch (error) { console.log(error.code + ': ' + error.message); }`;
      // A limit of the process's own stands for the disk: it takes no byte.
      const shell = 'ulimit -f 0; exec "$0" --input-type=module -e "$1" "$2"';
      const told = spawnSync('bash', ['-c', shell, process.execPath, script, home], { encoding: 'utf8' });
      expect(told.stdout).toMatch(
        /^disk-full: .*cannot be taken for this process .*: free space on its disk/,
      );
      expect(readdirSync(home)).toEqual([]);
    },
  );

  it('of a process that died is taken over', () => {
    const dead = spawnSync('true').pid;
    writeFileSync(join(home, 'lock'), JSON.stringify({ pid: dead, born: '' }));
    const lock = lockHome(home);
    expect(holder().pid).toBe(process.pid);
    lock.release();
  });

  it.runIf(existsSync('/proc/self/stat'))('whose holder died and whose pid lives on is taken over', () => {
    child = spawn('sleep', ['60']);
    writeFileSync(join(home, 'lock'), JSON.stringify({ pid: child.pid, born: 'another boot/12345' }));
    lockHome(home).release();
  });

  it.each(['', 'not json', '{}', '{"pid":-1,"born":""}', '{"pid":"1"}'])(
    'with %j for a lock is taken over',
    (text) => {
      writeFileSync(join(home, 'lock'), text);
      lockHome(home).release();
    },
  );

  it('is not given up by a process that no longer has it', () => {
    const lock = lockHome(home);
    writeFileSync(join(home, 'lock'), 'of somebody else');
    lock.release();
    expect(readFileSync(join(home, 'lock'), 'utf8')).toBe('of somebody else');
  });
});
