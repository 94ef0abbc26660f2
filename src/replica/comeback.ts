/** While this home has forgotten what it promised: asks to be taken back, and says what to do where the others cannot. */

import { encodeValue } from '../codec/value.ts';
import type { Chain } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import type { Member, ValidatorSet } from '../core/membership.ts';
import type { Signer } from '../crypto/interface.ts';
import type { EpochExchange } from './epoch-exchange.ts';
import type { Clock, HomeIncarnation, ReplicaLog } from './ports.ts';
import { rejoinTransaction } from './rejoin.ts';
import { RELAY_ITEM } from './relays.ts';

/** How often we ask, ms. */
const REJOIN_MS = 1_000;

export interface ComebackOptions {
  readonly chain: Chain;
  readonly clock: Clock;
  readonly log: ReplicaLog;
  readonly incarnation: HomeIncarnation | undefined;
  readonly signer: Signer | undefined;
  readonly exchange: EpochExchange;
  /** Our signature by the suites of what is always signed. */
  readonly approve: (input: Uint8Array) => Uint8Array;
  /** How many of n make a certificate. */
  readonly certifiers: (n: number) => number;
  readonly sequence: () => Sequence;
  /** To all others. */
  readonly broadcast: (item: Uint8Array) => void;
}

export class Comeback {
  private readonly o: ComebackOptions;
  private cancel: (() => void) | undefined;
  private lastNonce = 0;

  constructor(options: ComebackOptions) {
    this.o = options;
  }

  /** Asks again and again, until `stop`. */
  ask(set: ValidatorSet, self: Member): void {
    this.stop();
    const again = (): void => {
      for (const { id } of set.members) if (id !== self.id) this.o.exchange.hello(id);
      this.askOnce(set, self);
      this.cancel = this.o.clock.after(REJOIN_MS, again);
    };
    this.cancel = this.o.clock.after(REJOIN_MS / 10, again);
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  private askOnce(set: ValidatorSet, member: Member): void {
    const { chain, incarnation, signer, clock, log, exchange, certifiers, approve, sequence } = this.o;
    if (incarnation === undefined || signer === undefined) return;
    const n = set.members.length;
    const others = exchange.mute(set.members.map(({ id }) => id)).length;
    if (others + 1 > n - certifiers(n)) {
      log.warn(
        `${others + 1} of ${n} validators have forgotten what they promised, and the others are too few to order anything: ` +
          '`lockstep rejoin --help` says what to do',
      );
    }
    this.lastNonce = Math.max(this.lastNonce + 1, Math.floor(clock.wallMs()));
    const transaction = rejoinTransaction({
      chain,
      member,
      set,
      token: incarnation.token,
      approve,
      signer,
      nonce: this.lastNonce,
      sequence: sequence(),
    });
    this.o.broadcast(encodeValue([RELAY_ITEM, [transaction]]));
  }
}
