/**
 * Turns agreed batches into ledger headers, results and checkpoints. Everything here depends on the ledger alone,
 * so that replicas that executed the same slots hold the same bytes. Signatures were checked before the vote.
 */

import type { MapSnapshot } from '../apps/authenticated-map.ts';
import type { ClientId, Command, StateMachine } from '../apps/interface.ts';
import { errorResult, isErrorResult, okResult } from '../apps/results.ts';
import type { TrieHashing } from '../apps/trie-hashing.ts';
import { decodeApproved, encodeMembership } from '../codec/membership-codec.ts';
import { type ParsedTransaction, parseTransaction } from '../codec/transaction.ts';
import { invariant } from '../core/assert.ts';
import type { Batch } from '../core/batch.ts';
import { toHex } from '../core/bytes.ts';
import { LockstepError, type RejectionCode } from '../core/errors.ts';
import type { Chain } from '../core/genesis.ts';
import type { Digest, Epoch, Sequence } from '../core/ids.ts';
import { MAX_EVIDENCE_PER_SLOT } from '../core/limits.ts';
import { genesisMembership, type Membership, membershipAt } from '../core/membership.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import { merkleRoot } from '../crypto/merkle.ts';
import {
  type CheckpointFields,
  type CheckpointMeta,
  checkpointDigest,
  encodeMeta,
  GENESIS_HEADER,
  type HeaderFields,
  headerDigest,
  parseMeta,
  stateRootOf,
} from '../proofs/ledger-header.ts';
import type { ExecutedSlot } from '../storage/interface.ts';
import type { BatchDigests } from './batch-digest.ts';
import { ClientIds } from './client-ids.ts';
import { type ClientCheckpoint, ClientTable } from './clients.ts';
import { Court, type Verdict } from './conviction.ts';
import { judgeChange, type Moment, type Refusal } from './membership.ts';
import { RecentResults } from './recent-results.ts';

export interface ExecutorOptions {
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly app: StateMachine;
  readonly digests: BatchDigests;
  /** Whether a signature holds: approvals of a change are judged when it executes. */
  readonly verify: (item: VerifyItem) => boolean;
}

export interface ExecutedTransaction {
  readonly digest: Digest;
  /** Where it executed: earlier than this slot for one that was repeated. */
  readonly sequence: Sequence;
  readonly result: Uint8Array;
  /** Refused by the rules of at-most-once, or an error of the application. */
  readonly failed: boolean;
}

export interface ExecutedBatch {
  readonly header: Digest;
  readonly transactions: readonly ExecutedTransaction[];
  /** For the store. */
  readonly slot: ExecutedSlot;
}

/** The state at a checkpoint, held as long as somebody may ask for it. */
export interface CheckpointState {
  readonly sequence: Sequence;
  /** Whose validators sign it. */
  readonly epoch: Epoch;
  /** What a CHECKPOINT message signs. */
  readonly digest: Digest;
  readonly stateRoot: Digest;
  /** All that the digest binds, beside the state itself. */
  readonly meta: Uint8Array;
  /** The maps that make up the state, in the order of `sectionRoots`. */
  readonly sections: readonly MapSnapshot[];
  chunks(): Iterable<Uint8Array>;
}

/** The checkpoint of a state that execution has left behind, made in slices. */
export class CheckpointJob {
  readonly sequence: Sequence;
  private readonly finish: (clients: MapSnapshot) => CheckpointState;
  private readonly clients: ClientCheckpoint;
  private readonly app: TrieHashing;
  private ofClients: TrieHashing | undefined;

  constructor(
    sequence: Sequence,
    app: MapSnapshot,
    clients: ClientCheckpoint,
    finish: (clients: MapSnapshot) => CheckpointState,
  ) {
    this.sequence = sequence;
    this.clients = clients;
    this.app = app.hashing();
    this.finish = finish;
  }

  /** Does work for `budget` hashes of a node; gives the checkpoint once it is done. */
  step(budget: number): CheckpointState | undefined {
    let left = this.clients.step(budget);
    const { snapshot } = this.clients;
    if (left <= 0 || snapshot === undefined) return undefined;
    left = this.app.step(left);
    this.ofClients ??= snapshot.hashing();
    if (left > 0) left = this.ofClients.step(left);
    return left > 0 ? this.finish(snapshot) : undefined;
  }
}

export type Lookup =
  | { readonly kind: 'new' }
  | { readonly kind: 'executed'; readonly sequence: Sequence; readonly result: Uint8Array }
  | { readonly kind: 'refused'; readonly code: RejectionCode };

