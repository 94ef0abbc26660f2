import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  COUNT_BOUNDS,
  FINALITY_BOUNDS_MS,
  Histogram,
  LabelCounts,
  MAX_LABELS,
  Telemetry,
} from '../../src/core/telemetry.ts';

describe('histograms', () => {
  test('bounds ascend', () => {
    for (const bounds of [FINALITY_BOUNDS_MS, COUNT_BOUNDS]) {
      expect([...bounds]).toEqual([...new Set(bounds)].sort((a, b) => a - b));
    }
  });

  test('every value is in the bucket whose bounds enclose it, upper one included', () => {
    const values = fc.array(
      fc.oneof(fc.double({ min: 0, max: 20, noNaN: true }), fc.constantFrom(1, 2, 5, 10)),
    );
    fc.assert(
      fc.property(values, (list) => {
        const bounds = [1, 2, 5, 10];
        const histogram = new Histogram(bounds);
        for (const value of list) histogram.observe(value);
        const { counts, count, sum } = histogram.snapshot();
        const limits = [Number.NEGATIVE_INFINITY, ...bounds, Number.POSITIVE_INFINITY];
        counts.forEach((inside, i) => {
          expect(inside).toBe(list.filter((value) => value > limits[i]! && value <= limits[i + 1]!).length);
        });
        expect(count).toBe(list.length);
        expect(sum).toBeCloseTo(
          list.reduce((a, b) => a + b, 0),
          6,
        );
      }),
    );
  });

  test('a quantile lies in the bucket that holds it', () => {
    const histogram = new Histogram([1, 2, 4]);
    expect(histogram.quantile(0.5)).toBe(0);
    for (const value of [0.5, 1.5, 1.6, 3]) histogram.observe(value);
    expect(histogram.quantile(0.25)).toBe(1);
    expect(histogram.quantile(0.5)).toBe(1.5);
    expect(histogram.quantile(1)).toBe(4);
    histogram.observe(99);
    expect(histogram.quantile(1)).toBe(4);
  });
});

describe('counts by label', () => {
  test('a stranger cannot make more labels than the bound: the rest is other', () => {
    const counts = new LabelCounts();
    for (let i = 0; i < 3 * MAX_LABELS; i++) counts.add(`label ${i}`, 2);
    counts.add('label 1');
    expect(counts.get('label 1')).toBe(3);
    expect(counts.get('nobody')).toBe(0);
    expect(counts.total()).toBe(6 * MAX_LABELS + 1);
    expect([...counts.entries()].length).toBe(MAX_LABELS + 1);
    expect(counts.snapshot().other).toBe(counts.get('other'));
  });
});

test('a snapshot is plain data with every counter', () => {
  const telemetry = new Telemetry();
  telemetry.proposalsSent = 3;
  telemetry.rejections.add('view-stale');
  telemetry.violations.add('prepare');
  telemetry.finalityMs.observe(0.3);
  const copy = JSON.parse(JSON.stringify(telemetry.snapshot()));
  expect(copy.counters).toMatchObject({ proposalsSent: 3, commitsSent: 0 });
  expect(JSON.stringify(copy)).toContain('"view-stale":1');
});
