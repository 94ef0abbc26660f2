/** The production driver in a simulated world. Apart from `lockstep/sim`, so that symbolic runs load no kernels. */
export { realSetting } from './chain.js';
export { runRealScenario } from './run.js';
//# sourceMappingURL=index.js.map