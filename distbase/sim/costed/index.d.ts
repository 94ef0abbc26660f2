/** Clusters in virtual time with costs: how long a commit takes where nothing goes wrong. */
export { ClosedLoop } from './client.ts';
export type { WorkCosts } from './replica.ts';
export { type CostedOptions, type CostedResult, drive, placeCluster, runCosted } from './run.ts';
export type { Arrival, FrameCosts, Party, Process } from './world.ts';
//# sourceMappingURL=index.d.ts.map