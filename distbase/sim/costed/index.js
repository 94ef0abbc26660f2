/** Clusters in virtual time with costs: how long a commit takes where nothing goes wrong. */
export { ClosedLoop } from './client.js';
export { drive, placeCluster, runCosted } from './run.js';
//# sourceMappingURL=index.js.map