/**
 * When a system that is warming up is warm: compilers, caches and a heap that grows make its figures better for a
 * while, and then no more. Figures of successive windows are compared, a stretch of them with the stretch before; the
 * medians, so that one disturbed window decides nothing.
 */

/** Windows to a stretch. */
const STRETCH = 3;
/** How far the medians of two stretches may be apart. */
const TOLERANCE = 0.05;

const middleOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!;

export class SteadyState {
  private readonly figures: number[] = [];

  /** A window's figure, such as its median latency or its rate; above 0. */
  add(figure: number): void {
    this.figures.push(figure);
  }

  get windows(): readonly number[] {
    return this.figures;
  }

  /** Whether the last stretch is as the one before. */
  get reached(): boolean {
    if (this.figures.length < 2 * STRETCH) return false;
    const last = middleOf(this.figures.slice(-STRETCH));
    const before = middleOf(this.figures.slice(-2 * STRETCH, -STRETCH));
    return Math.abs(last - before) <= TOLERANCE * before;
  }
}