export class Executor {
  private readonly o: ExecutorOptions;
  private readonly court: Court;
  private members: Membership;
  private memberBytes: Uint8Array;
  private clients: ClientTable;
  private last: HeaderFields = GENESIS_HEADER;
  private lastHeader: Uint8Array;
  private readonly recent = new RecentResults();
  private readonly ids: ClientIds;

  constructor(options: ExecutorOptions) {
    this.o = options;
    this.court = new Court(options);
    this.clients = new ClientTable(options.hasher);
    this.ids = new ClientIds(options.hasher);
    this.members = genesisMembership(options.chain.genesis);
    this.memberBytes = encodeMembership(this.members);
    this.lastHeader = headerDigest(options.hasher, this.last);
  }

  /** The last executed slot; 0 before the first. */
  get sequence(): Sequence {
    return this.last.sequence;
  }

  get header(): Digest {
    return toHex(this.lastHeader);
  }

  /** The ledger's clock, ms since 1970. */
  get timeMs(): number {
    return this.last.timeMs;
  }

  /** The set that rules the last executed slot, and the change that is on its way. */
  get membership(): Membership {
    return this.members;
  }

  private setMembership(members: Membership): void {
    if (members === this.members) return;
    this.members = members;
    this.memberBytes = encodeMembership(members);
  }

  /** Why a change would be refused now, for whoever proposes it. Changes nothing. */
  adviseChange(payload: Uint8Array): Refusal | undefined {
    const moment = { sequence: this.sequence + 1, timeMs: this.timeMs };
    const judged = this.judge(membershipAt(this.members, moment.sequence), payload, moment);
    return 'code' in judged ? judged : undefined;
  }

  private judge(members: Membership, payload: Uint8Array, moment: Moment): Membership | Refusal {
    const approved = decodeApproved(payload);
    if (approved === undefined)
      return { code: 'change-malformed', message: 'the payload is no change of the validators' };
    return judgeChange(members, approved, moment, this.o);
  }

  private change(payload: Uint8Array, moment: Moment): Uint8Array {
    const judged = this.judge(this.members, payload, moment);
    if ('code' in judged) return errorResult(judged.code, judged.message);
    this.setMembership(judged);
    const { set } = judged.pending!;
    return okResult(2, (writer) => {
      writer.uint(set.epoch);
      writer.uint(set.since);
    });
  }

  /** Why evidence would be refused now. Changes nothing. */
  adviseEvidence(payload: Uint8Array): Refusal | undefined {
    const moment = { sequence: this.sequence + 1, timeMs: this.timeMs };
    const judged = this.court.judge(membershipAt(this.members, moment.sequence), payload, moment);
    return 'code' in judged ? judged : undefined;
  }

  /** `[name, offence, epoch, since, why not]`: the epoch in which the convicted is gone, 0 where it stays, and why it does. */
  private accusation(payload: Uint8Array, moment: Moment, judgedBefore: number): Uint8Array {
    if (judgedBefore >= MAX_EVIDENCE_PER_SLOT)
      return errorResult(
        'too-much-evidence',
        `a slot judges ${MAX_EVIDENCE_PER_SLOT} pieces of evidence: send it again`,
      );
    const judged: Verdict | Refusal = this.court.judge(this.members, payload, moment);
    if ('code' in judged) return errorResult(judged.code, judged.message);
    this.setMembership(judged.membership);
    const { pending } = this.members;
    const leaves = pending?.set.members.every(({ name }) => name !== judged.name) ?? false;
    const stays =
      pending === undefined ? this.court.obstacle(this.members) : 'another change of the set is on its way';
    return okResult(5, (writer) => {
      writer.str(judged.name);
      writer.str(judged.offence);
      writer.uint(leaves ? pending!.set.epoch : 0);
      writer.uint(leaves ? pending!.set.since : 0);
      writer.str(leaves ? '' : (stays ?? ''));
    });
  }

  clientOf(parsed: ParsedTransaction): ClientId {
    return this.ids.idOf(parsed.suite, parsed.publicKey);
  }

  /** What became of this transaction, for a client that asks again, and whether it could still execute. */
  lookup(parsed: ParsedTransaction, digest: Digest): Lookup {
    const recent = this.recent.get(digest);
    if (recent !== undefined) return { kind: 'executed', sequence: recent.sequence, result: recent.result };
    return this.past(this.clientOf(parsed), parsed.nonce, parsed.expiry, digest);
  }

  /** The same for one whose client is known, from the state alone. */
  past(client: ClientId, nonce: number, expiry: Sequence, digest: Digest): Lookup {
    const kept = this.clients.find(client, nonce, digest);
    if (kept !== undefined) return { kind: 'executed', sequence: kept.sequence, result: kept.result };
    const code = this.clients.refusal(client, nonce, expiry, this.sequence + 1);
    return code === undefined ? { kind: 'new' } : { kind: 'refused', code };
  }

