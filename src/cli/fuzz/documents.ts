/**
 * What travels by itself and is believed for its signatures or hashes: evidence, records of addresses, changes of the set,
 * proofs, pieces of a state. Each target changes good ones and gives them to the very judge that production asks. What a
 * judge takes must be what somebody signed: if anything else is taken, that is a failure, not an outcome.
 */

import { AuthenticatedMap } from '../../apps/authenticated-map.ts';
import { appCodec } from '../../apps/codecs.ts';
import { MapAssembly } from '../../apps/map-assembly.ts';
import { verifyProof } from '../../apps/map-proof.ts';
import { applicationByName } from '../../apps/registry.ts';
import { encodeAccusation } from '../../codec/accusation-codec.ts';
import {
  approvalInput,
  decodeApproved,
  encodeApproved,
  encodeChange,
  encodeMembership,
  type SetChange,
} from '../../codec/membership-codec.ts';
import { createMessageCodec } from '../../codec/message-codec.ts';
import { bytesEqual, fromHex, toHex } from '../../core/bytes.ts';
import type { Chain } from '../../core/genesis.ts';
import type { AnyMessage, Attested } from '../../core/machine.ts';
import { genesisMembership, type Membership, type ValidatorSet } from '../../core/membership.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { Authenticator } from '../../crypto/authenticator.ts';
import type { Hasher } from '../../crypto/hash.ts';
import type { Signer, Verifier } from '../../crypto/interface.ts';
import { merkleProof, merkleRoot } from '../../crypto/merkle.ts';
import { EpochChain, encodeProof } from '../../proofs/epochs.ts';
import {
  type CheckpointFields,
  checkpointDigest,
  encodeMeta,
  GENESIS_HEADER,
} from '../../proofs/ledger-header.ts';
import { PROOF_FORMAT, ProofChecker } from '../../proofs/proof-check.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { AddressBook } from '../../replica/addresses.ts';
import { createBatchDigests } from '../../replica/batch-digest.ts';
import { CertificateChecker } from '../../replica/certificates.ts';
import { Court } from '../../replica/conviction.ts';
import { judgeChange } from '../../replica/membership.ts';
import { EvidenceChecker, evidenceDocument } from '../../replica/watch/evidence.ts';
import { MemoryEpochs } from '../../storage/epoch-store.ts';
import { garbage, mutate, noise } from './mutate.ts';

export interface DocumentParties {
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly verifier: Verifier;
  /** Of all validators. */
  readonly authenticators: readonly Authenticator[];
  /** Their Ed25519 identity keys. */
  readonly signers: readonly Signer[];
}

/** The one whose words contradict each other. */
const LIAR = 3;
const WALL_MS = 1_700_000_000_000;
const MOMENT = { sequence: 20, timeMs: WALL_MS };

export type DocumentTarget =
  | 'evidence'
  | 'evidence file'
  | 'address record'
  | 'join request'
  | 'epoch proof'
  | 'proof file'
  | 'state piece'
  | 'application';

class Taken extends Error {}

/** What nobody signed was believed. */
function believed(what: string): never {
  throw new Taken(`${what}, and nobody signed it`);
}

class Documents {
  readonly random: SeededRandom;
  private readonly p: DocumentParties;
  private readonly codec;
  private readonly membership: Membership;

  constructor(parties: DocumentParties, random: SeededRandom) {
    this.p = parties;
    this.random = random;
    const { chain, hasher } = parties;
    this.codec = createMessageCodec(protocolByName(chain.genesis.protocol)!.messages, {
      n: chain.genesis.validators.length,
      batchDigest: createBatchDigests(hasher).batchDigest,
      limits: chain.genesis.parameters,
    });
    this.membership = genesisMembership(chain.genesis);
    for (const { ed25519, mlDsa87 } of chain.genesis.validators) {
      parties.verifier.prepare('ed25519', fromHex(ed25519)!);
      parties.verifier.prepare('ml-dsa-87', fromHex(mlDsa87)!);
    }
  }

  private changed(of: readonly Uint8Array[]): Uint8Array {
    const { random } = this;
    if (random.chance(0.03)) return Uint8Array.from(garbage(random));
    return mutate(random.pick(of), random.pick(of), random);
  }

