/** Judges a change of the validator set by the ledger alone, so that every replica takes or refuses it alike. */
import { approvalInput } from '../codec/membership-codec.js';
import { MAX_VALIDATORS } from '../core/limits.js';
import { boundaryAfter } from '../core/membership.js';
import { MIN_VALIDATORS, quorumSize } from '../core/quorum.js';
import { signatureClaims } from '../crypto/authenticator.js';
/** Ledger time between two changes that one validator makes by itself, ms: each costs all of them a new epoch. */
export const OWN_CHANGE_PAUSE_MS = 10_000;
/** Member numbers are two bytes in the handshake, of which one value stands for nobody. */
const MAX_MEMBER = 0xfffe;
/** How many must agree to add or remove one of n: a quorum, so that the faulty alone never can and never must. */
export function approvalsNeeded(change, n) {
    return change.kind === 'add' || change.kind === 'remove' ? quorumSize(n) : 1;
}
/** What a person reads of a change. */
export function describeChange(change) {
    const { kind, name } = change;
    return kind === 'rotate'
        ? `rotate the keys of ${name}`
        : kind === 'rejoin'
            ? `${name} rejoins`
            : `${kind} ${name}`;
}
/** Why the change is refused, or the membership with it pending. */
export function judgeChange(membership, approved, moment, { chain, verify }) {
    const refusal = refusalOf(membership, approved.change, moment, chain) ?? unapproved(membership, approved, chain, verify);
    if (refusal !== undefined)
        return refusal;
    const { window, checkpointInterval } = chain.genesis.parameters;
    const since = boundaryAfter(moment.sequence, window, checkpointInterval);
    const { current } = membership;
    const { members, nextId } = changed(membership, approved.change, moment.timeMs);
    const set = { epoch: current.epoch + 1, since, members };
    return { ...membership, nextId, pending: { set, what: describeChange(approved.change) } };
}
function refuse(code, message) {
    return { code, message };
}
function refusalOf({ current, pending, nextId }, change, { timeMs }, { genesis }) {
    if (pending !== undefined) {
        return refuse('change-pending', `one change at a time: "${pending.what}" takes effect at checkpoint ${pending.set.since}; propose this one after it`);
    }
    if (change.epoch !== current.epoch) {
        return refuse('change-stale', `it was approved for epoch ${change.epoch} and the set is of epoch ${current.epoch}: propose it anew`);
    }
    const names = current.members.map(({ name }) => name).join(', ');
    const own = current.members.find(({ name }) => name === change.name);
    if (change.kind === 'add') {
        if (own !== undefined)
            return refuse('name-taken', `there is a validator ${change.name} (${names})`);
        if (current.members.length >= MAX_VALIDATORS)
            return refuse('too-many-validators', `a set has at most ${MAX_VALIDATORS} validators`);
    }
    else if (own === undefined) {
        return refuse('unknown-validator', `there is no validator ${change.name}; the set is ${names}`);
    }
    const least = genesis.byzantine ? MIN_VALIDATORS : 1;
    if (change.kind === 'remove' && current.members.length <= least) {
        return refuse('too-few-validators', `without ${change.name} there would be ${current.members.length - 1} validators, and ${least} is the least that tolerates a fault; add one first`);
    }
    if (change.kind === 'rejoin' && own?.token === change.token)
        return refuse('already-rejoined', `${change.name} is this incarnation already`);
    if (change.kind === 'add' || change.kind === 'rotate') {
        const holder = current.members.find((m) => m.ed25519 === change.ed25519 || m.mlDsa87 === change.mlDsa87);
        if (holder !== undefined)
            return refuse('key-in-use', `its key is the key of ${holder.name} already`);
        if (nextId > MAX_MEMBER)
            return refuse('too-many-validators', 'the chain has given out all member numbers');
    }
    if (own !== undefined && change.kind !== 'remove' && timeMs < own.changedMs + OWN_CHANGE_PAUSE_MS) {
        const left = Math.ceil((own.changedMs + OWN_CHANGE_PAUSE_MS - timeMs) / 1000);
        return refuse('change-too-soon', `${change.name} changed itself a moment ago: again in ${left} s`);
    }
    return undefined;
}
function unapproved({ current }, { change, bytes, approvals }, chain, verify) {
    const needed = approvalsNeeded(change, current.members.length);
    const input = approvalInput(chain.id, bytes);
    const agreed = new Set();
    for (const { member, signature } of approvals) {
        const approver = current.members.find(({ id }) => id === member);
        if (approver === undefined || agreed.has(approver.name))
            continue;
        if (needed === 1 && approver.name !== change.name)
            continue;
        const claims = signatureClaims(chain.genesis.auth, approver, input, signature);
        if (claims?.every(verify))
            agreed.add(approver.name);
        if (agreed.size >= needed)
            return undefined;
    }
    if (change.kind === 'rotate' || change.kind === 'rejoin')
        return refuse('change-unapproved', `only ${change.name} itself, with its present keys, can ask for this`);
    return refuse('change-unapproved', `${agreed.size} of ${current.members.length} validators approve it, and ${needed} must: see \`lockstep validators approve\``);
}
function changed({ current, nextId }, change, timeMs) {
    const { members } = current;
    if (change.kind === 'remove')
        return { members: members.filter((m) => m.name !== change.name), nextId };
    if (change.kind === 'rejoin') {
        const next = members.map((m) => m.name === change.name
            ? { ...m, incarnation: m.incarnation + 1, token: change.token, changedMs: timeMs }
            : m);
        return { members: next, nextId };
    }
    const { name, url, ed25519, mlDsa87 } = change;
    const old = members.find((m) => m.name === name);
    const fresh = {
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
//# sourceMappingURL=membership.js.map