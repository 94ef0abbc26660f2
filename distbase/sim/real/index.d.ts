/** The production driver in a simulated world. Apart from `lockstep/sim`, so that symbolic runs load no kernels. */
export { type RealSetting, realSetting } from './chain.ts';
export { type RealResult, runRealScenario } from './run.ts';
//# sourceMappingURL=index.d.ts.map