  private signed(from: number, message: object): Attested {
    const body = this.codec.encodeBody(message as AnyMessage, from);
    const signature = this.p.authenticators[from]!.sign(body, true).slice();
    return { from, message: message as AnyMessage, envelope: { body, signature } };
  }

  private hex(): string {
    return toHex(noise(32, this.random));
  }

  private pairs(): [Attested, Attested][] {
    const slot = { epoch: 0, view: 2, sequence: 9 };
    const vote = (type: string) => this.signed(LIAR, { type, ...slot, digest: this.hex() });
    const change = () =>
      this.signed(LIAR, {
        type: 'view-change',
        epoch: 0,
        view: 3,
        stable: 0,
        checkpoints: [{ sequence: 0, digest: this.hex() }],
        prepared: [{ view: 1, sequence: 4, digest: this.hex() }],
        preprepared: [{ view: 1, sequence: 4, digest: this.hex() }],
      });
    const point = () =>
      this.signed(LIAR, { type: 'checkpoint', epoch: 0, sequence: 128, digest: this.hex() });
    return [
      ...['pre-prepare', 'prepare', 'commit'].map((type): [Attested, Attested] => [vote(type), vote(type)]),
      [change(), change()],
      [point(), point()],
    ];
  }

  /** The payload of the transaction that accuses. */
  evidence(): () => string {
    const { chain, hasher, verifier } = this.p;
    const court = new Court({
      chain,
      digests: createBatchDigests(hasher),
      verify: (item) => verifier.verifySync(item),
    });
    const payloads = this.pairs().map(([first, second]) =>
      encodeAccusation({ member: LIAR, first: first.envelope, second: second.envelope }),
    );
    return () => {
      const verdict = court.judge(this.membership, this.changed(payloads), MOMENT);
      if ('code' in verdict) return verdict.code;
      return verdict.name === chain.genesis.validators[LIAR]!.name
        ? 'taken'
        : believed('an honest one is convicted');
    };
  }

  /** JSON, as bytes, and as a value whose fields are changed. */
  private file(of: readonly object[], judge: (document: unknown) => string): () => string {
    const texts = of.map((document) => new TextEncoder().encode(JSON.stringify(document)));
    const { random } = this;
    return () => {
      if (random.chance(0.5)) {
        const value = structuredClone(random.pick(of)) as Record<string, unknown>;
        spoil(value, random);
        // What JSON cannot say, nobody can send.
        return judge(JSON.parse(JSON.stringify(value)));
      }
      let document: unknown;
      try {
        document = JSON.parse(
          new TextDecoder().decode(mutate(random.pick(texts), random.pick(texts), random)),
        );
      } catch {
        return 'json-malformed';
      }
      return judge(document);
    };
  }

  evidenceFile(): () => string {
    const { chain, hasher, verifier } = this.p;
    const documents = this.pairs().map(([first, second]) => {
      const plain = ({ from, envelope }: Attested) => ({ from, ...envelope });
      const stored = { from: LIAR, offence: 'x', seenMs: 1, first: plain(first), second: plain(second) };
      return JSON.parse(JSON.stringify(evidenceDocument(chain, stored))) as object;
    });
    const checker = new EvidenceChecker(chain, hasher, verifier);
    return this.file(documents, (document) => {
      const fact = checker.check(document);
      if (typeof fact === 'string') return 'refused';
      return fact.from === LIAR ? 'taken' : believed('evidence against an honest one holds');
    });
  }

  addressRecord(): () => string {
    const { chain, verifier, signers } = this.p;
    const { members } = this.membership.current;
    let nowMs = 0;
    const clock = {
      nowMs: () => nowMs,
      wallMs: () => WALL_MS + nowMs,
      after: () => () => {},
      endOfTurn: () => {},
    };
    const book = (self: number | undefined, url: string) =>
      new AddressBook({
        chainId: chain.id,
        clock,
        members: () => members,
        verify: (item) => verifier.verifySync(item),
        sign: (input) => signers[self ?? 0]!.sign(input).slice(),
        url,
        self: () => self,
        changed: () => {},
      });
    const urls = [
      'ws://127.0.0.1:7101',
      'wss://validator.example:443',
      `ws://${'a'.repeat(200)}.example:65535`,
    ];
    const good = members.flatMap(({ id }) => urls.map((url) => book(id, url).own()!));
    return () => {
      nowMs += 10;
      const record = this.changed(good);
      const verdict = book(undefined, '').take(record);
      if (verdict === 'new' && !good.some((one) => bytesEqual(one, record))) believed('an address is taken');
      return verdict === 'new' || verdict === 'known' ? 'taken' : verdict;
    };
  }

