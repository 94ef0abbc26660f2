/** The protocols that the simulator can attack, by the names that a genesis gives them. */
import { anySubject } from '../subject.js';
import { HOTSTUFF } from './hotstuff.js';
import { PBFT } from './pbft.js';
import { RAFT } from './raft.js';
import { STREAMLET } from './streamlet.js';
const ALL = [
    anySubject(PBFT),
    anySubject(HOTSTUFF),
    anySubject(STREAMLET),
    anySubject(RAFT),
];
export const SUBJECTS = new Map(ALL.map((subject) => [subject.parts.protocol.name, subject]));
/** Where nothing else is asked for. */
export const DEFAULT_SUBJECT = anySubject(PBFT);
//# sourceMappingURL=registry.js.map