/**
 * Walks a stored ledger and checks all of it: transactions hash to their slot's root and to the batch's digest, results
 * to theirs, headers chain from slot to slot, and certified checkpoints bind the headers under q signatures.
 *
 * A header binds all before it, so what stands below a certified checkpoint without a gap in between is certified.
 */

import { parseTransaction, transactionSigningInput } from '../codec/transaction.ts';
import { bytesEqual, toHex } from '../core/bytes.ts';
import type { Chain } from '../core/genesis.ts';
import { NULL_DIGEST, type Sequence } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Verifier, VerifyItem } from '../crypto/interface.ts';
import { merkleRoot } from '../crypto/merkle.ts';
import { GENESIS_HEADER, headerDigest } from '../proofs/ledger-header.ts';
import type { LedgerReader, StoredSlot } from '../storage/interface.ts';
import type { CertificateChecker } from './certificates.ts';

export interface WalkOptions {
  readonly chain: Chain;
  readonly hasher: Hasher;
  readonly store: LedgerReader;
  readonly certificates: CertificateChecker;
  /** Where the transactions' own signatures are to be checked too. */
  readonly verifier?: Verifier;
  /** Told now and then. */
  readonly onProgress?: (sequence: Sequence, report: WalkReport) => void;
}

export interface WalkReport {
  /** First and last slot; 0 where there is none. */
  first: Sequence;
  last: Sequence;
  slots: number;
  transactions: number;
  /** Certified checkpoints, and the signatures under them. */
  checkpoints: number;
  signatures: number;
  transactionSignatures: number;
  /** Slots below a certified checkpoint, without a gap in between. */
  certifiedSlots: number;
  /** Slots that are not here: others executed them, and their state was taken. Not an error. */
  readonly gaps: { readonly from: Sequence; readonly to: Sequence }[];
  readonly problems: { readonly sequence: Sequence; readonly what: string }[];
}

const PAGE = 256;
/** After so many, there is no more to learn. */
const MAX_PROBLEMS = 100;

export async function walkLedger(options: WalkOptions): Promise<WalkReport> {
  return new Walk(options).run();
}

class Walk {
  private readonly o: WalkOptions;
  private readonly report: WalkReport = {
    first: 0,
    last: 0,
    slots: 0,
    transactions: 0,
    checkpoints: 0,
    signatures: 0,
    transactionSignatures: 0,
    certifiedSlots: 0,
    gaps: [],
    problems: [],
  };
  private previous: Uint8Array | undefined;
  /** The last certified header whose slot is not here. */
  private base: { readonly sequence: Sequence; readonly header: Uint8Array } | undefined;
  /** Slots since the last checkpoint or gap. */
  private uncertified = 0;
  private readonly time = new Uint8Array(8);

  constructor(options: WalkOptions) {
    this.o = options;
  }

  async run(): Promise<WalkReport> {
    const { store, onProgress } = this.o;
    const { report } = this;
    let checkpoint = await store.checkpointFrom(0);
    for (let from = 1; report.problems.length < MAX_PROBLEMS; ) {
      const sequences = await store.slotsFrom(from, PAGE);
      if (sequences.length === 0) break;
      for (const sequence of sequences) {
        // A checkpoint below the first slot, or in a gap, has no slot to go with it.
        while (checkpoint !== undefined && checkpoint.sequence < sequence)
          checkpoint = await this.certify(checkpoint);
        const slot = await store.slot(sequence);
        // Pruned since, under a validator that runs.
        if (slot === undefined) continue;
        await this.slot(slot);
        if (checkpoint?.sequence === sequence) checkpoint = await this.certify(checkpoint, slot);
      }
      from = sequences.at(-1)! + 1;
      onProgress?.(from - 1, report);
    }
    while (checkpoint !== undefined) checkpoint = await this.certify(checkpoint);
    return report;
  }

  private problem(sequence: Sequence, what: string): void {
    if (this.report.problems.length < MAX_PROBLEMS) this.report.problems.push({ sequence, what });
  }

