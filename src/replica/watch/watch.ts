/**
 * What a replica learns about its peers while it works: who contradicts itself, who sends what nobody honest sends. It
 * counts, keeps evidence and shows it to the others; it decides no vote and no quorum.
 */

import { epochOfBody } from '../../codec/body-epoch.ts';
import type { MessageCodec } from '../../codec/message-codec.ts';
import { encodeValue, type WireValue } from '../../codec/value.ts';
import { bytesEqual } from '../../core/bytes.ts';
import type { RejectionCode } from '../../core/errors.ts';
import type { Digest, Epoch, ReplicaId, Sequence, View } from '../../core/ids.ts';
import { MAX_EXHIBITS, MAX_VALIDATORS } from '../../core/limits.ts';
import type { AnyMessage, Attested } from '../../core/machine.ts';
import type { MessageSchema } from '../../core/schema.ts';
import type { VerifyItem } from '../../crypto/interface.ts';
import type { Item } from '../../transport/interface.ts';
import type { Clock } from '../ports.ts';
import { Conduct, type PeerConduct } from './conduct.ts';
import { type Detection, DetectionCounts, detectionOf } from './detections.ts';
import { Disputes } from './disputes.ts';
import { type Evidence, EvidenceBook } from './evidence.ts';
import { explainSlot, type SlotReport } from './explain.ts';
import { type Deltas, REPUTATION_RULES } from './reputation.ts';
import { type Contradicts, SignedWords } from './signed-words.ts';
import { phaseOf } from './slot-times.ts';

/** The item `[8, body, signature]`: what somebody signed, shown to who may have been told something else. */
export const EXHIBIT_ITEM = 8;

/**
 * The item `[9, view, [[validator, the first 32 bytes of its signature], …]]`: whose VIEW-CHANGEs for a view we hold. Whoever
 * holds another one of the same validator shows it.
 */
export const HELD_ITEM = 9;

const NAME_BYTES = 32;

/** Exhibits are counted per this time, ms. */
const EXHIBIT_PERIOD_MS = 10_000;

/** Words that are shown to all in that time because one validator holds others; or one of each, if that is more. */
const MAX_SHOWN_FOR = 8;

/** Certified checkpoints that later ones are compared with. */
const KEPT_STABLE = 8;

export interface WatchOptions {
  readonly self: ReplicaId;
  readonly n: number;
  readonly epoch: Epoch;
  readonly clock: Clock;
  readonly codec: MessageCodec;
  readonly contradicts: Contradicts;
  /** What must hold for a message to be its author's. */
  readonly claims: (attested: Attested, schema: MessageSchema) => VerifyItem[] | RejectionCode;
  readonly holds: (claim: VerifyItem) => boolean;
  /** To all others. */
  readonly broadcast: (item: Item) => void;
  /** Signed words of others, for the machine to compare with what it holds. */
  readonly compare: (attested: Attested) => void;
  /** New evidence. */
  readonly onEvidence: (evidence: Evidence) => void;
  /** What this one said without a signature does not fit what another one said. */
  readonly disputed: (peer: ReplicaId) => void;
  /** f and q of the set, and the window between the watermarks. */
  readonly faulty: number;
  readonly quorum: number;
  readonly window: number;
  /** Whose proposals a view's slots are; undefined where the protocol has no such rule. */
  readonly primaryOf: (view: number) => ReplicaId | undefined;
  /** As `ConductOptions` says. */
  readonly commitsSpared: boolean;
  /** Default: `REPUTATION_RULES.deltas`. */
  readonly reputation?: Deltas | undefined;
  /** Peers with a connection. */
  readonly connected: readonly boolean[];
}

/** What this replica has to say of one peer. */
export interface PeerReport extends PeerConduct {
  readonly detections: Partial<Record<Detection, number>>;
  readonly evidence: number;
}

/** Between two looks at what peers do, ms. */
const LOOK_MS = 250;

/** One that comes again may be an answer to a question; so many of them in a while are not. */
const REPLAYS = 4;

export class Watch {
  readonly counts: DetectionCounts;
  readonly #o: WatchOptions;
  readonly #book = new EvidenceBook();
  readonly #words: SignedWords;
  readonly #stable = new Map<Sequence, Digest>();
  readonly #shownBy: Float64Array;
  readonly #shownOf: Float64Array;
  /** By who asked for it. */
  readonly #shownFor: Float64Array;
  #periodMs = Number.NEGATIVE_INFINITY;
  readonly conduct: Conduct;
  readonly #replays: Float64Array;
  readonly #disputes: Disputes;
  /** When the frame that is being read came. */
  #frameMs = 0;
  #cancel: (() => void) | undefined;

