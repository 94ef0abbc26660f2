/** Judges a change of the validator set by the ledger alone, so that every replica takes or refuses it alike. */

import type { ApprovedChange, SetChange } from '../codec/membership-codec.ts';
import { approvalInput } from '../codec/membership-codec.ts';
import type { Chain, Genesis } from '../core/genesis.ts';
import type { Sequence } from '../core/ids.ts';
import { MAX_VALIDATORS } from '../core/limits.ts';
import { boundaryAfter, type Member, type Membership, type ValidatorSet } from '../core/membership.ts';
import { MIN_VALIDATORS, quorumSize } from '../core/quorum.ts';
import { signatureClaims } from '../crypto/authenticator.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import { protocolByName } from '../protocols/registry.ts';

/** Ledger time between two changes that one validator makes by itself, ms: each costs all of them a new epoch. */
export const OWN_CHANGE_PAUSE_MS = 10_000;

/** Member numbers are two bytes in the handshake, of which one value stands for nobody. */
const MAX_MEMBER = 0xfffe;

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

export interface JudgeOptions {
  readonly chain: Chain;
  /** Whether a signature holds; alike on every replica (ZIP 215). */
  readonly verify: (item: VerifyItem) => boolean;
}

export interface Moment {
  readonly sequence: Sequence;
  readonly timeMs: number;
}

/** How many must agree to add or remove one of n: a quorum, so that the faulty alone never can and never must. */
export function approvalsNeeded(change: SetChange, n: number): number {
  return change.kind === 'add' || change.kind === 'remove' ? quorumSize(n) : 1;
}

/** What a person reads of a change. */
export function describeChange(change: SetChange): string {
  const { kind, name } = change;
  return kind === 'rotate'
    ? `rotate the keys of ${name}`
    : kind === 'rejoin'
      ? `${name} rejoins`
      : `${kind} ${name}`;
}

/** Why the change is refused, or the membership with it pending. */
export function judgeChange(
  membership: Membership,
  approved: ApprovedChange,
  moment: Moment,
  { chain, verify }: JudgeOptions,
): Membership | Refusal {
  const refusal =
    refusalOf(membership, approved.change, moment, chain) ?? unapproved(membership, approved, chain, verify);
  if (refusal !== undefined) return refusal;
  const { window, checkpointInterval } = chain.genesis.parameters;
  const since = boundaryAfter(moment.sequence, window, checkpointInterval);
  const { current } = membership;
  const { members, nextId } = changed(membership, approved.change, moment.timeMs);
  const set: ValidatorSet = { epoch: current.epoch + 1, since, members };
  return { ...membership, nextId, pending: { set, what: describeChange(approved.change) } };
}

function refuse(code: string, message: string): Refusal {
  return { code, message };
}

/**
 * Why nobody may leave a set of n; undefined where somebody may. What the protocol would refuse in a genesis, such as a set
 * in which nobody votes, no change may bring about.
 */
export function leastReached(genesis: Genesis, n: number): string | undefined {
  const left = n - 1;
  const least = genesis.byzantine ? MIN_VALIDATORS : 1;
  if (left < least)
    return `there would be ${left} validators, and ${least} is the least that tolerates a fault`;
  const { auth, protocol, protocolParameters: parameters = {} } = genesis;
  const why = protocolByName(protocol)?.refuses?.({ n: left, auth, parameters });
  // What it advises is for whoever writes a genesis.
  return why === undefined ? undefined : `there would be ${left} validators: ${why.split('; ')[0]}`;
}

