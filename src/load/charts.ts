/** Charts as inline SVG for `html.ts`. Colours are told apart in both schemes and by most eyes. */

import { escapeHtml } from './html.ts';

const COLOURS = [
  '#3b7dd8',
  '#e0803a',
  '#3aa17e',
  '#b65fc4',
  '#c9a227',
  '#d45070',
  '#4fb3c9',
  '#8a8f98',
  '#7a5a3c',
  '#93b83e',
  '#5646b0',
  '#e59bb4',
];
const WIDTH = 820;

/** Three significant digits, and no exponent. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 1000) return Math.round(value).toLocaleString('en-US');
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function colour(i: number): string {
  return COLOURS[i % COLOURS.length]!;
}

const LEGEND_ROW = 20;

/** Coloured squares with their names, in as many rows as `width` needs. */
function legend(names: readonly string[], y: number, width: number): { markup: string; height: number } {
  let x = 0;
  let row = 0;
  const entries = names.map((name, i) => {
    const needed = 34 + 7 * name.length;
    if (x > 0 && x + needed > width) {
      x = 0;
      row++;
    }
    const at = x;
    x += needed;
    const top = y + row * LEGEND_ROW;
    return (
      `<rect x="${at}" y="${top}" width="11" height="11" fill="${colour(i)}"/>` +
      `<text x="${at + 16}" y="${top + 10}">${escapeHtml(name)}</text>`
    );
  });
  return { markup: entries.join(''), height: (row + 1) * LEGEND_ROW };
}

export interface StackedBar {
  readonly name: string;
  /** By part; parts of equal name have one colour. */
  readonly parts: Readonly<Record<string, number>>;
}

/** Horizontal bars made of parts. */
export function stackedBars(bars: readonly StackedBar[], unit: string): string {
  const names = [...new Set(bars.flatMap(({ parts }) => Object.keys(parts)))];
  const totals = bars.map(({ parts }) => Object.values(parts).reduce((sum, value) => sum + value, 0));
  const most = Math.max(...totals, 1e-9);
  const [left, right, row] = [240, 90, 34];
  const scale = (WIDTH - left - right) / most;
  const body = bars.map(({ name, parts }, i) => {
    let x = left;
    const y = i * row + 4;
    const pieces = Object.entries(parts).map(([part, value]) => {
      const width = value * scale;
      const piece =
        `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="22" ` +
        `fill="${colour(names.indexOf(part))}">` +
        `<title>${escapeHtml(`${part}: ${shortNumber(value)} ${unit}`)}</title></rect>`;
      x += width;
      return piece;
    });
    return (
      `<text x="${left - 10}" y="${y + 15}" text-anchor="end">${escapeHtml(name)}</text>${pieces.join('')}` +
      `<text class="dim" x="${(x + 8).toFixed(1)}" y="${y + 15}">${shortNumber(totals[i]!)} ${escapeHtml(unit)}</text>`
    );
  });
  const below = bars.length * row + 14;
  const { markup, height } = legend(names, below, WIDTH);
  return svg(below + height, [...body, markup]);
}

function svg(height: number, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" role="img">${parts.join('')}</svg>`;
}

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Axes {
  readonly x: string;
  readonly y: string;
  /** Powers of two at equal distances. */
  readonly logX?: boolean;
}

