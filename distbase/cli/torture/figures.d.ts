/** Times of a campaign's faults as figures with their unit in the name. */
export declare const quantileOf: (values: readonly number[], q: number) => number;
/** `{ restartMedianMs, restartP90Ms, restartWorstMs }` for the name `restart`. */
export declare function spread(name: string, ms: readonly number[]): Record<string, number>;
//# sourceMappingURL=figures.d.ts.map