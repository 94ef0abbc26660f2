/** The entry `lockstep/sim`: seeded worlds in which a protocol is attacked, and what must hold in them. */

export { BUGS, type FindableBug } from './bugs.ts';
export * from './byzantine.ts';
export * from './campaign.ts';
export * from './checkers.ts';
export * from './cluster.ts';
export { Coverage } from './coverage.ts';
export { Disk } from './disk.ts';
export * from './faults.ts';
export { type Find, findBug } from './find-bug.ts';
export { GENESIS, Ledger, type LedgerEntry } from './ledger.ts';
export { formatScenario, type Mask, NOTHING, type Part, parseScenario } from './mask.ts';
export { CALM, type LinkRule, Network, type NetworkStats } from './network.ts';
export { SimNode, type Tripwire, type World, type Wrap } from './node.ts';
export { type Observer, Violation } from './observer.ts';
export { DRIVER_PARTS, type PlantedBug, type SimParts } from './parts.ts';
export * from './pbft-adversary.ts';
export { PbftChecker } from './pbft-checker.ts';
export { PbftCommitChecker } from './pbft-commit-checker.ts';
export { type Plan, plan } from './plan.ts';
export * from './profile.ts';
export { PBFT, PBFT_PARTS } from './protocols/pbft.ts';
export { RAFT } from './protocols/raft.ts';
export { DEFAULT_SUBJECT, SUBJECTS } from './protocols/registry.ts';
export {
  type Failure,
  type PlanRunSettings,
  type RunResult,
  type RunSettings,
  runPlan,
  runPlanned,
} from './run.ts';
export { type Fireable, Scheduler } from './scheduler.ts';
export { SET_CHANGES, type SetChange } from './sets.ts';
export { entriesHeld, SizeChecker } from './size-checker.ts';
export { anySubject, type Subject, type TacticMaker } from './subject.ts';
export { Clients, Mixer, SymbolicVerifier, sign, symbolicDigest } from './symbolic.ts';
export { Trace } from './trace.ts';
