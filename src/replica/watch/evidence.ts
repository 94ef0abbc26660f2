/**
 * Evidence: two messages that one validator signed and no honest one signs both. In memory and on the disk so many of
 * each validator are kept; as a file it is judged by anybody who has the genesis, and by nothing else.
 */

import { createMessageCodec, type MessageCodec } from '../../codec/message-codec.ts';
import { bytesEqual, fromHex, toHex } from '../../core/bytes.ts';
import type { Chain } from '../../core/genesis.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { MAX_EVIDENCE_PER_VALIDATOR } from '../../core/limits.ts';
import type { Attested } from '../../core/machine.ts';
import { certificateClaims, voteClaims } from '../../crypto/certificate-claims.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { Verifier } from '../../crypto/interface.ts';
import { protocolByName } from '../../protocols/registry.ts';
import type { SignedBody, StoredEvidence } from '../../storage/interface.ts';
import { createBatchDigests } from '../batch-digest.ts';

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
    if (own.length >= MAX_EVIDENCE_PER_VALIDATOR) return false;
    const alike = own.filter(({ offence }) => offence === evidence.offence);
    if (alike.length >= MAX_PER_OFFENCE || alike.some((other) => samePair(other, evidence))) return false;
    this.#found.push(evidence);
    return true;
  }

  has(evidence: Evidence): boolean {
    return this.#found.some((other) => other.from === evidence.from && samePair(other, evidence));
  }

  against(from: ReplicaId): number {
    return this.#found.reduce((sum, evidence) => sum + Number(evidence.from === from), 0);
  }

  list(): readonly Evidence[] {
    return this.#found;
  }
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
  /** What was signed, and the signatures, as hex. */
  readonly messages: readonly { readonly body: string; readonly signature: string }[];
}

export function evidenceDocument(chain: Chain, evidence: StoredEvidence): EvidenceDocument {
  const { from, offence, seenMs, first, second } = evidence;
  return {
    format: EVIDENCE_FORMAT,
    chain: chain.idHex,
    validator: chain.genesis.validators[from]?.name ?? String(from),
    from,
    offence,
    seenMs,
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

/** Judges evidence with the genesis alone. */
export class EvidenceChecker {
  private readonly chain: Chain;
  private readonly verifier: Verifier;
  private readonly codec: MessageCodec;

  constructor(chain: Chain, hasher: Hasher, verifier: Verifier) {
    this.chain = chain;
    this.verifier = verifier;
    const { genesis } = chain;
    const { batchDigest } = createBatchDigests(hasher);
    this.codec = createMessageCodec(protocolByName(genesis.protocol)!.messages, {
      n: genesis.validators.length,
      batchDigest,
      limits: genesis.parameters,
    });
  }

  /** A document as it was read, by whomever it was given; the reason where it proves nothing. */
  check(document: unknown): ProvenOffence | string {
    const parsed = parse(document);
    if (typeof parsed === 'string') return parsed;
    if (parsed.chain !== this.chain.idHex)
      return `it is of the chain ${parsed.chain}, and this is ${this.chain.idHex}`;
    return this.judge(parsed.messages[0]!, parsed.messages[1]!);
  }

  /** Two signed bodies. */
  judge(first: Omit<SignedBody, 'from'>, second: Omit<SignedBody, 'from'>): ProvenOffence | string {
    if (bytesEqual(first.body, second.body)) return 'both messages are the same';
    const a = this.codec.decodeBody(first.body);
    const b = this.codec.decodeBody(second.body);
    if (typeof a === 'string' || typeof b === 'string') {
      return `a message is none of this chain's protocol (${typeof a === 'string' ? a : b})`;
    }
    if (a.from !== b.from) return 'the messages are of different validators';
    const { genesis } = this.chain;
    const offence = protocolByName(genesis.protocol)!.contradiction?.(a.message, b.message);
    if (offence === undefined) return 'an honest validator may have signed both messages';
    const validator = genesis.validators[a.from]!;
    for (const [{ body, signature }, { message }] of [
      [first, a],
      [second, b],
    ] as const) {
      const { signed } = this.codec.schemaOf(message);
      const claims =
        signed === 'always'
          ? certificateClaims(this.chain, validator, body, signature)
          : voteClaims(this.chain, validator, body, signature);
      if (signed === 'session' || claims?.length === 0) {
        return 'the messages carry no signatures: a session vouched for them, which convinces nobody else';
      }
      if (claims === undefined || !claims.every((claim) => this.verifier.verifySync(claim))) {
        return `a signature of validator ${validator.name} does not hold`;
      }
    }
    return { validator: validator.name, from: a.from, offence, messages: [a.message, b.message] };
  }
}

function parse(document: unknown):
  | {
      readonly chain: string;
      readonly messages: readonly { readonly body: Uint8Array; readonly signature: Uint8Array }[];
    }
  | string {
  if (typeof document !== 'object' || document === null) return 'it is no evidence';
  const { format, chain, messages } = document as Record<string, unknown>;
  if (format !== EVIDENCE_FORMAT) return `its format is not ${EVIDENCE_FORMAT}`;
  if (typeof chain !== 'string' || !Array.isArray(messages) || messages.length !== 2)
    return 'it is no evidence';
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
  return { chain, messages: read };
}
