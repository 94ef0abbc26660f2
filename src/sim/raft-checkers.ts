/**
 * What holds of Raft in every run (figure 3 of the paper), watched from outside: by what replicas log and what they say.
 * Longer than most: two checkers and the mirror of a log that both look at.
 */

import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { Machine } from '../core/machine.ts';
import type { RaftMessage, RaftRecord } from '../protocols/raft/messages.ts';
import type { State } from '../protocols/raft/state.ts';
import { type Observer, Violation } from './observer.ts';

type RaftMachine = Machine<RaftMessage, RaftRecord>;

/** The state inside a machine that `raft.create` made. */
export function raftStateOf(machine: RaftMachine): { -readonly [K in keyof State]: State[K] } {
  return (machine as unknown as { s: { -readonly [K in keyof State]: State[K] } }).s;
}

/** A replica's log as its records tell it. */
class Mirror {
  term = 0;
  /** The replica that it voted for, plus 1; a chain begins with a vote for replica 0. */
  vote = 1;
  /** Everything up to here is held as a state. */
  floor: Sequence = 0;
  readonly terms = new Map<Sequence, number>();
  last: Sequence = 0;

  take(record: RaftRecord): void {
    if (record.type === 'term') {
      this.term = record.term;
      this.vote = record.vote;
    } else if (record.type === 'entry') {
      for (let at = record.sequence + 1; at <= this.last; at++) this.terms.delete(at);
      this.terms.set(record.sequence, record.term);
      this.last = record.sequence;
    } else if (record.type === 'base') {
      this.rebase(record.sequence, record.term);
    }
  }

  rebase(sequence: Sequence, term: number): void {
    this.floor = Math.max(this.floor, sequence);
    if (this.terms.get(sequence) === term) return;
    this.terms.clear();
    this.last = sequence;
  }
}

/** The mirrors of all replicas, kept up to date by whoever hands on what it observes. */
class Mirrors {
  voters = 0;
  readonly #all = new Map<ReplicaId, Mirror>();

  of(replica: ReplicaId): Mirror {
    let mirror = this.#all.get(replica);
    if (mirror === undefined) {
      mirror = new Mirror();
      this.#all.set(replica, mirror);
    }
    return mirror;
  }

  restarted(replica: ReplicaId, machine: RaftMachine, records: readonly RaftRecord[]): void {
    this.voters = raftStateOf(machine).voters;
    const mirror = new Mirror();
    for (const record of records) mirror.take(record);
    mirror.floor = Math.max(mirror.floor, machine.status().lowWatermark);
    mirror.last = Math.max(mirror.last, mirror.floor);
    this.#all.set(replica, mirror);
  }
}

/**
 * Election Safety, and no contradiction with one's own log: one vote per term and replica, restarts or not; one leader
 * per term; nothing is answered that the log does not hold, nor that the leader of the term holds otherwise.
 */
export class RaftElectionChecker implements Observer<RaftMessage, RaftRecord> {
  readonly #mirrors = new Mirrors();
  readonly #leaders = new Map<number, ReplicaId>();
  readonly #votes = new Map<string, ReplicaId>();

  persisted(replica: ReplicaId, record: RaftRecord): void {
    const mirror = this.#mirrors.of(replica);
    if (record.type === 'term' && record.term < mirror.term) {
      throw new Violation('term', `replica ${replica} went back from term ${mirror.term} to ${record.term}`);
    }
    mirror.take(record);
  }

  restarted(replica: ReplicaId, machine: RaftMachine, records: readonly RaftRecord[]): void {
    this.#mirrors.restarted(replica, machine, records);
  }

  sent(replica: ReplicaId, message: RaftMessage, to: ReplicaId | undefined): void {
    switch (message.type) {
      case 'append':
      case 'heartbeat':
      case 'commit':
        return this.#leads(replica, message.term);
      case 'vote':
        if (message.granted && !message.pre) this.#voted(replica, message.term, to!);
        return;
      case 'vote-request':
        if (!message.pre) this.#voted(replica, message.term, replica);
        return;
      case 'appended':
        return this.#answered(replica, message);
    }
  }

