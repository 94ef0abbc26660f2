/**
 * Evidence: two messages that one validator signed and no honest one signs both. In memory and on the disk so many of
 * each validator are kept; as a file it is judged by anybody who has the genesis, and by nothing else.
 */

import { epochOfBody } from '../../codec/body-epoch.ts';
import { bytesEqual, fromHex, toHex } from '../../core/bytes.ts';
import type { Chain } from '../../core/genesis.ts';
import type { Epoch, ReplicaId } from '../../core/ids.ts';
import { MAX_EVIDENCE_PER_VALIDATOR } from '../../core/limits.ts';
import type { Attested } from '../../core/machine.ts';
import type { ValidatorSet } from '../../core/membership.ts';
import { certificateClaims, voteClaims } from '../../crypto/certificate-claims.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { Verifier } from '../../crypto/interface.ts';
import { protocolByName } from '../../protocols/registry.ts';
import type { SignedBody, StoredEvidence } from '../../storage/interface.ts';
import { Judges } from '../judges.ts';

/** Two messages that contradict each other. */
export interface Evidence {
  readonly offence: string;
  readonly from: ReplicaId;
  readonly first: Attested;
  readonly second: Attested;
}

/** Of one offence by one validator so many are kept: the rest would only crowd out other offences. */
const MAX_PER_OFFENCE = 4;

/** What this process has found. */
export class EvidenceBook {
  readonly #found: Evidence[] = [];

  /** Whether it is new, and there is room for it. */
  add(evidence: Evidence): boolean {
    const own = this.#found.filter(({ from }) => from === evidence.from);
    const alike = own.filter(({ offence }) => offence === evidence.offence);
    if (this.has(evidence)) return false;
    if (own.length >= MAX_EVIDENCE_PER_VALIDATOR || alike.length >= MAX_PER_OFFENCE) {
      // What convinces others takes the place of what convinces us alone: else a liar fills the book with that first.
      const weaker = (alike.length >= MAX_PER_OFFENCE ? alike : own).find((other) => !portable(other));
      if (weaker === undefined || !portable(evidence)) return false;
      this.#found.splice(this.#found.indexOf(weaker), 1);
    }
    this.#found.push(evidence);
    return true;
  }

  /** Whether the same messages are here, and signed if these are. */
  has(evidence: Evidence): boolean {
    return this.#found.some(
      (other) =>
        other.from === evidence.from && samePair(other, evidence) && (portable(other) || !portable(evidence)),
    );
  }

  /** How much of what is here against one would convince others. */
  provenAgainst(from: ReplicaId): number {
    return this.#found.reduce((sum, one) => sum + Number(one.from === from && portable(one)), 0);
  }

  against(from: ReplicaId): number {
    return this.#found.reduce((sum, evidence) => sum + Number(evidence.from === from), 0);
  }

  list(): readonly Evidence[] {
    return this.#found;
  }
}

/** Whether others would believe it: messages that a session vouched for carry no signatures. */
function portable({ first, second }: Evidence): boolean {
  return first.envelope.signature.length > 0 && second.envelope.signature.length > 0;
}

function samePair(a: Evidence, b: Evidence): boolean {
  const same = (x: Attested, y: Attested) => bytesEqual(x.envelope.body, y.envelope.body);
  return (
    (same(a.first, b.first) && same(a.second, b.second)) ||
    (same(a.first, b.second) && same(a.second, b.first))
  );
}

export const EVIDENCE_FORMAT = 'lockstep-evidence/1';

/** The portable file, as JSON. */
export interface EvidenceDocument {
  readonly format: typeof EVIDENCE_FORMAT;
  /** The chain's id: the digest of its genesis. */
  readonly chain: string;
  /** For people; what counts is signed. */
  readonly validator: string;
  readonly from: ReplicaId;
  readonly offence: string;
  readonly seenMs: number;
  /** What proves the validator sets from the genesis to the epoch of the messages (`epochs.ts`), oldest first. */
  readonly epochs: readonly string[];
  /** What was signed, and the signatures, as hex. */
  readonly messages: readonly { readonly body: string; readonly signature: string }[];
}

/** `sets`: who the validators of an epoch were; `proofs`: of all epochs, oldest first. */
export function evidenceDocument(
  chain: Chain,
  evidence: StoredEvidence,
  sets: (epoch: Epoch) => Pick<ValidatorSet, 'members'> | undefined = () => undefined,
  proofs: readonly Uint8Array[] = [],
): EvidenceDocument {
  const { from, offence, seenMs, first, second } = evidence;
  const epoch = epochOfBody(first.body) ?? 0;
  const validators = epoch === 0 ? chain.genesis.validators : sets(epoch)?.members;
  return {
    format: EVIDENCE_FORMAT,
    chain: chain.idHex,
    validator: validators?.[from]?.name ?? String(from),
    from,
    offence,
    seenMs,
    epochs: proofs.slice(0, epoch).map(toHex),
    messages: [first, second].map(({ body, signature }) => ({
      body: toHex(body),
      signature: toHex(signature),
    })),
  };
}

