/** What this replica holds against others: found, kept over epochs and restarts, and brought before the ledger. */

import { epochOfBody } from '../codec/body-epoch.ts';
import { encodeValue } from '../codec/value.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { MemberId } from '../core/membership.ts';
import type { EpochChain } from '../proofs/epochs.ts';
import { Accuser } from './accuser.ts';
import { type Execution, signed } from './execution.ts';
import type { Executor } from './executor.ts';
import type { ReplicaOptions } from './ports.ts';
import { RELAY_ITEM } from './relays.ts';
import type { Evidence } from './watch/evidence.ts';

/** Evidence of earlier epochs that is kept in memory; the store has more. */
const MAX_PAST_EVIDENCE = 64;

/** Evidence of earlier lives that is looked through at start: all that a store keeps, but for sets far in the past. */
const MAX_RESUMED_EVIDENCE = 1_024;

export interface CasesOptions {
  readonly replica: ReplicaOptions;
  readonly epochs: EpochChain;
  readonly executor: Executor;
  readonly execution: Execution;
  /** Our place in the present set. */
  readonly place: () => ReplicaId;
  /** Who has a place in it. */
  readonly memberAt: (place: ReplicaId) => MemberId | undefined;
  /** Into our own mempool. */
  readonly submit: (transaction: Uint8Array) => void;
  /** To all others, at the end of this turn. */
  readonly broadcast: (item: Uint8Array) => void;
}

export class Cases {
  private readonly o: CasesOptions;
  private readonly accuser: Accuser | undefined;
  private lastNonce = 0;
  private stopped = false;
  /** What was found in earlier epochs. */
  past: readonly Evidence[] = [];

  constructor(options: CasesOptions) {
    this.o = options;
    this.accuser = this.makeAccuser();
  }

  private makeAccuser(): Accuser | undefined {
    const { replica, executor, execution } = this.o;
    const { signer, chain, clock, protocol } = replica;
    if (signer === undefined || !protocol.byzantine) return undefined;
    return new Accuser({
      chain,
      clock,
      signer,
      turn: this.o.place,
      open: (id) => {
        const { current, convicted = [] } = executor.membership;
        return (
          current.members.some((member) => member.id === id) && convicted.every(({ member }) => member !== id)
        );
      },
      sequence: () => execution.sequence,
      nonce: () => this.nextNonce(),
      submit: (transaction) => {
        this.o.submit(transaction);
        this.o.broadcast(encodeValue([RELAY_ITEM, [transaction]]));
      },
    });
  }

  private nextNonce(): number {
    this.lastNonce = Math.max(this.lastNonce + 1, Math.floor(this.o.replica.clock.wallMs()));
    return this.lastNonce;
  }

  /** An epoch is over; this is what was found up to its end. */
  epochOver(found: readonly Evidence[]): void {
    this.past = found.slice(-MAX_PAST_EVIDENCE);
  }

  keep({ from, offence, first, second }: Evidence): void {
    const { telemetry, log, clock, store } = this.o.replica;
    telemetry.violations.add(offence);
    log.warn('a validator contradicted itself', { validator: from, offence });
    const seenMs = clock.wallMs();
    store.accuse({ from, offence, seenMs, first: signed(first), second: signed(second) });
    const member = this.o.memberAt(from);
    if (member !== undefined) this.accuser?.take(member, { first: first.envelope, second: second.envelope });
  }

  /** What an earlier life of this process found, and nobody was convicted of yet. */
  async resume(): Promise<void> {
    const { accuser } = this;
    if (accuser === undefined) return;
    for (const { from, first, second } of await this.o.replica.store.evidence(MAX_RESUMED_EVIDENCE)) {
      if (this.stopped) return;
      const epoch = epochOfBody(first.body);
      const member = epoch === undefined ? undefined : this.o.epochs.setOf(epoch)?.members[from];
      if (member !== undefined) accuser.take(member.id, { first, second });
    }
  }

  stop(): void {
    this.stopped = true;
    this.accuser?.stop();
  }
}
