/**
 * Who the validators are, as the replicated state says it: the set of the present epoch, and at most one change on its
 * way. `replica/membership.md` argues the rules.
 */

import type { Genesis, ValidatorInfo } from './genesis.ts';
import type { Epoch, ReplicaId, Sequence } from './ids.ts';

/** A validator's number on its chain: given once, never again to another; new keys are a new member. */
export type MemberId = number;

export interface Member extends ValidatorInfo {
  readonly id: MemberId;
  /** `ws://host:port` as the change that added it says; empty for those of the genesis, whose addresses are configured. */
  readonly url: string;
  /** How often it came back as a new incarnation, and the mark of the home that it came back with (32 hex digits). */
  readonly incarnation: number;
  readonly token: string;
  /** The ledger's time of its last change of its own, in ms. */
  readonly changedMs: number;
}

/** One epoch's validators. A member's place in the list is its replica id in that epoch. */
export interface ValidatorSet {
  readonly epoch: Epoch;
  /** The checkpoint from which on it is in effect: certified by the set before it, 0 for the genesis. */
  readonly since: Sequence;
  readonly members: readonly Member[];
}

export interface PendingChange {
  /** The set of the next epoch; its `since` is the checkpoint with which the present epoch ends. */
  readonly set: ValidatorSet;
  /** For people: `add v4`. */
  readonly what: string;
}

/** A member that contradicted itself, as two messages in the ledger prove. */
export interface Conviction {
  readonly member: MemberId;
  /** The kind of message that it signed two of. */
  readonly offence: string;
  /** The slot that holds the evidence. */
  readonly sequence: Sequence;
}

export interface Membership {
  readonly current: ValidatorSet;
  /** The number that the next new member gets. */
  readonly nextId: MemberId;
  readonly pending: PendingChange | undefined;
  /** Members of the set that are convicted, in the order in which they were; absent: nobody. */
  readonly convicted?: readonly Conviction[];
}

/** The token of a home that never forgot anything: see `storage/forgetful.ts`. */
export const NO_TOKEN = '0'.repeat(32);

export function genesisMembership(genesis: Pick<Genesis, 'validators'>): Membership {
  const members = genesis.validators.map(
    ({ name, ed25519, mlDsa87 }, id): Member => ({
      name,
      ed25519,
      mlDsa87,
      id,
      url: '',
      incarnation: 0,
      token: NO_TOKEN,
      changedMs: -1,
    }),
  );
  return { current: { epoch: 0, since: 0, members }, nextId: members.length, pending: undefined };
}

/**
 * Where a change takes effect that executes at `sequence`: the first checkpoint a whole window above it. A replica
 * votes at most a window above its stable checkpoint, so whoever votes past this one has executed the change.
 */
export function boundaryAfter(sequence: Sequence, window: number, interval: number): Sequence {
  return Math.ceil((sequence + window) / interval) * interval;
}

/** The membership that rules the slot at `sequence`: the next set's from the slot after its boundary on. */
export function membershipAt(membership: Membership, sequence: Sequence): Membership {
  const { pending } = membership;
  if (pending === undefined || sequence <= pending.set.since) return membership;
  const { current, nextId, convicted = [] } = membership;
  const still = convicted.flatMap((one) => {
    const member = heirOf(one.member, current, pending.set);
    return member === undefined ? [] : [{ ...one, member }];
  });
  return { current: pending.set, nextId, pending: undefined, ...(still.length > 0 && { convicted: still }) };
}

/**
 * What a member is in the next set: its number, or the one that it has under new keys, which it gives itself, so that they undo
 * no conviction; undefined where it is gone. (Nobody is added under the name of somebody who leaves at the same time.)
 */
function heirOf(member: MemberId, now: ValidatorSet, next: ValidatorSet): MemberId | undefined {
  if (next.members.some(({ id }) => id === member)) return member;
  const name = now.members.find(({ id }) => id === member)?.name;
  return next.members.find((other) => other.name === name)?.id;
}

/** The replica id of a member in this set, or −1. */
export function seatOf(set: ValidatorSet, member: MemberId): ReplicaId {
  return set.members.findIndex(({ id }) => id === member);
}