/** What evidence proves. */
export interface ProvenOffence {
  readonly validator: string;
  readonly from: ReplicaId;
  readonly offence: string;
  /** Both messages, decoded. */
  readonly messages: readonly object[];
}

/** Longest message that evidence may have, in hex digits: a VIEW-CHANGE of the widest window. */
const MAX_HEX = 32 << 20;

/** Judges evidence with the genesis alone, and what it says itself of the validator sets since. */
export class EvidenceChecker {
  private readonly chain: Chain;
  private readonly judges: Judges;

  constructor(chain: Chain, hasher: Hasher, verifier: Verifier) {
    this.chain = chain;
    this.judges = new Judges(chain, hasher, verifier, []);
  }

  /** A document as it was read, by whomever it was given; the reason where it proves nothing. */
  check(document: unknown): ProvenOffence | string {
    const parsed = parse(document);
    if (typeof parsed === 'string') return parsed;
    if (parsed.chain !== this.chain.idHex)
      return `it is of the chain ${parsed.chain}, and this is ${this.chain.idHex}`;
    if (!this.judges.learn(parsed.epochs))
      return 'what it says of the validator sets since the genesis does not hold';
    return this.judge(parsed.messages[0]!, parsed.messages[1]!);
  }

  /** Two signed bodies. */
  judge(first: Omit<SignedBody, 'from'>, second: Omit<SignedBody, 'from'>): ProvenOffence | string {
    if (bytesEqual(first.body, second.body)) return 'both messages are the same';
    const epoch = epochOfBody(first.body);
    const judge = this.judges.of(epoch ?? 0);
    if (judge === undefined) return `nothing here proves who the validators of epoch ${epoch} were`;
    const { codec, set } = judge;
    const a = codec.decodeBody(first.body);
    const b = codec.decodeBody(second.body);
    if (typeof a === 'string' || typeof b === 'string') {
      return `a message is none of this chain's protocol (${typeof a === 'string' ? a : b})`;
    }
    if (a.from !== b.from) return 'the messages are of different validators';
    const { genesis } = this.chain;
    const offence = protocolByName(genesis.protocol)!.contradiction?.(a.message, b.message);
    if (offence === undefined) return 'an honest validator may have signed both messages';
    const validator = set.members[a.from]!;
    for (const [{ body, signature }, { message }] of [
      [first, a],
      [second, b],
    ] as const) {
      const { signed } = codec.schemaOf(message);
      const claims =
        signed === 'always'
          ? certificateClaims(this.chain, set.epoch, validator, body, signature)
          : voteClaims(this.chain, set.epoch, validator, body, signature);
      if (signed === 'session' || claims?.length === 0) {
        return 'the messages carry no signatures: a session vouched for them, which convinces nobody else';
      }
      if (claims === undefined || !claims.every(this.judges.verify)) {
        return `a signature of validator ${validator.name} does not hold`;
      }
    }
    return { validator: validator.name, from: a.from, offence, messages: [a.message, b.message] };
  }
}

function parse(document: unknown):
  | {
      readonly chain: string;
      readonly epochs: readonly Uint8Array[];
      readonly messages: readonly { readonly body: Uint8Array; readonly signature: Uint8Array }[];
    }
  | string {
  if (typeof document !== 'object' || document === null) return 'it is no evidence';
  const { format, chain, messages, epochs: sets = [] } = document as Record<string, unknown>;
  if (format !== EVIDENCE_FORMAT) return `its format is not ${EVIDENCE_FORMAT}`;
  if (typeof chain !== 'string' || !Array.isArray(messages) || messages.length !== 2)
    return 'it is no evidence';
  if (!Array.isArray(sets)) return 'it is no evidence';
  const epochs: Uint8Array[] = [];
  for (const hex of sets as readonly unknown[]) {
    const bytes = typeof hex === 'string' && hex.length <= MAX_HEX ? fromHex(hex) : undefined;
    if (bytes === undefined) return 'what it says of the validator sets is not hex';
    epochs.push(bytes);
  }
  const read: { body: Uint8Array; signature: Uint8Array }[] = [];
  for (const message of messages as readonly unknown[]) {
    const { body, signature } = (message ?? {}) as Record<string, unknown>;
    if (typeof body !== 'string' || typeof signature !== 'string')
      return 'a message is not body and signature';
    if (body.length > MAX_HEX || signature.length > MAX_HEX) return 'a message is longer than any';
    const bytes = fromHex(body);
    const signed = signature === '' ? new Uint8Array(0) : fromHex(signature);
    if (bytes === undefined || signed === undefined) return 'a message is not hex';
    read.push({ body: bytes, signature: signed });
  }
  return { chain, epochs, messages: read };
}
