import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../src/load/histogram.ts';

function filled(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

/** The definition, on the sorted values themselves. */
function exactPercentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil((percent / 100) * sorted.length))) - 1]!;
}

const latencies = fc.array(fc.double({ min: 0.02, max: 60_000, noNaN: true }), {
  minLength: 1,
  maxLength: 300,
});

describe('Histogram', () => {
  it('gives every percentile within 1 % of the exact one', () => {
    fc.assert(
      fc.property(latencies, fc.double({ min: 0, max: 100, noNaN: true }), (values, percent) => {
        const exact = exactPercentile(values, percent);
        expect(Math.abs(filled(values).percentile(percent) - exact)).toBeLessThanOrEqual(exact * 0.01);
      }),
    );
  });

  it('keeps the extremes, the count and the mean exactly', () => {
    fc.assert(
      fc.property(latencies, (values) => {
        const summary = filled(values).summary();
        expect(summary.minMs).toBe(Math.min(...values));
        expect(summary.maxMs).toBe(Math.max(...values));
        expect(summary.count).toBe(values.length);
        expect(summary.meanMs).toBeCloseTo(values.reduce((a, b) => a + b, 0) / values.length, 6);
      }),
    );
  });

  it('adds up to what one histogram would have recorded', () => {
    fc.assert(
      fc.property(latencies, latencies, (left, right) => {
        const sum = filled(left);
        sum.add(filled(right).toData());
        const whole = filled([...left, ...right]).summary();
        const parts = sum.summary();
        expect({ ...parts, meanMs: 0 }).toEqual({ ...whole, meanMs: 0 });
        expect(parts.meanMs).toBeCloseTo(whole.meanMs, 6);
      }),
    );
  });

  it('is all zeroes when empty, after a reset too, and after adding nothing', () => {
    const histogram = filled([1, 2, 3]);
    histogram.reset();
    histogram.add(new Histogram().toData());
    const zeroes = { count: 0, minMs: 0, meanMs: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 };
    expect(histogram.summary()).toEqual(zeroes);
  });

  it('takes what no clock gives without losing count', () => {
    const histogram = filled([-1, Number.NaN, 1e9]);
    expect(histogram.count).toBe(3);
    expect(histogram.percentile(50)).toBe(0);
    expect(histogram.summary().maxMs).toBe(1e9);
  });
});
