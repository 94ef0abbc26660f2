/** Whom the transport is to be connected with: the present set, the one that is coming, and for a while those who left. */

import type { MemberId, PendingChange, ValidatorSet } from '../core/membership.ts';
import type { PeerInfo, Transport } from '../transport/interface.ts';
import type { Clock, ReplicaOptions } from './ports.ts';

/** How long a removed validator stays connected, to be told, ms. */
const FAREWELL_MS = 10_000;

export interface NeighboursOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly urlOf: ReplicaOptions['urlOf'];
  /** Whether somebody said that it listens elsewhere. */
  readonly moved: () => boolean;
  /** Our number in the genesis, if we have one. */
  readonly self: MemberId | undefined;
  /** Our place in a set; −1 where we have none. */
  readonly seatIn: (set: ValidatorSet) => number;
  /** This member will not be told anything any more. */
  readonly forget: (member: MemberId) => void;
}

export class Neighbours {
  private readonly o: NeighboursOptions;
  /** Members that have left lately: still told what they missed. */
  private readonly leaving = new Map<MemberId, PeerInfo>();
  /** Timers by which they are let go. */
  private readonly farewells = new Set<() => void>();
  private peers: readonly PeerInfo[] = [];
  private set: ValidatorSet | undefined;
  private pending: PendingChange | undefined;
  /** The number by which the others know us, if they do. */
  own: MemberId | undefined;

  constructor(options: NeighboursOptions) {
    this.o = options;
    this.own = options.self;
  }

  /** Tells the transport. */
  are(set: ValidatorSet, pending: PendingChange | undefined): void {
    const { self, seatIn, transport, urlOf } = this.o;
    this.set = set;
    this.pending = pending;
    const coming = pending !== undefined && pending.set.epoch > set.epoch ? pending.set.members : [];
    // The genesis set is what the transport starts with.
    if (set.epoch === 0 && coming.length === 0 && self !== undefined && !this.o.moved()) return;
    const wanted = new Map<MemberId, PeerInfo>();
    for (const member of [...set.members, ...coming]) {
      const { id, ed25519, mlDsa87 } = member;
      wanted.set(id, { id, ed25519, mlDsa87, url: urlOf?.(member) ?? member.url });
    }
    for (const peer of this.peers) {
      if (!wanted.has(peer.id) && !this.leaving.has(peer.id)) this.bid(peer);
    }
    this.peers = [...wanted.values()];
    for (const [id, peer] of this.leaving) if (!wanted.has(id)) wanted.set(id, peer);
    const own = set.members[seatIn(set)] ?? coming[seatIn({ ...set, members: coming })];
    this.own = own?.id ?? this.own;
    transport.setPeers(this.own, [...wanted.values()]);
  }

  stop(): void {
    for (const cancel of this.farewells) cancel();
    this.farewells.clear();
  }

  private bid(peer: PeerInfo): void {
    this.leaving.set(peer.id, peer);
    const cancel = this.o.clock.after(FAREWELL_MS, () => {
      this.farewells.delete(cancel);
      this.leaving.delete(peer.id);
      this.o.forget(peer.id);
      this.are(this.set!, this.pending);
    });
    this.farewells.add(cancel);
  }
}
