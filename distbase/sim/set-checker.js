/**
 * Where validator sets change: everybody who enters an epoch finds the same set there, and no epoch begins before a quorum
 * of the one before signed its last checkpoint. The protocol's own checkers follow: each epoch has its own, which know its
 * replicas by their numbers in it.
 */
import { seatOf } from '../core/membership.js';
import { certifiersOf } from './epochs.js';
import { Hooks, Violation } from './observer.js';
export class SetChecker {
    #subject;
    #cluster;
    #epochs = new Map();
    /** Honest members that signed a checkpoint, by epoch, sequence and digest. */
    #signers = new Map();
    constructor(subject, cluster) {
        this.#subject = subject;
        this.#cluster = cluster;
        // Those of the genesis are in their epoch already.
        for (const { id, honest, machine, set, config } of cluster.nodes) {
            if (!honest || machine === undefined || set === undefined)
                continue;
            this.entered(id, set, config.restoredDigest);
            this.restarted(id, machine, []);
        }
    }
    entered(member, set, base) {
        const known = this.#epochs.get(set.epoch);
        if (known === undefined) {
            if (set.epoch > 0)
                this.#begun(member, set, base);
            const hooks = new Hooks(this.#subject.checkers(this.#beginningOf(set)));
            this.#epochs.set(set.epoch, { set, base, hooks });
        }
        else if (known.base !== base || namesOf(known.set) !== namesOf(set)) {
            const [one, other] = [namesOf(set), namesOf(known.set)];
            throw new Violation('set', `member ${member} is in epoch ${set.epoch} with ${one}, others with ${other}`);
        }
    }
    #beginningOf({ since, members }) {
        const honest = new Set();
        for (const [replica, { id }] of members.entries())
            if (this.#cluster.node(id).honest)
                honest.add(replica);
        return { n: members.length, honest, base: since };
    }
    #begun(member, { epoch, since }, base) {
        const before = this.#epochs.get(epoch - 1)?.set;
        if (before === undefined)
            throw new Violation('set', `nobody was in epoch ${epoch - 1} before ${epoch}`);
        const { length } = before.members;
        const liars = before.members.filter(({ id }) => !this.#cluster.node(id).honest).length;
        const signers = this.#signers.get(`${epoch - 1}:${since}:${base}`)?.size ?? 0;
        const { parameters } = this.#cluster.node(member).config;
        const needed = certifiersOf(this.#subject.parts.protocol, length, parameters);
        if (signers + liars >= needed)
            return;
        throw new Violation('set', `member ${member} is in epoch ${epoch} when ${signers} honest of ${length} signed checkpoint ${since}, with which it begins`);
    }
    #of(member) {
        const { set } = this.#cluster.node(member);
        const known = set && this.#epochs.get(set.epoch);
        return known && { hooks: known.hooks, replica: seatOf(known.set, member) };
    }
    sent(member, message, to) {
        const at = this.#of(member);
        for (const o of at?.hooks.sent ?? [])
            o.sent(at.replica, message, to);
    }
    persisted(member, record) {
        const at = this.#of(member);
        for (const o of at?.hooks.persisted ?? [])
            o.persisted(at.replica, record);
    }
    attested(member, attested) {
        const message = attested.message;
        if (message.type === 'checkpoint') {
            const key = `${message.epoch}:${message.sequence}:${message.digest}`;
            const signers = this.#signers.get(key) ?? new Set();
            this.#signers.set(key, signers.add(member));
        }
        const at = this.#of(member);
        for (const o of at?.hooks.attested ?? [])
            o.attested(at.replica, attested);
    }
    executed(member, sequence, view, batch, history) {
        const at = this.#of(member);
        for (const o of at?.hooks.executed ?? [])
            o.executed(at.replica, sequence, view, batch, history);
    }
    stable(member, sequence, digest) {
        const at = this.#of(member);
        for (const o of at?.hooks.stable ?? [])
            o.stable(at.replica, sequence, digest);
    }
    viewChanged(member, view, active) {
        const at = this.#of(member);
        for (const o of at?.hooks.viewChanged ?? [])
            o.viewChanged(at.replica, view, active);
    }
    crashed(member) {
        const at = this.#of(member);
        for (const o of at?.hooks.crashed ?? [])
            o.crashed(at.replica);
    }
    restarted(member, machine, records) {
        const at = this.#of(member);
        for (const o of at?.hooks.restarted ?? [])
            o.restarted(at.replica, machine, records);
    }
    stepped(member, machine) {
        const at = this.#of(member);
        for (const o of at?.hooks.stepped ?? [])
            o.stepped(at.replica, machine);
    }
}
const namesOf = ({ since, members }) => `${members.map(({ id, incarnation }) => `${id}.${incarnation}`).join(' ')} from ${since} on`;
//# sourceMappingURL=set-checker.js.map