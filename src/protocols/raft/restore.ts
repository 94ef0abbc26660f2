/** A machine from its log: what was promised before a crash binds after it. */

import type { Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import { entryTermOf } from './checkpoints.ts';
import type { Entry } from './log.ts';
import { Log } from './log.ts';
import type { Checkpoint, RaftRecord } from './messages.ts';
import type { Term } from './rules.ts';
import { type Certificate, NONE, type State } from './state.ts';

/** The log as the records tell it, before the restored state is laid over it. */
class Replay {
  entries: Entry[] = [];
  base: { sequence: Sequence; term: Term } | undefined;
  readonly certificates = new Map<Sequence, Certificate>();

  entry(entry: Entry): void {
    const first = this.entries[0]?.sequence ?? entry.sequence;
    const kept = entry.sequence - first;
    if (kept < 0 || kept > this.entries.length) this.entries = [];
    else this.entries.length = kept;
    this.entries.push(entry);
  }

  rebase(sequence: Sequence, term: Term): void {
    if (this.termAt(sequence) !== term) this.entries = [];
    this.base = { sequence, term };
  }

  termAt(sequence: Sequence): Term | undefined {
    return this.entries[sequence - (this.entries[0]?.sequence ?? 0)]?.term;
  }
}

/** Reads the records, oldest first. A replica that has said nothing yet knows the leader of term 0. */
export function restore(s: State, records: Iterable<RaftRecord>): void {
  const replay = new Replay();
  let any = false;
  for (const record of records) {
    any = true;
    take(s, replay, record);
  }
  layOver(s, replay);
  takeCertificates(s, replay.certificates);
  const fresh = !any && s.config.restoredSequence === s.base;
  if (!fresh) s.leader = NONE;
  else if (s.self === s.leader) {
    s.role = 'leader';
    // Its vote for itself, as in any term. A restart finds it and does not lead on: rounds of heartbeats would count from one
    // again, and an answer to one before the crash, still on its way, would renew a lease that nobody gave.
    s.votedFor = s.self;
    s.persistTerm();
  }
}

function take(s: State, replay: Replay, record: RaftRecord): void {
  switch (record.type) {
    case 'term':
      s.term = record.term;
      s.votedFor = record.vote - 1;
      return;
    case 'entry': {
      const { sequence, term, batch } = record;
      return replay.entry({ sequence, term, batch });
    }
    case 'base':
      return replay.rebase(record.sequence, record.term);
    case 'certificate':
      replay.certificates.set(record.sequence, record);
      return;
    case 'attested': {
      const attested = record.attested as Attested<Checkpoint>;
      const { sequence } = attested.message;
      if (sequence <= s.config.restoredSequence) return;
      // Signed once, and sent again to the letter; whether we hold its state shows when execution has come there again.
      const votes = s.checkpointVotes.get(sequence) ?? new Array(s.voters).fill(undefined);
      votes[s.self] = attested;
      s.checkpointVotes.set(sequence, votes);
      return;
    }
  }
}

/** The log begins after the restored state; what the records say beyond it stays where it agrees with that state. */
function layOver(s: State, { entries, base, certificates }: Replay): void {
  const restored = s.config.restoredSequence;
  if (base !== undefined && base.sequence > restored) {
    // A state that was installed and did not reach the disk: it is fetched again, and what we hold beyond it stays held.
    s.log = new Log(base.sequence, base.term);
    for (const entry of entries) if (entry.sequence === s.log.last + 1) s.log.append(entry);
    return;
  }
  const certificate = certificates.get(restored);
  const certified = certificate === undefined ? undefined : entryTermOf(certificate);
  const first = entries[0]?.sequence ?? restored + 1;
  const own = entries[restored - first]?.term;
  const known = restored === s.base ? 0 : base?.sequence === restored ? base.term : undefined;
  s.log = new Log(restored, certified ?? known ?? own);
  if (s.log.baseTerm === undefined && (entries.length > 0 || base !== undefined)) {
    s.promised = entries[entries.length - 1] ?? base;
  }
  const agrees = own === undefined ? first <= restored + 1 : own === s.log.baseTerm;
  if (!agrees) return;
  for (const entry of entries) if (entry.sequence === s.log.last + 1) s.log.append(entry);
}

function takeCertificates(s: State, certificates: ReadonlyMap<Sequence, Certificate>): void {
  for (const certificate of certificates.values()) {
    if (certificate.sequence === s.stable) s.certificate = certificate;
    if (certificate.sequence > s.stable) s.asked.set(certificate.sequence, certificate);
    if (certificate.sequence > Math.max(s.stable, s.pending?.sequence ?? 0)) s.pending = certificate;
  }
}

/** What a fresh log must hold, in an order in which `restore` gives this state again. */
export function liveRecords(s: State): RaftRecord[] {
  const out: RaftRecord[] = [{ type: 'term', term: s.term, vote: s.votedFor + 1 }];
  for (const certificate of new Set([s.certificate, ...s.asked.values(), s.pending])) {
    if (certificate === undefined || certificate.sequence < s.stable) continue;
    const { sequence, digest, votes } = certificate;
    out.push({ type: 'certificate', sequence, digest, votes });
  }
  for (const votes of s.checkpointVotes.values()) {
    const own = votes[s.self];
    if (own !== undefined) out.push({ type: 'attested', attested: own });
  }
  const term = s.log.termAt(s.stable);
  if (term !== undefined) out.push({ type: 'base', sequence: s.stable, term });
  for (const { sequence, term: entryTerm, batch } of s.log.above(s.stable)) {
    out.push({ type: 'entry', sequence, term: entryTerm, digest: batch.digest, batch });
  }
  return out;
}
