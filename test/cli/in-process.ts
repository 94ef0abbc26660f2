/** A command line run in this process: most of what a command costs as a process of its own is the start of Node. */

import { report, run } from '../../src/cli/run.ts';

export interface Finished {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a test asks of it, it knows.
  json(): any;
}

const ENDINGS = ['SIGINT', 'SIGTERM', 'disconnect'] as const;

let last: Promise<unknown> = Promise.resolve();

/** Runs it in `folder`; what it writes is kept. One at a time: who comes meanwhile waits. */
export function runHere(folder: string, args: readonly string[]): Promise<Finished> {
  const done = last.then(() => runNow(folder, args));
  last = done.catch(() => {});
  return done;
}

async function runNow(folder: string, args: readonly string[]): Promise<Finished> {
  const { stdout: out, stderr: err } = process;
  const [write, warn, before] = [out.write, err.write, process.cwd()];
  let stdout = '';
  let stderr = '';
  const keep = (take: (text: string) => void) =>
    ((chunk: string | Uint8Array) => {
      take(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return true;
    }) as typeof out.write;
  out.write = keep((text) => {
    stdout += text;
  });
  err.write = keep((text) => {
    stderr += text;
  });
  process.chdir(folder);
  const heard = ENDINGS.map((event) => process.listeners(event as 'SIGINT'));
  let status: number;
  try {
    status = await run(args).catch(report);
  } finally {
    process.chdir(before);
    // A command hears signals until its process ends; this one goes on.
    for (const [i, event] of ENDINGS.entries())
      for (const listener of process.listeners(event as 'SIGINT'))
        if (!heard[i]!.includes(listener)) process.removeListener(event, listener);
    out.write = write;
    err.write = warn;
  }
  return { status, stdout, stderr, json: () => JSON.parse(stdout) };
}