  /** Joining, leaving, new keys, coming back: with the approvals of those who may. */
  joinRequest(): () => string {
    const { chain, verifier, authenticators } = this.p;
    const fresh = () => ({ ed25519: this.hex(), mlDsa87: toHex(noise(2592, this.random)) });
    const v3 = chain.genesis.validators[LIAR]!.name;
    const changes: readonly [SetChange, readonly number[]][] = [
      [{ kind: 'add', epoch: 0, name: 'v9', url: 'ws://127.0.0.1:7109', ...fresh() } as SetChange, [0, 1, 2]],
      [{ kind: 'remove', epoch: 0, name: v3 } as SetChange, [0, 1, 2]],
      [{ kind: 'rotate', epoch: 0, name: v3, ...fresh() } as SetChange, [LIAR]],
      [{ kind: 'rejoin', epoch: 0, name: v3, token: toHex(noise(16, this.random)) } as SetChange, [LIAR]],
    ];
    const signed = changes.map(([change]) => encodeChange(change));
    const payloads = changes.map(([, who], i) =>
      encodeApproved(
        signed[i]!,
        who.map((member) => ({
          member,
          signature: authenticators[member]!.signInput(approvalInput(chain.id, signed[i]!)).slice(),
        })),
      ),
    );
    const verify = verifier.verifySync.bind(verifier);
    return () => {
      const approved = decodeApproved(this.changed(payloads));
      if (approved === undefined) return 'change-malformed';
      const verdict = judgeChange(this.membership, approved, MOMENT, { chain, verify });
      if ('code' in verdict) return verdict.code;
      return signed.some((one) => bytesEqual(one, approved.bytes))
        ? 'taken'
        : believed('a change of the set is approved');
    };
  }

  private checkpoint(membership: Uint8Array, sequence: number, more: Partial<CheckpointFields> = {}) {
    const { chain, hasher } = this.p;
    const fields: CheckpointFields = {
      header: { ...GENESIS_HEADER, sequence, timeMs: 5 },
      appRoot: noise(32, this.random),
      clientsRoot: noise(32, this.random),
      epoch: 0,
      membership,
      ...more,
    };
    const digest = checkpointDigest(hasher, chain.id, fields);
    const certificate = [0, 1, 2].map((from) =>
      this.signed(from, { type: 'checkpoint', epoch: 0, sequence, digest }),
    );
    return { digest, meta: encodeMeta(fields, 1), certificate };
  }

  epochProof(): () => string {
    const { chain, hasher, verifier } = this.p;
    const set = { epoch: 1, since: 256, members: this.membership.current.members.slice(0, 4) };
    const bytesOf = (of: ValidatorSet) => encodeMembership({ ...this.membership, current: of });
    const { meta, certificate } = this.checkpoint(
      encodeMembership({ ...this.membership, pending: { set, what: 'rotate' } }),
      256,
    );
    const proofs = [encodeProof(meta, certificate), encodeProof(meta, certificate.slice(0, 2))];
    return () => {
      const epochs = new EpochChain({
        chain,
        hasher,
        store: new MemoryEpochs(),
        verify: (item) => verifier.verifySync(item),
        needed: () => 3,
      });
      const bytes = this.changed(proofs);
      const verdict = epochs.add(bytes);
      if (verdict !== 'added') return verdict === 'bad' ? 'bad-claim' : 'known';
      return bytesEqual(bytesOf(epochs.latest), bytesOf(set))
        ? 'taken'
        : believed('a set of validators is taken');
    };
  }