  /** Executes the next slot. */
  execute(sequence: Sequence, batch: Batch): ExecutedBatch {
    invariant(sequence === this.sequence + 1, `slot ${sequence} is executed after ${this.sequence}`);
    const { hasher, app, digests } = this.o;
    const timeMs = Math.max(this.last.timeMs, batch.timeMs);
    this.setMembership(this.court.carryOut(membershipAt(this.members, sequence), { sequence, timeMs }));
    const { hex, root } = digests.of(batch);
    const plan = this.plan(batch, hex, sequence);
    const commands = plan.flatMap((step) => (step.command === undefined ? [] : [step.command]));
    const results = commands.length === 0 ? [] : app.execute({ sequence, timeMs }, commands);
    invariant(results.length === commands.length, 'an application gives one result per command');

    let at = 0;
    let accusations = 0;
    const leaves: Uint8Array[] = [];
    const clients: (ClientId | undefined)[] = [];
    const transactions: ExecutedTransaction[] = [];
    for (const step of plan) {
      let executed = step.refused;
      if (step.change !== undefined) {
        executed = this.record(step, this.change(step.change, { sequence, timeMs }), sequence);
      } else if (step.evidence !== undefined) {
        const result = this.accusation(step.evidence, { sequence, timeMs }, accusations++);
        executed = this.record(step, result, sequence);
      } else if (step.command !== undefined) {
        executed = this.record(step, results[at++]!, sequence);
      }
      invariant(executed !== undefined, 'every transaction is executed or refused');
      leaves.push(step.refusal ?? executed.result);
      clients.push(step.client);
      transactions.push(executed);
    }
    this.last = {
      previous: this.lastHeader,
      sequence,
      timeMs,
      transactions: root,
      results: merkleRoot(hasher, leaves),
    };
    this.lastHeader = headerDigest(hasher, this.last);
    const slot: ExecutedSlot = {
      sequence,
      epoch: this.members.current.epoch,
      timeMs,
      batchTimeMs: batch.timeMs,
      header: this.lastHeader,
      previous: this.last.previous,
      transactionsRoot: root,
      resultsRoot: this.last.results,
      batchDigest: batch.digest,
      transactions: batch.transactions,
      results: leaves,
      digests: hex,
      clients,
    };
    return { header: this.header, transactions, slot };
  }

  /** Decides, in order, which transactions execute; spending a nonce at once stops its double in the same batch. */
  private plan(batch: Batch, digests: readonly Digest[], sequence: Sequence): Step[] {
    const { maxTransactionBytes } = this.o.chain.genesis.parameters;
    return batch.transactions.map((bytes, i): Step => {
      const digest = digests[i]!;
      const parsed = parseTransaction(bytes, maxTransactionBytes);
      if (typeof parsed === 'string') return refusedStep(digest, parsed, sequence);
      const client = this.clientOf(parsed);
      const { nonce, expiry, payload } = parsed;
      const code = this.clients.refusal(client, nonce, expiry, sequence);
      if (code !== undefined) {
        const step = { ...refusedStep(digest, code, sequence), client };
        if (code === 'transaction-nonce') this.clients.refused(client, expiry);
        // The ledger says that it was refused; whoever asks for this transaction is told what it did the first time.
        const earlier = this.recent.get(digest) ?? this.clients.find(client, nonce, digest);
        if (earlier === undefined) return step;
        return {
          ...step,
          refused: { digest, sequence: earlier.sequence, result: earlier.result, failed: true },
        };
      }
      this.clients.spend(client, nonce, expiry);
      if (parsed.kind === 'change') return { digest, client, nonce, change: payload };
      if (parsed.kind === 'evidence') return { digest, client, nonce, evidence: payload };
      return { digest, client, nonce, command: { client, payload, readOnly: parsed.kind === 'read' } };
    });
  }

  private record(step: Step, result: Uint8Array, sequence: Sequence): ExecutedTransaction {
    const { digest, nonce, client } = step;
    this.clients.keep(client!, { nonce: nonce!, sequence, transaction: digest, result });
    const executed = { digest, sequence, result, failed: isErrorResult(result) };
    this.recent.add(executed);
    return executed;
  }

  /** The checkpoint of the state as it is now. */
  checkpoint(): CheckpointState {
    return this.beginCheckpoint().step(Number.POSITIVE_INFINITY)!;
  }

  /** The same in slices: slots may execute meanwhile, and change nothing of it. */
  beginCheckpoint(): CheckpointJob {
    const { app } = this.o;
    const header = this.last;
    const appState = app.snapshot();
    const clients = this.clients.beginCheckpoint(header.sequence);
    const { epoch } = this.members.current;
    const membership = this.memberBytes;
    return new CheckpointJob(header.sequence, appState, clients, (clientState) =>
      this.checkpointOf({ header, epoch, membership }, appState, clientState),
    );
  }

