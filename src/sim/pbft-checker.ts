/**
 * No honest PBFT replica contradicts itself, crashes or not: what it says follows from its log, and it never says two
 * things where one is allowed. It runs over 150 lines because each rule needs the same picture of the log.
 */

import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from '../core/ids.ts';
import { MAX_PREPREPARED_PER_SLOT } from '../core/limits.ts';
import type { Attested, Machine } from '../core/machine.ts';
import type {
  Checkpoint,
  Claim,
  NewView,
  PbftMessage,
  PbftRecord,
  ViewChange,
} from '../protocols/pbft/messages.ts';
import { type Observer, Violation } from './observer.ts';

/** What one replica's log says now. */
class LogPicture {
  readonly batches = new Set<Digest>([NULL_DIGEST]);
  readonly preprepared = new Map<number, Claim>();
  readonly prepared = new Map<number, Claim>();
  stable: Sequence = 0;
}

/** What one replica has ever said: this no crash takes back. */
class Voice {
  log = new LogPicture();
  readonly proposals = new Map<number, Digest>();
  readonly commits = new Map<number, Digest>();
  readonly checkpoints = new Map<Sequence, Digest>();
  readonly newViews = new Set<View>();
  /** The highest view that it asked for or voted in: nothing that it says is of a lower one any more. */
  floor: View = 0;
  /** The highest view that it asked for: a view is asked for once. */
  askedFor: View = 0;
}

/** One number for (view, sequence): sequences of a run stay far below 2²⁰. */
const at = (view: View, sequence: Sequence): number => view * 0x10_0000 + sequence;

const claimAt = (key: number, digest: Digest): Claim => ({
  view: Math.floor(key / 0x10_0000),
  sequence: key % 0x10_0000,
  digest,
});

export class PbftChecker implements Observer<PbftMessage, PbftRecord> {
  readonly #voices = new Map<ReplicaId, Voice>();

  persisted(replica: ReplicaId, record: PbftRecord): void {
    note(this.#voice(replica).log, record);
  }

  restarted(
    replica: ReplicaId,
    machine: Machine<PbftMessage, PbftRecord>,
    records: readonly PbftRecord[],
  ): void {
    const voice = this.#voice(replica);
    voice.log = new LogPicture();
    for (const record of records) note(voice.log, record);
    const { view } = machine.status();
    if (view < voice.floor) fail(replica, `came back in view ${view} after it was in ${voice.floor}`);
  }

  sent(replica: ReplicaId, message: PbftMessage): void {
    const voice = this.#voice(replica);
    switch (message.type) {
      case 'pre-prepare':
      case 'prepare':
        return this.#votedPrepare(replica, voice, message);
      case 'commit':
        return this.#votedCommit(replica, voice, message);
      default:
        return;
    }
  }

  attested(replica: ReplicaId, { message }: Attested<PbftMessage>): void {
    const voice = this.#voice(replica);
    switch (message.type) {
      case 'checkpoint':
        return signedCheckpoint(replica, voice, message);
      case 'view-change':
        return signedViewChange(replica, voice, message);
      case 'new-view':
        return signedNewView(replica, voice, message);
      default:
        return;
    }
  }

  #voice(replica: ReplicaId): Voice {
    let voice = this.#voices.get(replica);
    if (voice === undefined) {
      voice = new Voice();
      this.#voices.set(replica, voice);
    }
    return voice;
  }

  #votedPrepare(
    replica: ReplicaId,
    voice: Voice,
    { type, view, sequence, digest }: PbftMessage & Claim,
  ): void {
    raise(replica, voice, view, type);
    once(
      replica,
      voice.proposals,
      at(view, sequence),
      digest,
      `${type} at view ${view}, sequence ${sequence}`,
    );
    const logged = voice.log.preprepared.get(at(view, sequence));
    if (sequence > voice.log.stable && logged?.digest !== digest) {
      fail(replica, `sent ${type} at view ${view}, sequence ${sequence} that its log does not hold`);
    }
    if (sequence > voice.log.stable && !voice.log.batches.has(digest)) {
      fail(
        replica,
        `sent ${type} at view ${view}, sequence ${sequence} without the batch's bytes in its log`,
      );
    }
  }

  #votedCommit(replica: ReplicaId, voice: Voice, { view, sequence, digest }: Claim): void {
    raise(replica, voice, view, 'commit');
    once(replica, voice.commits, at(view, sequence), digest, `commit at view ${view}, sequence ${sequence}`);
    if (sequence <= voice.log.stable) return;
    const prepared = voice.log.prepared.get(at(view, sequence));
    const preprepared = voice.log.preprepared.get(at(view, sequence));
    if (prepared?.digest !== digest) fail(replica, `sent commit at ${view}, ${sequence} without 'prepared'`);
    if (preprepared?.digest !== digest)
      fail(replica, `sent commit at ${view}, ${sequence} without pre-prepare`);
  }
}

