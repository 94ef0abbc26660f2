/** How much of the protocol's state space a campaign has seen: combinations of what is under way in a replica. */

import type { ReplicaId } from '../core/ids.ts';
import type { Machine } from '../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { stateOf } from './bug-kit.ts';
import type { Observer } from './observer.ts';

const BITS = 14;

export class Coverage implements Observer<PbftMessage, PbftRecord> {
  /** Combinations seen so far. */
  seen = 0;
  readonly #known = new Uint8Array(1 << BITS);

  stepped(_replica: ReplicaId, machine: Machine<PbftMessage, PbftRecord>): void {
    const s = stateOf(machine);
    let key = s.active ? 1 : 0;
    if (s.isPrimary) key |= 2;
    if (s.view > 0) key |= 4;
    if (s.newViewSent) key |= 8;
    if (s.newViewDeadlineMs >= 0) key |= 16;
    if (s.held.size > 0) key |= 32;
    if (s.wanted.size > 0) key |= 64;
    if (s.pendingCertificate !== undefined) key |= 128;
    if (s.transferring >= 0) key |= 256;
    if (s.demandSinceMs >= 0) key |= 512;
    if (s.failedViews > 1) key |= 1024;
    if (s.low > s.stable) key |= 2048;
    if (s.highestSeen > s.delivered) key |= 4096;
    if (s.stable > 0) key |= 8192;
    if (this.#known[key] !== 0) return;
    this.#known[key] = 1;
    this.seen++;
  }
}