  proofFile(): () => string {
    const { chain, hasher, verifier } = this.p;
    const map = new AuthenticatedMap(hasher);
    const [key, value] = [Uint8Array.of(1, 2, 3), noise(40, this.random)];
    map.set(key, value);
    for (let i = 0; i < 200; i++) map.set(noise(8, this.random), noise(20, this.random));
    const state = map.snapshot();
    const transactions = Array.from({ length: 5 }, () => noise(120, this.random));
    const leaves = transactions.map((bytes) => hasher.hash('transaction', bytes));
    const results = transactions.map(() => noise(32, this.random));
    const index = 2;
    const header = {
      ...GENESIS_HEADER,
      sequence: 128,
      timeMs: 5,
      transactions: merkleRoot(hasher, leaves),
      results: merkleRoot(hasher, results),
    };
    const { meta, digest, certificate } = this.checkpoint(encodeMembership(this.membership), 128, {
      header,
      appRoot: state.root,
    });
    const head = {
      format: PROOF_FORMAT,
      chain: chain.idHex,
      epochs: [],
      checkpoint: {
        sequence: 128,
        epoch: 0,
        digest,
        meta: toHex(meta),
        certificate: certificate.map(({ from, envelope }) => ({
          from,
          body: toHex(envelope.body),
          signature: toHex(envelope.signature),
        })),
      },
    };
    const entry = {
      ...head,
      kind: 'entry',
      key: toHex(key),
      value: toHex(value),
      path: toHex(state.prove(key)),
    };
    const absent = Uint8Array.of(9, 9);
    const none = {
      ...head,
      kind: 'entry',
      key: toHex(absent),
      value: null,
      path: toHex(state.prove(absent)),
    };
    const transaction = {
      ...head,
      kind: 'transaction',
      sequence: 128,
      transaction: toHex(transactions[index]!),
      result: toHex(results[index]!),
      index,
      size: leaves.length,
      path: merkleProof(hasher, leaves, index).path.map(toHex),
      resultPath: merkleProof(hasher, results, index).path.map(toHex),
      previous: toHex(header.previous),
      headers: [{ timeMs: 5, transactions: toHex(header.transactions), results: toHex(header.results) }],
    };
    const checker = new ProofChecker(
      chain,
      hasher,
      new CertificateChecker(chain, hasher, verifier),
      verifyProof,
    );
    return this.file([entry, none, transaction], (document) => {
      const fact = checker.check(document);
      if (typeof fact === 'string') return 'refused';
      const true_ =
        fact.kind === 'entry'
          ? fact.value === toHexOf(state.get(fromHex(fact.key!)!))
          : fact.transaction === transaction.transaction && fact.result === transaction.result;
      return true_ ? 'taken' : believed('a fact is proven');
    });
  }

  /** What clients have applications do, and what replicas give clients as results. */
  application(): () => string {
    const { random } = this;
    const account = toHex(noise(32, random));
    const requests = [
      { app: 'kv', ask: { op: 'put', key: 'a', value: { b: [1] } } },
      { app: 'kv', ask: { op: 'get', key: 'a' } },
      { app: 'kv', ask: { op: 'delete', key: 'a' } },
      { app: 'kv', ask: { op: 'cas', key: 'a', expected: 'x', value: null } },
      { app: 'ledger', ask: { op: 'transfer', to: account, amount: 5, memo: 'rent' } },
      { app: 'ledger', ask: { op: 'balance', account } },
    ];
    const apps = ['kv', 'ledger'].map((name) => ({
      codec: appCodec(name),
      app: applicationByName(name).create({}, this.p.hasher),
      payloads: requests
        .filter(({ app }) => app === name)
        .map(({ ask }) => appCodec(name).encodeCommand(ask)),
      results: [] as Uint8Array[],
    }));
    let sequence = 0;
    const client = toHex(noise(32, random));
    return () => {
      const { codec, app, payloads, results } = random.pick(apps);
      const payload = random.chance(0.2) ? random.pick(payloads) : this.changed(payloads);
      const refused = app.check({ client, payload, readOnly: false });
      const [result] = app.execute({ sequence: ++sequence, timeMs: sequence }, [
        { client, payload, readOnly: random.chance(0.2) },
      ]);
      const answer = app.query(payload);
      for (const one of [result!, answer]) {
        codec.decodeResult(one);
        if (results.length < 64) results.push(one);
        else results[random.below(64)] = one;
      }
      codec.decodeResult(this.changed(results));
      return refused === undefined ? 'taken' : 'refused';
    };
  }

