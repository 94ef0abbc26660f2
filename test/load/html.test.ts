import { describe, expect, it } from 'vitest';
import { lineChart, shortNumber, stackedBars } from '../../src/load/charts.ts';
import { escapeHtml, htmlPage } from '../../src/load/html.ts';

describe('HTML reports', () => {
  it('never take text for markup', () => {
    const nasty = `<script>alert("x")</script>&'`;
    expect(escapeHtml(nasty)).not.toMatch(/[<>"']/);
    const chart = stackedBars([{ name: nasty, parts: { [nasty]: 2 } }], nasty);
    const lines = lineChart([{ name: nasty, points: [[1, 2]] }], { x: nasty, y: nasty });
    const page = htmlPage(nasty, nasty, [
      { heading: nasty, text: nasty, charts: [chart, lines], table: { head: [nasty], rows: [[nasty, 3]] } },
    ]);
    expect(page).not.toContain('<script');
    expect(page.match(/alert/g)!.length).toBeGreaterThan(8);
  });

  it('draw bars to scale', () => {
    const svg = stackedBars(
      [
        { name: 'a', parts: { x: 10, y: 30 } },
        { name: 'b', parts: { y: 20 } },
      ],
      'µs',
    );
    const widths = [...svg.matchAll(/width="([\d.]+)" height="22"/g)].map((match) => Number(match[1]));
    expect(widths).toHaveLength(3);
    expect(widths[1]! / widths[0]!).toBeCloseTo(3, 1);
    expect(widths[2]! / widths[0]!).toBeCloseTo(2, 1);
    const colours = [...svg.matchAll(/height="22" fill="(#\w+)"/g)].map((match) => match[1]);
    expect(colours[1]).toBe(colours[2]);
    expect(colours[0]).not.toBe(colours[1]);
  });

  it('draw lines whose points fit', () => {
    for (const logX of [false, true]) {
      const svg = lineChart(
        [
          {
            name: 'l',
            points: [
              [1, 0],
              [2, 5],
              [128, 10],
            ],
          },
        ],
        { x: 'x', y: 'y', logX },
      );
      expect(svg).not.toContain('NaN');
      const points = svg
        .match(/points="([^"]+)"/)![1]!
        .split(' ')
        .map((point) => point.split(',').map(Number));
      expect(points).toHaveLength(3);
      expect(points[0]![1]!).toBeGreaterThan(points[2]![1]!);
      expect(points[1]![0]! - points[0]![0]!).toBeLessThan(points[2]![0]! - points[1]![0]!);
    }
    expect(lineChart([], { x: 'x', y: 'y' })).not.toContain('NaN');
    expect(lineChart([{ name: 'one', points: [[3, 0]] }], { x: 'x', y: 'y' })).not.toContain('NaN');
  });

  it('shorten numbers', () => {
    expect([0.1234, 12.345, 123.4, 12345.6, Number.NaN].map(shortNumber)).toEqual([
      '0.12',
      '12.3',
      '123',
      '12,346',
      '–',
    ]);
  });
});