function note(log: LogPicture, record: PbftRecord): void {
  switch (record.type) {
    case 'batch':
      log.batches.add(record.digest);
      return;
    case 'pre-prepare':
      log.preprepared.set(at(record.view, record.sequence), record);
      return;
    case 'prepared':
      log.prepared.set(at(record.view, record.sequence), record);
      return;
    case 'stable':
      log.stable = Math.max(log.stable, record.sequence);
      return;
    default:
      return;
  }
}

function signedCheckpoint(replica: ReplicaId, voice: Voice, { sequence, digest }: Checkpoint): void {
  once(replica, voice.checkpoints, sequence, digest, `checkpoint ${sequence}`);
}

/** P holds the latest prepared digest of every slot above h, Q every pre-prepared one; and nothing else is in them. */
function signedViewChange(replica: ReplicaId, voice: Voice, message: ViewChange): void {
  if (message.view <= voice.askedFor) fail(replica, `asked for view ${message.view} after ${voice.askedFor}`);
  if (message.view <= voice.floor)
    fail(replica, `asked for view ${message.view} after it was in ${voice.floor}`);
  raise(replica, voice, message.view, 'view-change');
  voice.askedFor = message.view;

  const { log } = voice;
  const p = new Map(message.prepared.map((claim) => [claim.sequence, claim]));
  for (const claim of message.prepared) backed(replica, log.prepared, claim, 'prepared');
  for (const claim of log.prepared.values()) {
    if (claim.sequence <= message.stable) continue;
    const said = p.get(claim.sequence);
    if (said === undefined || said.view < claim.view) fail(replica, `hides that ${describe(claim)} prepared`);
  }

  const q = new Map<string, View>();
  const perSlot = new Map<Sequence, number>();
  for (const claim of message.preprepared) {
    backed(replica, log.preprepared, claim, 'pre-prepared');
    q.set(`${claim.sequence}:${claim.digest}`, claim.view);
    perSlot.set(claim.sequence, (perSlot.get(claim.sequence) ?? 0) + 1);
    if (!log.batches.has(claim.digest)) fail(replica, `claims ${describe(claim)} without its bytes`);
  }
  for (const claim of log.preprepared.values()) {
    if (claim.sequence <= message.stable) continue;
    if ((perSlot.get(claim.sequence) ?? 0) >= MAX_PREPREPARED_PER_SLOT) continue;
    const view = q.get(`${claim.sequence}:${claim.digest}`);
    if (view === undefined || view < claim.view)
      fail(replica, `hides that ${describe(claim)} was pre-prepared`);
  }
  keepsItsWord(replica, voice, message.stable, p, q, perSlot);
}

/** The votes that left it, too: what a later, shorter log lacks was said all the same. */
function keepsItsWord(
  replica: ReplicaId,
  voice: Voice,
  stable: Sequence,
  p: ReadonlyMap<Sequence, Claim>,
  q: ReadonlyMap<string, View>,
  perSlot: ReadonlyMap<Sequence, number>,
): void {
  for (const [key, digest] of voice.commits) {
    const claim = claimAt(key, digest);
    if (claim.sequence > stable && (p.get(claim.sequence)?.view ?? -1) < claim.view)
      fail(replica, `hides that it sent COMMIT for ${describe(claim)}`);
  }
  for (const [key, digest] of voice.proposals) {
    const claim = claimAt(key, digest);
    if (claim.sequence <= stable || (perSlot.get(claim.sequence) ?? 0) >= MAX_PREPREPARED_PER_SLOT) continue;
    if ((q.get(`${claim.sequence}:${digest}`) ?? -1) < claim.view)
      fail(replica, `hides that it voted for ${describe(claim)}`);
  }
}

function signedNewView(replica: ReplicaId, voice: Voice, { view }: NewView): void {
  if (voice.newViews.has(view)) fail(replica, `signed a second new view for view ${view}`);
  raise(replica, voice, view, 'new-view');
  voice.newViews.add(view);
}

/** Views only go up. */
function raise(replica: ReplicaId, voice: Voice, view: View, what: string): void {
  if (view < voice.floor) fail(replica, `sent ${what} in view ${view} after it was in ${voice.floor}`);
  voice.floor = view;
}

function backed(replica: ReplicaId, known: ReadonlyMap<number, Claim>, claim: Claim, verb: string): void {
  const logged = known.get(at(claim.view, claim.sequence));
  if (logged?.digest !== claim.digest)
    fail(replica, `claims ${describe(claim)} as ${verb}; its log does not`);
}

function describe({ view, sequence, digest }: Claim): string {
  return `${digest.slice(0, 8)} at view ${view}, sequence ${sequence}`;
}

function once(
  replica: ReplicaId,
  said: Map<number, Digest>,
  key: number,
  digest: Digest,
  what: string,
): void {
  const before = said.get(key);
  if (before === undefined) said.set(key, digest);
  else if (before !== digest) {
    fail(replica, `said two things: ${what} is ${before.slice(0, 8)} and ${digest.slice(0, 8)}`);
  }
}

function fail(replica: ReplicaId, what: string): never {
  throw new Violation('self-contradiction', `replica ${replica} ${what}`);
}
