/** `lockstep/protocols`: the machines on their own, to be driven by any loop that handles their effects. */
export type { Attested, Effect, Effects, Machine, MachineConfig, MachineEvent, MachineStatus, Protocol, } from '../core/machine.ts';
export { hotstuff } from './hotstuff/hotstuff.ts';
export type { HotstuffMessage, HotstuffRecord } from './hotstuff/messages.ts';
export type { PbftMessage, PbftRecord } from './pbft/messages.ts';
export { pbft } from './pbft/pbft.ts';
export type { RaftMessage, RaftRecord } from './raft/messages.ts';
export { raft } from './raft/raft.ts';
export { protocolByName, protocolNames } from './registry.ts';
export type { StreamletMessage, StreamletRecord } from './streamlet/messages.ts';
export { streamlet } from './streamlet/streamlet.ts';
//# sourceMappingURL=index.d.ts.map