  constructor(options: WatchOptions) {
    this.#o = options;
    const { self, n, faulty, window, primaryOf, commitsSpared, connected, clock, reputation } = options;
    this.conduct = new Conduct({
      self,
      n,
      faulty,
      window,
      primaryOf,
      commitsSpared,
      ...(reputation && { rules: { ...REPUTATION_RULES, deltas: reputation } }),
      onPattern: (kind, peer) => this.#pattern(kind, peer),
    });
    this.#replays = new Float64Array(n);
    this.#disputes = new Disputes(faulty);
    this.#frameMs = clock.nowMs();
    for (const [peer, up] of connected.entries()) if (up) this.conduct.up(peer, this.#frameMs);
    this.counts = new DetectionCounts(options.n);
    this.#words = new SignedWords(options.n, options.contradicts);
    this.#shownBy = new Float64Array(options.n);
    this.#shownOf = new Float64Array(options.n);
    this.#shownFor = new Float64Array(options.n);
  }

  evidence(): readonly Evidence[] {
    return this.#book.list();
  }

  /** What this peer's session brought was not taken. */
  rejected(peer: ReplicaId, code: RejectionCode): void {
    const kind = detectionOf(code);
    if (kind !== undefined) this.detected(kind, peer);
  }

  detected(kind: Detection, peer: ReplicaId): void {
    if (peer === this.#o.self || peer >= this.#o.n) return;
    this.counts.add(kind, peer);
    this.conduct.found(kind, peer, this.#o.clock.nowMs());
  }

  /** Takes over what an earlier set's watch thinks of who is in this one too: `places` there, −1 for the new. */
  inherit(earlier: Watch, places: readonly number[]): void {
    for (const [peer, place] of places.entries()) {
      if (place < 0) continue;
      this.conduct.reputation.copy(peer, earlier.conduct.reputation, place);
      this.counts.copy(peer, earlier.counts, place);
    }
  }

  catchingUp(peer: ReplicaId): void {
    if (peer < this.#o.n) this.conduct.catchingUp(peer, this.#o.clock.nowMs());
  }

  /** A pattern lasts: it counts once per period, not once per look. */
  #pattern(kind: Detection, peer: ReplicaId): void {
    if (this.conduct.reputation.note(peer, kind, this.#o.clock.nowMs())) this.counts.add(kind, peer);
  }

  start(): void {
    this.#cancel = this.#o.clock.after(LOOK_MS, () => {
      this.conduct.look(this.#o.clock.nowMs());
      this.start();
    });
  }

  stop(): void {
    this.#cancel?.();
  }

  peerUp(peer: ReplicaId): void {
    this.conduct.up(peer, this.#o.clock.nowMs());
  }

  peerDown(peer: ReplicaId): void {
    this.conduct.down(peer, this.#o.clock.nowMs());
  }

  /** A frame of a peer came: its messages are of this moment. */
  frame(): void {
    this.#frameMs = this.#o.clock.nowMs();
  }

  /** A message came from its author, whatever becomes of it. On the vote path. */
  heard(peer: ReplicaId, message: AnyMessage, role: MessageSchema['role']): void {
    if (peer >= this.#o.n) return;
    this.conduct.messages[peer]!++;
    const phase = phaseOf(role);
    if (phase < 0) {
      if (role === 'fetch') this.conduct.catchingUp(peer, this.#frameMs);
      return;
    }
    const { view } = message as { readonly view?: View };
    if (!this.conduct.heard(peer, phase, slotOf(message), view, this.#frameMs)) return;
    this.#period();
    if (++this.#replays[peer]! >= REPLAYS) this.detected('stale-replay', peer);
  }

  /** A message did not hold: it never came. */
  refused(peer: ReplicaId, message: AnyMessage, role: MessageSchema['role']): void {
    const phase = phaseOf(role);
    if (phase >= 0 && peer < this.#o.n) this.conduct.slots.refuse(peer, phase, slotOf(message));
  }

  said(message: AnyMessage, role: MessageSchema['role']): void {
    const phase = phaseOf(role);
    if (phase >= 0 && this.#o.self < this.#o.n)
      this.conduct.slots.note(this.#o.self, phase, slotOf(message), this.#o.clock.nowMs());
  }

  executed(sequence: Sequence, view: number, fast: boolean): void {
    this.conduct.slots.done(sequence, view, fast, this.#o.clock.nowMs());
  }

  report(peer: ReplicaId): PeerReport {
    return {
      ...this.conduct.of(peer),
      detections: this.counts.of(peer),
      evidence: this.#book.against(peer),
    };
  }

  /** Undefined where the slot is too old, or nothing is known of it. `names` by id. */
  explain(sequence: Sequence, names: readonly string[]): SlotReport | undefined {
    const { self, quorum, faulty, clock } = this.#o;
    const row = this.conduct.slots.get(sequence);
    if (row === undefined) return undefined;
    const usualMs = this.conduct.slotMs;
    return explainSlot(row, { self, names, quorum, faulty, nowMs: clock.nowMs(), usualMs });
  }

  /** Two messages that no honest replica signs both. */
  accuse(evidence: Evidence): void {
    if (this.#book.has(evidence)) return;
    this.detected('equivocation', evidence.from);
    if (!this.#book.add(evidence)) return;
    this.#o.onEvidence(evidence);
    // What convinces us convinces the others.
    for (const attested of [evidence.first, evidence.second]) this.show(attested);
  }

  /** A message that is signed in every setting and is no vote. `checked`: its signature holds; else its author's session brought it. */
  words(attested: Attested, checked: boolean): void {
    const { from } = attested;
    if (from === this.#o.self) return;
    let found = this.#words.keep(attested, checked);
    // What was kept unchecked and is not its author's must not hide what is.
    while (found !== undefined && !this.#sound(found.first)) found = this.#words.keep(attested, checked);
    if (found !== undefined && (checked || this.#sound(attested))) this.accuse({ ...found, from });
    if (attested.message.type === 'checkpoint') this.#compareState(attested, checked);
  }

  /** Whether these words are their author's. Those that are not came unchecked in its own session: they are its deed. */
  #sound(word: Attested): boolean {
    if (this.#words.sound(word, (attested) => this.#authentic(attested))) return true;
    this.#words.forget(word);
    this.detected('invalid-signature', word.from);
    return false;
  }

  /** A checkpoint is certified: whoever signed another state for it has another state, or says so. */
  stable(sequence: Sequence, digest: Digest): void {
    this.#stable.set(sequence, digest);
    for (const at of this.#stable.keys()) {
      if (this.#stable.size <= KEPT_STABLE) break;
      this.#stable.delete(at);
    }
    for (let peer = 0; peer < this.#o.n; peer++) {
      for (const word of [...this.#words.of(peer)]) {
        if (word.message.type === 'checkpoint' && sequenceOf(word.message) === sequence)
          this.#compareState(word, false);
      }
    }
  }

  /** The checkpoints that were found to differ, per peer: each counts once. */
  readonly #differed = new Set<string>();

  #compareState(word: Attested, checked: boolean): void {
    const sequence = sequenceOf(word.message);
    const { digest } = word.message as AnyMessage & { readonly digest?: Digest };
    const certified = this.#stable.get(sequence);
    if (certified === undefined || digest === certified) return;
    const key = `${word.from}:${sequence}`;
    if (this.#differed.has(key) || !(checked || this.#sound(word))) return;
    this.#differed.add(key);
    if (this.#differed.size > KEPT_STABLE * this.#o.n) this.#differed.delete([...this.#differed][0]!);
    this.detected('wrong-state-hash', word.from);
    this.show(word);
  }

  /** Somebody's signed words that do not fit what others were told: they go to all. Their signature holds. */
  show(attested: Attested): void {
    const { from, envelope } = attested;
    this.#period();
    // Once there is evidence, more of it convicts nobody more.
    const enough = this.#book.provenAgainst(from) > 2 || this.#shownOf[from]! >= MAX_EXHIBITS / 4;
    if (from === this.#o.self) return;
    if (envelope.signature.length === 0) return this.#dispute(attested);
    if (enough) return;
    this.#shownOf[from]!++;
    this.#exhibit(attested);
  }

  #exhibit({ envelope }: Attested): void {
    this.#o.broadcast(encodeValue([EXHIBIT_ITEM, envelope.body, envelope.signature]));
  }

  /** A session alone vouches for it, which shows nobody else anything: from now on its author is asked to sign. */
  #dispute(attested: Attested): void {
    const liar = this.#disputes.add(attested, this.#o.codec.schemaOf(attested.message).role);
    if (liar !== undefined) this.detected('equivocation', liar);
    this.#o.disputed(attested.from);
  }

  /** A view begins: whoever asked for it may have told others something else. */
  entered(view: View): void {
    const held: WireValue[] = [];
    for (let peer = 0; peer < this.#o.n; peer++) {
      const word = this.#asked(peer, view);
      if (word !== undefined) held.push([peer, word.envelope.signature.slice(0, NAME_BYTES)]);
    }
    if (held.length > 0) this.#o.broadcast(encodeValue([HELD_ITEM, view, held]));
  }

  /** Which VIEW-CHANGEs another one holds. */
  onHeld(peer: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    const [, view, held] = item;
    if (item.length !== 3 || typeof view !== 'number' || !Array.isArray(held) || held.length > MAX_VALIDATORS)
      return 'body-malformed';
    this.#period();
    if (this.#shownBy[peer]! >= MAX_EXHIBITS) return 'rate-limited';
    this.#shownBy[peer]!++;
    for (const pair of held as readonly unknown[]) {
      const [from, name] = Array.isArray(pair) ? (pair as readonly unknown[]) : [];
      if (typeof from !== 'number' || !(name instanceof Uint8Array)) return 'body-malformed';
      const word = this.#asked(from, view);
      if (word === undefined || bytesEqual(word.envelope.signature.subarray(0, NAME_BYTES), name)) continue;
      // Who asks pays for it: a liar could otherwise have its own words shown until there is no room for what convicts it.
      if (this.#shownFor[peer]! >= Math.max(MAX_SHOWN_FOR, this.#o.n) || !this.#sound(word)) continue;
      this.#shownFor[peer]!++;
      this.#exhibit(word);
    }
    return undefined;
  }

  #asked(from: ReplicaId, view: View): Attested | undefined {
    return this.#words.of(from).find(({ message }) => {
      const asked = message as AnyMessage & { readonly view?: View };
      return this.#o.codec.schemaOf(message).role === 'view-change' && asked.view === view;
    });
  }

  /** A peer shows us what somebody signed. */
  onExhibit(peer: ReplicaId, item: readonly unknown[]): RejectionCode | undefined {
    const [, body, signature] = item;
    if (item.length !== 3 || !(body instanceof Uint8Array) || !(signature instanceof Uint8Array))
      return 'body-malformed';
    this.#period();
    if (this.#shownBy[peer]! >= MAX_EXHIBITS) return 'rate-limited';
    this.#shownBy[peer]!++;
    // Who is in another epoch yet, or already, shows what was said there; here no signature of it would hold.
    const epoch = epochOfBody(body);
    if (epoch !== undefined && epoch !== this.#o.epoch) return 'epoch-mismatch';
    const decoded = this.#o.codec.decodeBody(body);
    if (typeof decoded === 'string') return decoded;
    if (decoded.from === this.#o.self) return undefined;
    const attested: Attested = { ...decoded, envelope: { body, signature } };
    const { signed, role } = this.#o.codec.schemaOf(decoded.message);
    if (signed === 'session' || signature.length === 0) return 'signature-length';
    if (!this.#authentic(attested)) return 'signature-invalid';
    if (signed === 'always' && role !== 'vote' && role !== 'proposal') this.words(attested, true);
    this.#o.compare(attested);
    return undefined;
  }

  #authentic(attested: Attested): boolean {
    const schema = this.#o.codec.schemaOf(attested.message);
    const claims = this.#o.claims(attested, schema);
    return typeof claims !== 'string' && claims.length > 0 && claims.every((claim) => this.#o.holds(claim));
  }

  #period(): void {
    const nowMs = this.#o.clock.nowMs();
    if (nowMs - this.#periodMs < EXHIBIT_PERIOD_MS) return;
    this.#periodMs = nowMs;
    this.#shownBy.fill(0);
    this.#shownOf.fill(0);
    this.#shownFor.fill(0);
    this.#replays.fill(0);
  }
}

function sequenceOf(message: AnyMessage): Sequence {
  return Number((message as { readonly sequence?: unknown }).sequence ?? -1);
}

/** The slot that a proposal or a vote is for. HotStuff's block carries it in its leader's vote. */
function slotOf(message: AnyMessage): Sequence {
  const { sequence, vote } = message as {
    readonly sequence?: Sequence;
    readonly vote?: Attested<AnyMessage & { readonly sequence: Sequence }>;
  };
  return sequence ?? vote?.message.sequence ?? -1;
}