  /** A map is put together anew from pieces, good and bad. */
  statePiece(): () => string {
    const { hasher } = this.p;
    const { random } = this;
    const map = new AuthenticatedMap(hasher);
    const keys = Array.from({ length: 400 }, () => noise(1 + random.below(12), random));
    for (const key of keys) map.set(key, noise(random.below(60), random));
    // Most of it is at hand, so that branches are asked for, and few entries at once.
    const base = map.snapshot();
    for (const key of keys.slice(0, 40)) map.set(key, noise(20, random));
    const state = map.snapshot();
    const known: Uint8Array[] = [noise(30, random)];
    let assembly = new MapAssembly(hasher, state.root, base);
    return () => {
      let [hole] = [...assembly.take(1)];
      if (hole === undefined) {
        assembly = new MapAssembly(hasher, state.root, base);
        [hole] = [...assembly.take(1)];
      }
      const piece = state.piece(hole!.place, !hole!.branch)!;
      if (known.length < 64) known.push(piece);
      const bytes = random.chance(0.9) ? mutate(piece, random.pick(known), random) : this.changed(known);
      const same = bytesEqual(bytes, piece);
      const taken = assembly.fill(hole!, bytes);
      if (taken && !same) believed('a piece of a state is taken');
      if (!taken && (same || !assembly.fill(hole!, piece)))
        throw new Taken('the right piece of a state was refused');
      return taken ? 'taken' : 'bad-piece';
    };
  }
}

const toHexOf = (bytes: Uint8Array | undefined): string | null => (bytes === undefined ? null : toHex(bytes));

/** Something in a JSON value is of another type, of another length, missing, or somebody else's. */
function spoil(value: Record<string, unknown>, random: SeededRandom): void {
  let at = value;
  for (;;) {
    const key = random.pick(Object.keys(at));
    const inner = at[key];
    if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random.chance(0.8)) {
      at = inner as Record<string, unknown>;
      continue;
    }
    switch (random.below(7)) {
      case 0:
        delete at[key];
        return;
      case 1:
        at[key] = random.pick([null, -1, 2 ** 53, 0.5, '', 'zz', [], {}, true, '00', 1e300]);
        return;
      case 2:
        at[key] = [inner, inner];
        return;
      case 3:
        at[key] = { length: 3, 0: inner };
        return;
      case 4:
        at[key] = typeof inner === 'number' ? inner + 1 : `${String(inner)}0`;
        return;
      default:
        if (typeof inner !== 'string' || inner.length === 0) at[key] = random.below(5);
        else {
          const place = random.below(inner.length);
          at[key] = inner.slice(0, place) + '0123456789abcdef'[random.below(16)] + inner.slice(place + 1);
        }
        return;
    }
  }
}

/**
 * Each gives one changed thing to its judge, and says what came of it. Throws where what nobody signed is believed.
 * `seldom`: the same with long signatures, which take long to change and to check: one in eight.
 */
export function documentTargets(
  usual: DocumentParties,
  seldom: DocumentParties,
  random: SeededRandom,
): Readonly<Record<DocumentTarget, () => string>> {
  const [short, long] = [targetsOf(usual, random), targetsOf(seldom, random)];
  const mixed = (target: DocumentTarget) => () => (random.below(8) === 0 ? long : short)[target]();
  return Object.fromEntries(
    (Object.keys(short) as DocumentTarget[]).map((target) => [target, mixed(target)]),
  ) as Record<DocumentTarget, () => string>;
}

function targetsOf(
  parties: DocumentParties,
  random: SeededRandom,
): Readonly<Record<DocumentTarget, () => string>> {
  const documents = new Documents(parties, random);
  return {
    evidence: documents.evidence(),
    'evidence file': documents.evidenceFile(),
    'address record': documents.addressRecord(),
    'join request': documents.joinRequest(),
    'epoch proof': documents.epochProof(),
    'proof file': documents.proofFile(),
    'state piece': documents.statePiece(),
    application: documents.application(),
  };
}
