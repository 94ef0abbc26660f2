import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandPath } from '../../src/cli/child.ts';
import type { Entrant } from '../../src/cli/compare/arena.ts';
import { readSizes, together } from '../../src/cli/compare/compare.ts';
import { CONTENDERS, refusal } from '../../src/cli/compare/contenders.ts';
import { costsBetween } from '../../src/cli/compare/counters.ts';
import { usualCosts } from '../../src/cli/compare/measured-costs.ts';
import { type CompareRow, median } from '../../src/cli/compare/row.ts';
import { verdicts } from '../../src/cli/compare/verdicts.ts';
import { Warmth } from '../../src/cli/compare/warmth.ts';
import { parseDelays } from '../../src/cli/delays.ts';
import { makeGenesis, validatorInfo } from '../../src/cli/genesis.ts';
import { delayMs, longestDelayMs } from '../../src/core/delays.ts';
import { generateIdentity } from '../../src/crypto/keys.ts';
import { runHere } from './in-process.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-compare-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function lockstep(args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [commandPath(), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: folder },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (data) => {
      out += data;
    });
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

describe('lockstep bench compare', () => {
  it('lets protocols take turns, counts what a commit costs, and leaves nothing behind', async () => {
    const [json, html] = [join(folder, 'compare.json'), join(folder, 'compare.html')];
    const short = ['--rounds', '1', '--duration', '0.4', '--warmup', '0.1', '--latency-only'];
    const { code, out, err } = await lockstep([
      'bench',
      'compare',
      '--sizes',
      '4',
      '--protocols',
      'hotstuff-2,raft',
      '--auth',
      'channel',
      ...short,
      '--json',
      json,
      '--html',
      html,
    ]);
    expect(code, err).toBe(0);
    const { rows, refused, machine } = JSON.parse(readFileSync(json, 'utf8'));
    expect(machine.cores).toBeGreaterThan(0);
    expect(refused).toMatchObject([{ contender: 'hotstuff-2', auth: 'channel', validators: 4 }]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      kind: 'measured',
      contender: 'raft',
      failed: 0,
      stateHashesAgree: true,
      signaturesCheckedPerCommit: expect.any(Number),
      theory: { delays: 4, messages: 6, growth: 'O(n)' },
    });
    expect(rows[0].commits).toBeGreaterThan(0);
    // An entry to each follower and its answer; besides, heartbeats.
    expect(rows[0].messagesPerCommit).toBeGreaterThan(5);
    expect(rows[0].floorP50Ms).toBeGreaterThan(0);
    expect(out).toContain(rows[0].p50Ms.toFixed(3));
    expect(out).toContain('hotstuff-2 with channel, 4 validators: refused: ');
    expect(readFileSync(html, 'utf8')).toContain('<svg');
    expect(readdirSync(folder).filter((name) => name.startsWith('lockstep-bench'))).toEqual([]);
  }, 60_000);

  it.each([
    [['--sizes', '4,x'], '--sizes takes numbers of validators'],
    [['--protocols', 'paxos'], '--protocols must be one of'],
    [['--delays', '/no/such/file'], 'cannot read'],
  ])('refuses %j', async (args, why) => {
    const { status, stderr } = await runHere(folder, ['bench', 'compare', ...args]);
    expect(status).toBe(2);
    expect(stderr).toContain(why);
  });
});

