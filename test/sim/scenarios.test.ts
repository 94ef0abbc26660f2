import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { runScript } from '../../src/sim/scripts/index.ts';
import { brokenParts } from './broken.ts';

const FOLDER = fileURLToPath(new URL('../scenarios/', import.meta.url));
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'));
/** `REWRITE=1` puts the traces of this run in place of those that the scripts have. */
const rewrite = process.env.REWRITE === '1';

describe('scenario scripts', () => {
  test('there are many', () => expect(files.length).toBeGreaterThan(40));

  test.each(files)('%s', (name) => {
    const text = readFileSync(FOLDER + name, 'utf8');
    const result = runScript(text, { rewrite });
    expect(result.failure?.message).toBeUndefined();
    if (rewrite) writeFileSync(FOLDER + name, result.rewritten);
    expect(text.trimEnd().split('\n').slice(-1)).toEqual(['expect agreement']);
    expect(text).toMatch(/^expect progress$/m);
    // Without what it is about, it fails.
    expect(result.guards.length).toBeGreaterThan(0);
    for (const guard of result.guards) {
      const { failure } = runScript(text, { parts: brokenParts(guard) });
      expect(failure, `without ${guard}`).toBeDefined();
    }
  });

  test('a script runs twice alike', () => {
    const text = readFileSync(`${FOLDER}old-messages-replayed.txt`, 'utf8').replace(
      'expect agreement',
      'trace\n----\n',
    );
    const first = runScript(text, { rewrite: true });
    expect(first.failure).toBeUndefined();
    expect(first.rewritten.split('\n').length).toBeGreaterThan(200);
    expect(runScript(first.rewritten).failure).toBeUndefined();
  });
});

describe('what a script says wrong', () => {
  const wrong: [string, string][] = [
    ['submit 3', 'line 1: there is no cluster yet'],
    ['cluster 3', 'line 1: a cluster has 4 to 30 replicas'],
    ['cluster 4 fast', 'line 1: fast is no setting'],
    ['cluster 4\ncluster 4', 'line 2: there is a cluster already'],
    ['cluster 4\n\n# nothing\nsubmit many', 'line 4: how many transactions is a whole number, not many'],
    ['cluster 4\nrun 50', 'line 2: a time is like 50ms or 2s, not 50'],
    ['cluster 4\nisolate', 'line 2: replicas are missing'],
    ['cluster 4\nisolate 4', 'line 2: there is no replica 4'],
    ["cluster 4\nisolate 2'", 'line 2: 2 has no twin'],
    ['cluster 4\ndance', 'line 2: dance is no command'],
    ['cluster 4\ndrop votes', 'line 2: votes is no message'],
    ['cluster 4\ndelay prepare from 0', 'line 2: "by" and a time are missing'],
    ['cluster 4\ncrash 0 before logging votes', 'line 2: votes is no record'],
    ['cluster 4\nexpect miracles', 'line 2: "miracles" cannot be expected'],
    ['cluster 4\nexpect no hope', 'line 2: "no" stands before'],
    ['cluster 4\nexpect agreement today', 'line 2: "today" is not understood'],
    ['cluster 4\nnetwork loss 120%', 'line 2: a share is like 50%, not 120%'],
    ['cluster 4\nnetwork slow', 'line 2: what the network does'],
    ['cluster 4\nbyzantine 0 charming', 'line 2: charming is no tactic'],
    ['cluster 4\nbyzantine 0 silent\nbyzantine 1 silent', 'line 3: more than 1 faulty replicas'],
    ['cluster 4\nrun 1ms\ntwin 0', 'line 3: twin comes before anything happens'],
    ['cluster 4\nclock 0 rate 0', 'line 2: a pace is above 0'],
    ['cluster 4\nrun 1ms\n----\nx', 'line 2: only a trace has lines below it'],
    ['----\nx', 'line 1: nothing stands before this'],
  ];
  test.each(wrong)('%j', (text, message) => {
    expect(() => runScript(text)).toThrow(message);
  });

  test('what is not so is a failure of its line', () => {
    const lines = ['cluster 4', 'submit 1', 'expect delivered 7 within 30ms', 'expect agreement'];
    const { failure, met } = runScript(lines.join('\n'));
    expect(failure).toEqual({ line: 3, message: 'line 3: delivered 1 at 0, not 7' });
    expect(met).toBe(0);
    const trace = runScript('cluster 4\nsubmit 1\nrun 9ms\ntrace of 0\n----\n0 sends nothing\n');
    expect(trace.failure?.message).toBe(
      'line 4: the trace has "0 sends pre-prepare 1 in view 0" where line 6 has "0 sends nothing"',
    );
  });
});