  #leads(replica: ReplicaId, term: number): void {
    const known = this.#leaders.get(term);
    if (known === undefined) this.#leaders.set(term, replica);
    else if (known !== replica)
      throw new Violation('leader', `replicas ${known} and ${replica} both lead term ${term}`);
  }

  #voted(replica: ReplicaId, term: number, candidate: ReplicaId): void {
    const { term: logged, vote } = this.#mirrors.of(replica);
    if (logged !== term || vote !== candidate + 1) {
      throw new Violation('vote', `replica ${replica} voted in term ${term}, and its log does not say so`);
    }
    const key = `${term}:${replica}`;
    const known = this.#votes.get(key);
    if (known === undefined) this.#votes.set(key, candidate);
    else if (known !== candidate) {
      throw new Violation('vote', `replica ${replica} voted for ${known} and ${candidate} in term ${term}`);
    }
  }

  #answered(replica: ReplicaId, { term, match }: { term: number; match: Sequence }): void {
    const mirror = this.#mirrors.of(replica);
    if (term !== mirror.term || match > Math.max(mirror.last, mirror.floor)) {
      throw new Violation(
        'answer',
        `replica ${replica} answered ${match} in term ${term}; its log ends at ${mirror.last} in term ${mirror.term}`,
      );
    }
    const leader = this.#leaders.get(term);
    if (leader === undefined || leader === replica) return;
    const led = this.#mirrors.of(leader);
    // In a later term its log may be another leader's.
    if (led.term !== term) return;
    const [ours, theirs] = [mirror.terms.get(match), led.terms.get(match)];
    if (ours !== undefined && theirs !== undefined && ours !== theirs) {
      throw new Violation(
        'answer',
        `replica ${replica} answered ${match} of term ${ours} to the leader of term ${term}, whose entry is of term ${theirs}`,
      );
    }
  }
}

/**
 * The rule that figure 8 is about: whoever commits a slot first leads a term of which a majority of the voters hold an entry
 * there or above. Looked at when the leader executes it, and where it does not yet, since a state has to come that it
 * lacks, when it commits it: it may hear of another term meanwhile.
 */
export class RaftCommitChecker implements Observer<RaftMessage, RaftRecord> {
  readonly #mirrors = new Mirrors();
  #highest: Sequence = 0;

  persisted(replica: ReplicaId, record: RaftRecord): void {
    this.#mirrors.of(replica).take(record);
  }

  restarted(replica: ReplicaId, machine: RaftMachine, records: readonly RaftRecord[]): void {
    this.#mirrors.restarted(replica, machine, records);
  }

  executed(replica: ReplicaId, sequence: Sequence): void {
    if (sequence > this.#highest) this.#first(replica, sequence);
  }

  stepped(replica: ReplicaId, machine: RaftMachine): void {
    const { role, commit, stable } = raftStateOf(machine);
    // Up to a certified checkpoint its certificate says so, and no count of ours.
    if (commit > this.#highest && commit > stable && role === 'leader') this.#first(replica, commit);
  }

  #first(replica: ReplicaId, sequence: Sequence): void {
    this.#highest = sequence;
    const { voters } = this.#mirrors;
    const { term } = this.#mirrors.of(replica);
    let holders = 0;
    for (let id = 0; id < voters; id++) if (holds(this.#mirrors.of(id), sequence, term)) holders++;
    if (2 * holders > voters) return;
    throw new Violation(
      'commit',
      `replica ${replica} committed ${sequence} in term ${term}, of which ${holders} of ${voters} voters hold an entry there or above`,
    );
  }
}

function holds(mirror: Mirror, sequence: Sequence, term: number): boolean {
  if (mirror.floor >= sequence) return true;
  for (let at = mirror.last; at >= sequence; at--) if (mirror.terms.get(at) === term) return true;
  return false;
}
