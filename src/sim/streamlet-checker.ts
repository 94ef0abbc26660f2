/**
 * No honest Streamlet replica contradicts itself, crashes or not: one vote and one proposal a round, never back to an
 * earlier round or to a shorter chain, and nothing that its log does not hold.
 */

import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence } from '../core/ids.ts';
import type { Attested } from '../core/machine.ts';
import type { Header, StreamletMessage, StreamletRecord } from '../protocols/streamlet/messages.ts';
import { type Observer, Violation } from './observer.ts';

interface Voice {
  votedRound: number;
  /** The greatest height of a block that a vote of it extends. */
  votedOn: number;
  proposedRound: number;
  readonly checkpoints: Map<Sequence, Digest>;
  /** Rounds whose notarised block the log holds, and batches. */
  notarised: Set<number>;
  batches: Set<string>;
}

const batchKey = ({ sequence, digest }: Pick<Header, 'sequence' | 'digest'>): string =>
  `${sequence}:${digest}`;

export class StreamletChecker implements Observer<StreamletMessage, StreamletRecord> {
  readonly #voices = new Map<ReplicaId, Voice>();

  persisted(replica: ReplicaId, record: StreamletRecord): void {
    note(this.#voice(replica), record);
  }

  restarted(replica: ReplicaId, _machine: unknown, records: readonly StreamletRecord[]): void {
    const voice = this.#voice(replica);
    voice.notarised = new Set([0]);
    voice.batches = new Set();
    for (const record of records) note(voice, record);
  }

  attested(replica: ReplicaId, { message }: Attested<StreamletMessage>): void {
    const voice = this.#voice(replica);
    switch (message.type) {
      case 'vote':
        return votes(replica, voice, message);
      case 'proposal':
      case 'tail':
        if (message.round <= voice.proposedRound)
          fail(replica, `proposed in round ${message.round} after round ${voice.proposedRound}`);
        voice.proposedRound = message.round;
        return;
      case 'checkpoint': {
        const before = voice.checkpoints.get(message.sequence);
        if (before !== undefined && before !== message.digest)
          fail(replica, `signed two checkpoints at ${message.sequence}`);
        voice.checkpoints.set(message.sequence, message.digest);
        return;
      }
      default:
        return;
    }
  }

  #voice(replica: ReplicaId): Voice {
    let voice = this.#voices.get(replica);
    if (voice === undefined) {
      voice = {
        votedRound: 0,
        votedOn: 0,
        proposedRound: 0,
        checkpoints: new Map(),
        notarised: new Set([0]),
        batches: new Set(),
      };
      this.#voices.set(replica, voice);
    }
    return voice;
  }
}

function note(voice: Voice, record: StreamletRecord): void {
  if (record.type === 'batch') voice.batches.add(batchKey(record));
  else if (record.type === 'notarised') voice.notarised.add(record.votes[0]!.message.round);
}

function votes(replica: ReplicaId, voice: Voice, vote: Header): void {
  const { round, parent, height, digest } = vote;
  if (round <= voice.votedRound) fail(replica, `voted in round ${round} after round ${voice.votedRound}`);
  if (height - 1 < voice.votedOn)
    fail(replica, `voted for a child of height ${height - 1} after one of ${voice.votedOn}`);
  if (!voice.notarised.has(parent))
    fail(replica, `voted in round ${round} on ${parent}, which its log does not know to be notarised`);
  if (digest !== NULL_DIGEST && !voice.batches.has(batchKey(vote)))
    fail(replica, `voted in round ${round} for a batch that its log does not hold`);
  voice.votedRound = round;
  voice.votedOn = Math.max(voice.votedOn, height - 1);
}

function fail(replica: ReplicaId, what: string): never {
  throw new Violation('promise', `replica ${replica} ${what}`);
}
