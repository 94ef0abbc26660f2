/** The protocols that a genesis may name. */
import { hotstuff } from './hotstuff/hotstuff.js';
import { pbft } from './pbft/pbft.js';
import { raft } from './raft/raft.js';
import { streamlet } from './streamlet/streamlet.js';
const protocols = new Map([
    [pbft.name, pbft],
    [hotstuff.name, hotstuff],
    [raft.name, raft],
    [streamlet.name, streamlet],
]);
/** The protocol of that name, or undefined. */
export function protocolByName(name) {
    return protocols.get(name);
}
export function protocolNames() {
    return [...protocols.keys()];
}
//# sourceMappingURL=registry.js.map