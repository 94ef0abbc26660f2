import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lanesText, verdictsOf } from '../../src/cli/bench/lanes-report.ts';
import { machine, processorShares, processorTime } from '../../src/cli/bench/machine.ts';
import { pairedSettings } from '../../src/cli/bench/options.ts';
import type { BenchRow } from '../../src/cli/bench/row.ts';
import { mergeRuns } from '../../src/cli/bench/runs.ts';
import { median, medianInterval } from '../../src/cli/bench/statistics.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { SteadyState } from '../../src/load/steady.ts';

const steadyAfter = (figures: readonly number[]): number => {
  const steady = new SteadyState();
  return figures.findIndex((figure) => {
    steady.add(figure);
    return steady.reached;
  });
};

describe('the end of a warm-up', () => {
  it('is where figures no longer change', () => {
    const warming = Array.from({ length: 40 }, (_, i) => 1 + 4 * Math.exp(-i / 4));
    const end = steadyAfter(warming);
    expect(end).toBeGreaterThan(5);
    // The last window before it is within a tenth of what it would ever become.
    expect(warming[end]).toBeLessThan(1.1);
  });

  it('is not put off by one disturbed window, and never comes while figures improve', () => {
    expect(steadyAfter([1, 1, 9, 1, 1, 1])).toBe(5);
    expect(steadyAfter(Array.from({ length: 50 }, (_, i) => 100 * 0.9 ** i))).toBe(-1);
    expect(steadyAfter([1, 1, 1, 1, 1])).toBe(-1);
  });
});

describe('the interval of a median', () => {
  it('covers what the binomial distribution says', () => {
    const values = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
    expect(medianInterval([3])).toBeUndefined();
    expect(medianInterval(values(5))).toEqual({ low: 1, high: 5, coveragePercent: 93.75 });
    expect(medianInterval(values(6))).toMatchObject({ low: 1, high: 6, coveragePercent: 96.875 });
    // Tabulated: the 3rd and the 10th of twelve, and the 6th and the 15th of twenty.
    expect(medianInterval(values(12))).toMatchObject({ low: 3, high: 10 });
    expect(medianInterval(values(20))).toMatchObject({ low: 6, high: 15 });
  });

  it('holds the true median as often as it says', () => {
    const random = new SeededRandom(7);
    const trials = 2_000;
    let held = 0;
    let stated = 0;
    for (let trial = 0; trial < trials; trial++) {
      // Skewed, as latencies are: the median of −ln(u) is ln 2.
      const { low, high, coveragePercent } = medianInterval(
        Array.from({ length: 9 }, () => -Math.log(1 - random.float())),
      )!;
      if (low <= Math.LN2 && Math.LN2 <= high) held++;
      stated = coveragePercent;
    }
    expect((100 * held) / trials).toBeGreaterThan(stated - 1.5);
    expect((100 * held) / trials).toBeLessThan(stated + 1.5);
  });

  it('lies around the median', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: 0, max: 1e9 }), { minLength: 2 }), (values) => {
        const { low, high } = medianInterval(values)!;
        const middle = median(values);
        expect(low <= middle && middle <= high).toBe(true);
      }),
    );
  });
});

const ROW: BenchRow = {
  kind: 'latency',
  protocol: 'pbft',
  auth: 'ed25519',
  txAuth: 'ed25519',
  durability: 'process',
  validators: 4,
  clients: 1,
  payloadBytes: 64,
  p50Ms: 0.5,
  p90Ms: 0.7,
  p99Ms: 1,
  p999Ms: 2,
  minMs: 0.4,
  meanMs: 0.55,
  maxMs: 3,
  throughputTps: 1800,
  floorP50Ms: 0.2,
  floorP99Ms: 0.5,
  submitted: 100,
  commits: 100,
  failed: 0,
  failures: {},
  committedPercent: 100,
  outstanding: 1,
  measuredMs: 50,
  signedAhead: 200,
  signedInside: 0,
  generatorCores: 0.3,
  generatorPercent: 15,
  warmupMs: 1500,
  warmupSteady: true,
};