describe('the parts of a comparison', () => {
  it('reads sizes, each once, in order', () => {
    expect(readSizes('sizes', '10, 4,7,4')).toEqual([4, 7, 10]);
    for (const bad of ['x', '4,', '4.5', '-1', '100000']) expect(() => readSizes('sizes', bad)).toThrow(bad);
  });

  it('lets all sizes of a setting take turns with each other, as far as the memory goes', () => {
    const [contender] = CONTENDERS as [(typeof CONTENDERS)[number]];
    const entrants: Entrant[] = [4, 7, 10].flatMap((validators) =>
      ['channel', 'ed25519'].map((auth) => ({ contender, auth, validators })),
    );
    const shape = (gigabytes: number) =>
      together(entrants, gigabytes * 2 ** 30).map((group) =>
        group.map(({ auth, validators }) => `${auth} ${validators}`).join(),
      );
    const [c, e] = ['channel', 'ed25519'];
    expect(shape(64)).toEqual([`${c} 4,${c} 7,${c} 10`, `${e} 4,${e} 7,${e} 10`]);
    expect(shape(5)).toEqual([`${c} 4,${c} 7`, `${c} 10`, `${e} 4,${e} 7`, `${e} 10`]);
    expect(shape(0.1)).toHaveLength(6);
  });

  it('takes a cluster for warm once it has worked and gains no more, or else has had its time', () => {
    const stretches = (took: (i: number) => number, messagesPerCommit: number, most = 100): number => {
      const warmth = new Warmth(4);
      let count = 0;
      for (; !warmth.enough && count < most; count++)
        warmth.add({ commits: 500, messagesPerCommit, took: took(count) });
      return count;
    };
    // Slots, or messages to each validator.
    expect(stretches(() => 100, 8)).toBe(8);
    expect(stretches(() => 100, 80)).toBe(3);
    // It gains for as long as a stretch is better than all before, by more than a twentieth.
    expect(stretches((i) => 100 * 0.9 ** Math.min(i, 12), 8)).toBe(14);
    expect(stretches((i) => 0.9 ** i, 8)).toBe(20);
    expect(stretches(() => 100, 0.001, 19)).toBe(8);
  });

  it('takes the median of costs that were measured time and again', () => {
    const costs = (us: number) => ({
      signUs: { ed25519: us, 'ml-dsa-87': 2 * us },
      verifyUs: { ed25519: 3 * us, 'ml-dsa-87': 4 * us },
      appendUs: 5 * us,
    });
    expect(usualCosts([costs(1), costs(40), costs(2)])).toEqual(costs(2));
  });

  it('gives the reason why a protocol does not run', () => {
    const named = (name: string) => CONTENDERS.find((one) => one.name === name)!;
    expect(refusal(named('streamlet'), 'channel', 4)).toContain('echoes');
    expect(refusal(named('pbft'), 'channel', 3)).toContain('n ≥ 4');
    expect(refusal(named('raft'), 'channel', 3)).toBeUndefined();
    for (const one of CONTENDERS) expect(refusal(one, 'ed25519', 4)).toBeUndefined();
  });

  it('lets nobody make a chain that trusts nobody with a protocol that trusts everybody', async () => {
    const identities = await Promise.all(Array.from({ length: 4 }, generateIdentity));
    const validators = identities.map((identity, id) => validatorInfo(`v${id}`, identity));
    const make = (byzantine: boolean) =>
      makeGenesis({ chain: 'test', createdMs: 1, protocol: 'raft', byzantine, validators });
    expect(() => make(true)).toThrow('tolerates validators that crash and none that lies');
    expect(make(false).protocol).toBe('raft');
  });

  it("sets each validator's work against the slots that it executed itself", () => {
    const counters = (finalizedSlots: number, peerMessagesSent: number) => ({
      finalizedSlots,
      peerMessagesSent,
      peerBytesSent: 100 * peerMessagesSent,
      signaturesMade: peerMessagesSent,
      signaturesChecked: 0,
    });
    const before = [counters(10, 50), counters(8, 40), counters(3, 3)];
    const after = [counters(20, 80), counters(10, 46), counters(3, 9)];
    expect(costsBetween(before, after)).toEqual({
      messagesPerCommit: 6,
      bytesPerCommit: 600,
      signaturesMadePerCommit: 6,
      signaturesCheckedPerCommit: 0,
    });
  });

  it('judges what it has to show', () => {
    const row = (contender: string, p50Ms: number) =>
      ({ kind: 'measured', contender, auth: 'ed25519', validators: 4, p50Ms }) as CompareRow;
    const holds = (...rows: CompareRow[]) => verdicts(rows).map((one) => one.holds);
    expect(holds(row('pbft', 1), row('hotstuff-2', 1.49), row('raft', 0.9))).toEqual([true, true]);
    expect(holds(row('pbft', 1), row('hotstuff-2', 1.51), row('raft', 1.1))).toEqual([false, false]);
    expect(holds(row('raft', 1))).toEqual([]);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});

describe('distances', () => {
  const YAML = `regions: [a, b, a]
localMs: 0.5
oneWayMs:
  a: { b: 40 }
`;

  it('are read from YAML, one way for both, and go round', () => {
    const delays = parseDelays(YAML, 'regions.yaml');
    expect([delayMs(delays, 0, 1), delayMs(delays, 1, 0), delayMs(delays, 0, 2)]).toEqual([40, 40, 0.5]);
    expect(delayMs(delays, 3, 4)).toBe(40);
    expect(longestDelayMs(delays)).toBe(40);
  });

  it('are read from CSV, each way by itself', () => {
    const delays = parseDelays(',a,b\na,0,40\nb,35,1\n', 'regions.csv');
    expect([delayMs(delays, 0, 1), delayMs(delays, 1, 0), delayMs(delays, 1, 3)]).toEqual([40, 35, 1]);
  });

  it.each([
    ['regions: []\noneWayMs: {}\n', 'x.yaml', 'regions is empty'],
    ['regions: [a, b]\noneWayMs: { a: { c: 1 } }\n', 'x.yaml', 'not in regions'],
    ['regions: [a, b]\noneWayMs: {}\n', 'x.yaml', 'no delay between a and b'],
    ['regions: [a]\noneWayMs: { a: { a: -1 } }\n', 'x.yaml', 'x.yaml'],
    [',a,b\na,0\n', 'x.csv', 'line 2 has 1 delays'],
    [',a\na,fast\n', 'x.csv', 'not a number'],
  ])('refuse %j', (text, file, why) => {
    expect(() => parseDelays(text, file)).toThrow(why);
  });

  it('reach the homes of a local cluster', async () => {
    const file = join(folder, 'regions.yaml');
    writeFileSync(file, YAML);
    const { makeClusterFolder } = await import('../../src/cli/cluster-homes.ts');
    const { readDelays } = await import('../../src/cli/delays.ts');
    const made = await makeClusterFolder({ folder: join(folder, 'net'), delays: readDelays(file) });
    const config = readFileSync(join(made.homes[0]!, 'config.yaml'), 'utf8');
    expect(config).toMatch(/v1: 40\n/);
    expect(config).toMatch(/v2: 0\.5\n/);
  });
});