  private checkpointOf(
    at: Pick<CheckpointFields, 'header' | 'epoch' | 'membership'>,
    app: MapSnapshot,
    clients: MapSnapshot,
  ): CheckpointState {
    const { hasher, chain } = this.o;
    const fields = { ...at, appRoot: app.root, clientsRoot: clients.root };
    return {
      sequence: at.header.sequence,
      epoch: at.epoch,
      digest: checkpointDigest(hasher, chain.id, fields),
      stateRoot: toHex(stateRootOf(hasher, app.root, clients.root)),
      meta: encodeMeta(fields, app.chunkCount),
      sections: [app, clients],
      *chunks() {
        yield* app.chunks();
        yield* clients.chunks();
      },
    };
  }

  /** The roots of a checkpoint's sections, if this is the meta that its digest binds. */
  sectionRoots(sequence: Sequence, bytes: Uint8Array, expected: Digest): readonly Uint8Array[] | undefined {
    const meta = parseMeta(bytes);
    if (meta === undefined || meta.header.sequence !== sequence) return undefined;
    const { hasher, chain } = this.o;
    if (checkpointDigest(hasher, chain.id, meta) !== expected) return undefined;
    return [meta.appRoot, meta.clientsRoot];
  }

  /** Our present state as sections, to compare with a checkpoint's: sound or not, and some of it a checkpoint old. */
  present(): readonly MapSnapshot[] {
    return [this.o.app.snapshot(), this.clients.lastWritten()];
  }

  /**
   * Replaces everything by the state of a checkpoint whose meta and sections were proven. Throws `snapshot-damaged` where
   * what others certified means nothing to us, and then changes nothing.
   */
  adopt(bytes: Uint8Array, sections: readonly MapSnapshot[]): void {
    const meta = parseMeta(bytes);
    const [app, clients] = sections;
    if (meta === undefined || app === undefined || clients === undefined) throw damaged('a part is missing');
    const table = ClientTable.of(this.o.hasher, clients);
    this.o.app.adopt(app);
    this.take(meta, table);
  }

  /** Replaces everything by a checkpoint from elsewhere, as a whole, if it has this digest; else changes nothing. */
  install(sequence: Sequence, meta: Uint8Array, chunks: readonly Uint8Array[], expected: Digest): boolean {
    if (this.sectionRoots(sequence, meta, expected) === undefined) return false;
    try {
      this.restore(sequence, meta, chunks);
      return true;
    } catch (error) {
      if (error instanceof LockstepError && error.code === 'snapshot-damaged') return false;
      throw error;
    }
  }

  /** Replaces everything by a snapshot from our own disk, whose checksums held. Throws `snapshot-damaged`. */
  restore(sequence: Sequence, bytes: Uint8Array, chunks: readonly Uint8Array[]): void {
    const { hasher, app } = this.o;
    const meta = parseMeta(bytes);
    if (meta === undefined || meta.header.sequence !== sequence) throw damaged('its head is none');
    if (meta.appChunks > chunks.length) throw damaged('pieces are missing');
    const clients = ClientTable.restore(hasher, chunks.slice(meta.appChunks), meta.clientsRoot);
    // Throws, and changes nothing, where the chunks do not make this root.
    app.restore(chunks.slice(0, meta.appChunks), meta.appRoot);
    this.take(meta, clients);
  }

  private take({ header, validators, membership }: CheckpointMeta, clients: ClientTable): void {
    this.members = validators;
    this.memberBytes = membership;
    this.clients = clients;
    this.last = header;
    this.lastHeader = headerDigest(this.o.hasher, header);
    this.recent.clear();
  }
}

function damaged(why: string): LockstepError {
  return new LockstepError('snapshot-damaged', `the snapshot does not hold: ${why}`);
}

interface Step {
  readonly digest: Digest;
  /** Undefined for bytes that are no transaction. */
  readonly client?: ClientId;
  readonly nonce?: number;
  readonly command?: Command;
  /** A change of the validators. */
  readonly change?: Uint8Array;
  /** Two messages of a member that contradict each other. */
  readonly evidence?: Uint8Array;
  /** What the ledger's results hold, and what a client is told. */
  readonly refusal?: Uint8Array;
  readonly refused?: ExecutedTransaction;
}

function refusedStep(digest: Digest, code: RejectionCode, sequence: Sequence): Step {
  const refusal = errorResult(code, 'refused when it was its turn');
  return { digest, refusal, refused: { digest, sequence, result: refusal, failed: true } };
}

export function createExecutor(options: ExecutorOptions): Executor {
  return new Executor(options);
}
