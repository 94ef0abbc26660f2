/** The honest client, seen from outside: see `probe-main`. */

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Slice {
  readonly p50Ms: number;
  readonly maxMs: number;
  readonly commits: number;
  readonly failed: number;
}

export class Probe {
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.child = child;
  }

  static async start(folder: string): Promise<Probe> {
    const child = fork(fileURLToPath(new URL('./probe-main.js', import.meta.url)), [folder], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const probe = new Probe(child);
    await probe.answer();
    return probe;
  }

  /** Writes for so long; what it saw. */
  async slice(ms: number): Promise<Slice> {
    this.child.send(ms);
    return (await this.answer()) as Slice;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const ended = (): void => reject(new Error('the honest client ended'));
      this.child.once('exit', ended);
      this.child.once('message', (message) => {
        this.child.off('exit', ended);
        resolve(message);
      });
    });
  }
}