function refusalOf(
  { current, pending, nextId }: Membership,
  change: SetChange,
  { timeMs }: Moment,
  { genesis }: Chain,
): Refusal | undefined {
  if (pending !== undefined) {
    return refuse(
      'change-pending',
      `one change at a time: "${pending.what}" takes effect at checkpoint ${pending.set.since}; propose this one after it`,
    );
  }
  if (change.epoch !== current.epoch) {
    return refuse(
      'change-stale',
      `it was approved for epoch ${change.epoch} and the set is of epoch ${current.epoch}: propose it anew`,
    );
  }
  const names = current.members.map(({ name }) => name).join(', ');
  const own = current.members.find(({ name }) => name === change.name);
  if (change.kind === 'add') {
    if (own !== undefined) return refuse('name-taken', `there is a validator ${change.name} (${names})`);
    if (current.members.length >= MAX_VALIDATORS)
      return refuse('too-many-validators', `a set has at most ${MAX_VALIDATORS} validators`);
  } else if (own === undefined) {
    return refuse('unknown-validator', `there is no validator ${change.name}; the set is ${names}`);
  }
  const least = change.kind === 'remove' ? leastReached(genesis, current.members.length) : undefined;
  if (least !== undefined)
    return refuse('too-few-validators', `without ${change.name} ${least}; add one first`);
  if (change.kind === 'rejoin' && own?.token === change.token)
    return refuse('already-rejoined', `${change.name} is this incarnation already`);
  if (change.kind === 'add' || change.kind === 'rotate') {
    const holder = current.members.find((m) => m.ed25519 === change.ed25519 || m.mlDsa87 === change.mlDsa87);
    if (holder !== undefined) return refuse('key-in-use', `its key is the key of ${holder.name} already`);
    if (nextId > MAX_MEMBER)
      return refuse('too-many-validators', 'the chain has given out all member numbers');
  }
  if (own !== undefined && change.kind !== 'remove' && timeMs < own.changedMs + OWN_CHANGE_PAUSE_MS) {
    const left = Math.ceil((own.changedMs + OWN_CHANGE_PAUSE_MS - timeMs) / 1000);
    return refuse('change-too-soon', `${change.name} changed itself a moment ago: again in ${left} s`);
  }
  return undefined;
}

function unapproved(
  { current }: Membership,
  { change, bytes, approvals }: ApprovedChange,
  chain: Chain,
  verify: (item: VerifyItem) => boolean,
): Refusal | undefined {
  const needed = approvalsNeeded(change, current.members.length);
  const input = approvalInput(chain.id, bytes);
  const agreed = new Set<string>();
  for (const { member, signature } of approvals) {
    const approver = current.members.find(({ id }) => id === member);
    if (approver === undefined || agreed.has(approver.name)) continue;
    if (needed === 1 && approver.name !== change.name) continue;
    const claims = signatureClaims(chain.genesis.auth, approver, input, signature);
    if (claims?.every(verify)) agreed.add(approver.name);
    if (agreed.size >= needed) return undefined;
  }
  if (change.kind === 'rotate' || change.kind === 'rejoin')
    return refuse('change-unapproved', `only ${change.name} itself, with its present keys, can ask for this`);
  return refuse(
    'change-unapproved',
    `${agreed.size} of ${current.members.length} validators approve it, and ${needed} must: see \`lockstep validators approve\``,
  );
}

function changed(
  { current, nextId }: Membership,
  change: SetChange,
  timeMs: number,
): { members: readonly Member[]; nextId: number } {
  const { members } = current;
  if (change.kind === 'remove') return { members: members.filter((m) => m.name !== change.name), nextId };
  if (change.kind === 'rejoin') {
    const next = members.map((m) =>
      m.name === change.name
        ? { ...m, incarnation: m.incarnation + 1, token: change.token, changedMs: timeMs }
        : m,
    );
    return { members: next, nextId };
  }
  const { name, url, ed25519, mlDsa87 } = change;
  const old = members.find((m) => m.name === name);
  const fresh: Member = {
    id: nextId,
    name,
    url,
    ed25519,
    mlDsa87,
    incarnation: old?.incarnation ?? 0,
    token: old?.token ?? '0'.repeat(32),
    changedMs: timeMs,
  };
  const next = old === undefined ? [...members, fresh] : members.map((m) => (m === old ? fresh : m));
  return { members: next, nextId: nextId + 1 };
}