  private async slot(slot: StoredSlot): Promise<void> {
    const { hasher } = this.o;
    const { report } = this;
    const { sequence, previous, timeMs, transactionsRoot, resultsRoot } = slot;
    if (report.slots === 0) report.first = sequence;
    else if (sequence !== report.last + 1) {
      report.gaps.push({ from: report.last + 1, to: sequence - 1 });
      this.previous = undefined;
      this.uncertified = 0;
    }
    if (this.previous === undefined && this.base?.sequence === sequence - 1) this.previous = this.base.header;
    if (sequence === 1) this.previous = headerDigest(hasher, GENESIS_HEADER);
    if (this.previous !== undefined && !bytesEqual(previous, this.previous)) {
      this.problem(sequence, 'its header does not follow the one before');
    }
    const header = headerDigest(hasher, {
      previous,
      sequence,
      timeMs,
      transactions: transactionsRoot,
      results: resultsRoot,
    });
    if (!bytesEqual(header, slot.header)) this.problem(sequence, 'its header is not the hash of its fields');
    this.content(slot);
    if (this.o.verifier !== undefined) await this.signatures(slot, this.o.verifier);
    this.previous = slot.header;
    this.uncertified++;
    report.last = sequence;
    report.slots++;
    report.transactions += slot.transactions.length;
  }

  private content(slot: StoredSlot): void {
    const { hasher } = this.o;
    const { sequence, transactions, results, batchDigest, batchTimeMs } = slot;
    const root = merkleRoot(
      hasher,
      transactions.map((bytes) => hasher.hash('transaction', bytes)),
    );
    if (!bytesEqual(root, slot.transactionsRoot)) {
      this.problem(sequence, 'its transactions are not those of its header');
    }
    if (!bytesEqual(merkleRoot(hasher, results), slot.resultsRoot)) {
      this.problem(sequence, 'its results are not those of its header');
    }
    new DataView(this.time.buffer).setBigUint64(0, BigInt(batchTimeMs));
    const isNull = batchDigest === NULL_DIGEST && transactions.length === 0;
    if (!isNull && hasher.hex('batch', this.time, root) !== batchDigest) {
      this.problem(sequence, 'its batch digest is not that of its transactions and time');
    }
  }

  private async signatures({ sequence, transactions }: StoredSlot, verifier: Verifier): Promise<void> {
    const { chain } = this.o;
    const items: VerifyItem[] = [];
    for (const bytes of transactions) {
      const parsed = parseTransaction(bytes, chain.genesis.parameters.maxTransactionBytes);
      if (typeof parsed === 'string') this.problem(sequence, `one of its transactions is none (${parsed})`);
      else {
        const { suite, publicKey, signature } = parsed;
        items.push({ suite, publicKey, signature, message: transactionSigningInput(bytes, chain.id) });
      }
    }
    const verdicts = await verifier.verify(items, 'transaction');
    this.report.transactionSignatures += items.length;
    if (!verdicts.every((verdict) => verdict === 1)) {
      this.problem(sequence, 'the signature of one of its transactions does not hold');
    }
  }

  /** Checks a checkpoint, beside its slot where that is here; gives the next one. */
  private async certify(
    checkpoint: NonNullable<Awaited<ReturnType<LedgerReader['checkpointFrom']>>>,
    slot?: StoredSlot,
  ): ReturnType<LedgerReader['checkpointFrom']> {
    const { certificates, hasher, store } = this.o;
    const { report } = this;
    const { sequence } = checkpoint;
    const meta = certificates.check(checkpoint);
    if (typeof meta === 'string') this.problem(sequence, `the checkpoint there does not hold: ${meta}`);
    else {
      report.checkpoints++;
      report.signatures += checkpoint.certificate.length;
      const header = headerDigest(hasher, meta.header);
      if (slot !== undefined && !bytesEqual(header, slot.header)) {
        this.problem(
          sequence,
          `q validators certified the header ${toHex(header).slice(0, 12)}… and not this one`,
        );
      } else if (slot !== undefined) {
        report.certifiedSlots += this.uncertified;
        this.uncertified = 0;
      } else this.base = { sequence, header };
    }
    return store.checkpointFrom(sequence + 1);
  }
}