/** Lines from a y of zero; every x that occurs is marked. */
export function lineChart(lines: readonly Line[], axes: Axes): string {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  const most = Math.max(...lines.flatMap(({ points }) => points.map(([, y]) => y)), 1e-9);
  const [left, top, width, height] = [70, 12, WIDTH - 100, 220];
  const place = (x: number) => (axes.logX === true ? Math.log2(x) : x);
  const [low, high] = [place(xs[0] ?? 0), place(xs[xs.length - 1] ?? 1)];
  const px = (x: number) => left + (high > low ? ((place(x) - low) / (high - low)) * width : width / 2);
  const py = (y: number) => top + height - (y / most) * height;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const y = py(share * most).toFixed(1);
    return (
      `<line class="grid" x1="${left}" x2="${left + width}" y1="${y}" y2="${y}"/>` +
      `<text class="dim" x="${left - 8}" y="${Number(y) + 4}" text-anchor="end">${shortNumber(share * most)}</text>`
    );
  });
  const marks = xs.map(
    (x) =>
      `<text class="dim" x="${px(x).toFixed(1)}" y="${top + height + 18}" text-anchor="middle">${x}</text>`,
  );
  const drawn = lines.map(({ name, points }, i) => {
    const path = points.map(([x, y]) => `${px(x).toFixed(1)},${py(y).toFixed(1)}`).join(' ');
    const dots = points.map(
      ([x, y]) =>
        `<circle cx="${px(x).toFixed(1)}" cy="${py(y).toFixed(1)}" r="3.5" fill="${colour(i)}">` +
        `<title>${escapeHtml(`${name}, ${x}: ${shortNumber(y)}`)}</title></circle>`,
    );
    return `<polyline points="${path}" fill="none" stroke="${colour(i)}" stroke-width="2"/>${dots.join('')}`;
  });
  const bottom = top + height;
  const names = legend(
    lines.map(({ name }) => name),
    bottom + 28,
    width / 2,
  );
  const title = `<text class="dim" x="${left}" y="${bottom + 38}">${escapeHtml(`${axes.y} by ${axes.x}`)}</text>`;
  const group = `<g transform="translate(${left + width / 2} 0)">${names.markup}</g>`;
  return svg(bottom + 28 + names.height, [...grid, ...marks, ...drawn, title, group]);
}

export interface Interval {
  readonly name: string;
  readonly value: number;
  /** Where the true value is. */
  readonly low?: number;
  readonly high?: number;
  /** What the value was taken from. */
  readonly points: readonly number[];
  /** What it is held against. */
  readonly mark?: number;
}

/** One row for each: a bar for the interval, a line for the value, dots for what it was taken from. */
export function intervalChart(intervals: readonly Interval[], unit: string): string {
  const [left, right, row, top] = [190, 110, 34, 6];
  const most = Math.max(
    ...intervals.flatMap(({ value, high = value, points, mark = 0 }) => [value, high, mark, ...points]),
    1e-9,
  );
  const px = (x: number) => (left + (x / most) * (WIDTH - left - right)).toFixed(1);
  const bottom = top + intervals.length * row;
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const x = px(share * most);
    return (
      `<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/>` +
      `<text class="dim" x="${x}" y="${bottom + 16}" text-anchor="middle">${shortNumber(share * most)}</text>`
    );
  });
  const rows = intervals.map(({ name, value, low = value, high = value, points, mark }, i) => {
    const y = top + i * row + row / 2;
    const width = Math.max(1, Number(px(high)) - Number(px(low))).toFixed(1);
    const dots = points.map(
      (x) => `<circle cx="${px(x)}" cy="${y}" r="3" fill="${colour(i)}" fill-opacity="0.75"/>`,
    );
    const target =
      mark === undefined
        ? ''
        : `<line x1="${px(mark)}" x2="${px(mark)}" y1="${y - 13}" y2="${y + 13}" stroke="currentColor" ` +
          `stroke-width="1.5" stroke-dasharray="3 2"><title>target ${shortNumber(mark)}</title></line>`;
    return (
      `<text x="${left - 10}" y="${y + 4}" text-anchor="end">${escapeHtml(name)}</text>` +
      `<rect x="${px(low)}" y="${y - 7}" width="${width}" height="14" fill="${colour(i)}" fill-opacity="0.28"/>` +
      `<line x1="${px(value)}" x2="${px(value)}" y1="${y - 9}" y2="${y + 9}" stroke="${colour(i)}" stroke-width="3"/>` +
      `${dots.join('')}${target}` +
      `<text class="dim" x="${WIDTH - right + 14}" y="${y + 4}">${shortNumber(value)}</text>`
    );
  });
  const title = `<text class="dim" x="${left}" y="${bottom + 34}">${escapeHtml(unit)}</text>`;
  return svg(bottom + 42, [...grid, ...rows, title]);
}
