/** The protocols that the simulator can attack, by the names that a genesis gives them. */

import { anySubject, type Subject } from '../subject.ts';
import { HOTSTUFF } from './hotstuff.ts';
import { PBFT } from './pbft.ts';
import { RAFT } from './raft.ts';
import { STREAMLET } from './streamlet.ts';

const ALL: readonly Subject[] = [
  anySubject(PBFT),
  anySubject(HOTSTUFF),
  anySubject(STREAMLET),
  anySubject(RAFT),
];

export const SUBJECTS: ReadonlyMap<string, Subject> = new Map(
  ALL.map((subject) => [subject.parts.protocol.name, subject]),
);

/** Where nothing else is asked for. */
export const DEFAULT_SUBJECT: Subject = anySubject(PBFT);
