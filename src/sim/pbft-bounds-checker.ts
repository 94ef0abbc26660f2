/**
 * Each collection that others can make a PBFT replica fill has its own bound, which is far below what all of them may hold
 * together (`size-checker.ts`): one that grows without end is seen at once, and not after a flood of hours.
 */

import type { ReplicaId } from '../core/ids.ts';
import type { Machine } from '../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { stateOf } from './bug-kit.ts';
import { type Observer, Violation } from './observer.ts';

/** Looks at a machine after every so many steps of the run: a look costs less than a step. */
const STEPS_BETWEEN = 16;

export class PbftBoundsChecker implements Observer<PbftMessage, PbftRecord> {
  #steps = 0;

  stepped(replica: ReplicaId, machine: Machine<PbftMessage, PbftRecord>): void {
    if (++this.#steps % STEPS_BETWEEN !== 0) return;
    const s = stateOf(machine);
    const { window, checkpointInterval } = s.config;
    let ahead = 0;
    for (const queue of s.ahead) ahead = Math.max(ahead, queue.length);
    // Three phases of a window of slots.
    within(replica, 'messages of later views from one peer', ahead, 3 * window);
    // What each may have on its way.
    const places = s.n * (window / checkpointInterval + 2);
    within(replica, 'checkpoints on their way', s.checkpointVotes.size, places);
    // What is delivered follows those who are ahead until the certificate of its checkpoint has come, as far as they keep it.
    // Beyond: a window of its own, one above the checkpoint of a new view, and one above what is delivered.
    let above = 0;
    for (const sequence of s.slots.keys()) if (sequence > s.delivered) above++;
    within(replica, 'slots above what is delivered', above, 3 * window);
    within(replica, 'slots that are held for the fast path', s.held.size, 3 * window);
    within(replica, 'own checkpoints', s.ownCheckpoints.size, (3 * window) / checkpointInterval + 1);
  }
}

function within(replica: ReplicaId, what: string, held: number, most: number): void {
  if (held > most) throw new Violation('size', `replica ${replica} holds ${held} ${what}, more than ${most}`);
}