describe('runs', () => {
  const rows = [0.5, 0.9, 0.52, 0.48, 0.51].map((p50Ms, i) => ({
    ...ROW,
    p50Ms,
    floorP50Ms: 0.2 + i / 100,
    maxMs: 3 + i,
    ...(i === 3 && { failed: 2, commits: 98, failures: { timeout: 2 }, warmupSteady: false }),
  }));

  it('become one row: medians, sums, and how sure they are', () => {
    const row = mergeRuns(rows);
    expect(row.p50Ms).toBe(0.51);
    expect(row).toMatchObject({
      submitted: 500,
      commits: 498,
      failed: 2,
      failures: { timeout: 2 },
      maxMs: 7,
    });
    expect(row.committedPercent).toBeCloseTo(99.6);
    expect(row.intervals).toMatchObject({ coveragePercent: 93.75, p50Ms: [0.48, 0.9] });
    expect(row.warmupSteady).toBe(false);
    expect(row.runs).toHaveLength(5);
    // Each over the floor of its own run.
    expect(row.timesFloor).toBeCloseTo(0.52 / 0.22);
  });

  it('of one are that run, without an interval', () => {
    const row = mergeRuns([ROW]);
    expect(row).toMatchObject(ROW);
    expect(row.intervals).toBeUndefined();
  });

  it('are judged by the targets where they were measured as those are stated', () => {
    const judged = verdictsOf([mergeRuns(rows)]);
    expect(judged.map(({ stated, met }) => [stated, met])).toEqual([
      ['≤ 0.55 ms', true],
      ['≤ 3 × floor', true],
      ['≤ 1.6 ms', true],
    ]);
    expect(verdictsOf([{ ...mergeRuns(rows), validators: 7 }])).toEqual([]);
    expect(verdictsOf([{ ...mergeRuns(rows), durability: 'power' }])).toEqual([]);
    const paced = {
      loadPercent: 50,
      offeredTps: 9000,
      throughputTps: 9000,
      p50Ms: 2,
      p90Ms: 3,
      p99Ms: 6,
      p999Ms: 9,
      lateP99Ms: 1,
      commits: 9000,
      failed: 0,
      generatorCores: 0.2,
    };
    const many = { ...ROW, kind: 'throughput', auth: 'channel', throughputTps: 16_000, paced } as const;
    const verdicts = verdictsOf([mergeRuns([many])]);
    expect(verdicts.map(({ stated, met }) => [stated, met])).toEqual([
      ['≥ 15,000', true],
      ['≤ 5 ms', false],
    ]);
    const text = lanesText([mergeRuns(rows), mergeRuns([many])], verdicts);
    expect(text).toContain('0.510 [0.480, 0.900]');
    expect(text).toContain('figures still changed');
    expect(text).toContain('93.8 % confidence');
  });
});

describe('what a figure was measured on', () => {
  it('is told apart by a fingerprint that does not change', () => {
    const [one, two] = [machine(), machine()];
    expect(one.fingerprint).toMatch(/^[0-9a-f]{12}$/);
    expect(two.fingerprint).toBe(one.fingerprint);
    expect(one.cores).toBeGreaterThan(0);
  });

  it('says how busy it was, where the system does', () => {
    expect(processorShares(undefined)).toBeUndefined();
    const now = processorTime();
    if (now === undefined) return;
    const shares = processorShares({
      ...now,
      all: now.all - 1000,
      busy: now.busy - 400,
      stolen: now.stolen - 100,
    });
    expect(shares!.busyPercent).toBeGreaterThanOrEqual(20);
    expect(shares!.stolenPercent).toBeGreaterThan(0);
  });
});

describe('pairs of settings', () => {
  const values = {
    validators: 4,
    protocol: 'pbft',
    'tx-auth': 'ed25519',
    payload: 64,
    durability: 'process',
  };

  it('are votes and transactions', () => {
    const settings = pairedSettings(values, 'channel/ed25519, ml-dsa-87/ml-dsa-87');
    expect(settings.map(({ auth, txAuth, label }) => [auth, txAuth, label])).toEqual([
      ['channel', 'ed25519', 'channel/ed25519'],
      ['ml-dsa-87', 'ml-dsa-87', 'ml-dsa-87/ml-dsa-87'],
    ]);
  });

  it.each(['channel', 'channel/hybrid', 'rot13/ed25519', 'a/b/c', ''])('refuse %j', (text) => {
    expect(() => pairedSettings(values, text)).toThrow(/--settings takes pairs/);
  });
});
