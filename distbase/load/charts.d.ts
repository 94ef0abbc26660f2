/** Charts as inline SVG for `html.ts`. Colours are told apart in both schemes and by most eyes. */
/** Three significant digits, and no exponent. */
export declare function shortNumber(value: number): string;
export interface StackedBar {
    readonly name: string;
    /** By part; parts of equal name have one colour. */
    readonly parts: Readonly<Record<string, number>>;
}
/** Horizontal bars made of parts. */
export declare function stackedBars(bars: readonly StackedBar[], unit: string): string;
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
export declare function lineChart(lines: readonly Line[], axes: Axes): string;
//# sourceMappingURL=charts.d.ts.map