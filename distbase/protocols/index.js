/** `lockstep/protocols`: the machines on their own, to be driven by any loop that handles their effects. */
export { hotstuff } from './hotstuff/hotstuff.js';
export { pbft } from './pbft/pbft.js';
export { raft } from './raft/raft.js';
export { protocolByName, protocolNames } from './registry.js';
export { streamlet } from './streamlet/streamlet.js';
//# sourceMappingURL=index.js.map