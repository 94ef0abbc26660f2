/** Liars that know PBFT: each tactic aims at one argument of its proof. */
import { quorumSize } from '../core/quorum.js';
import { messages } from '../protocols/pbft/messages.js';
import { delaying, garbling, halves, Liar, replaying, sendEach, silent, silentTo, withholding, } from './byzantine.js';
import { GENESIS } from './ledger.js';
import { sign } from './symbolic.js';
/**
 * As primary, proposes one batch to some and another one, of the same transactions, to the others, and votes for
 * whichever each of them has: two quorums with too few honest replicas in common would commit both.
 */
export function equivocating(setting) {
    const { self, clients } = setting;
    const [left, right] = halves(setting);
    const others = new Map();
    const rival = (batch) => clients.batch(batch.timeMs + 1, batch.transactions);
    return {
        bend(effect, out) {
            if (effect.kind !== 'send') {
                out.push(effect);
                return;
            }
            const { message } = effect;
            const to = effect.to === undefined ? [...left, ...right] : [effect.to];
            const inRight = (id) => right.includes(id);
            if (message.type === 'pre-prepare' && message.batch.transactions.length > 0) {
                const batch = rival(message.batch);
                others.set(message.digest, batch.digest);
                const lie = { ...message, digest: batch.digest, batch };
                for (const id of to)
                    sendEach(inRight(id) ? lie : message, [id], self, out);
                // The votes that would complete both quorums, at once.
                for (const [side, { digest }] of [
                    [left, message],
                    [right, lie],
                ]) {
                    const { view, sequence, epoch } = message;
                    sendEach({ type: 'commit', view, sequence, epoch, digest }, side, self, out);
                }
                return;
            }
            if ('digest' in message && others.has(message.digest)) {
                const lie = { ...message, digest: others.get(message.digest) };
                for (const id of to)
                    sendEach(inRight(id) ? lie : message, [id], self, out);
                return;
            }
            out.push(effect);
        },
    };
}
/** Votes for whatever anybody proposed or voted for, at once and for all of it. */
export function votingForAll({ self, n }) {
    const voted = new Set();
    const pending = [];
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.from === self)
                return;
            const { message } = event.attested;
            if (message.type !== 'pre-prepare' && message.type !== 'prepare')
                return;
            const { epoch, view, sequence, digest } = message;
            const key = `${view}:${sequence}:${digest}`;
            if (voted.has(key) || voted.size > 4096)
                return;
            voted.add(key);
            pending.push({ type: 'prepare', epoch, view, sequence, digest });
            pending.push({ type: 'commit', epoch, view, sequence, digest });
        },
        add(out) {
            for (const message of pending.splice(0))
                sendEach(message, Array(n).keys(), self, out);
        },
    };
}
/**
 * Lies in its VIEW-CHANGEs: hides what prepared, claims what never did (in views that were, and with digests that
 * some replicas have pre-prepared), lies about its checkpoints; tells each replica something else, and serves
 * the bytes of its inventions to whoever asks.
 */
export function lyingInViewChanges(setting) {
    const { self, n, random } = setting;
    const seen = [];
    const batches = new Map();
    const answers = [];
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { from, message } = event.attested;
            if (message.type === 'fetch') {
                const batch = batches.get(message.digest);
                if (batch !== undefined)
                    answers.push({ to: from, message: { ...message, type: 'fetched', batch } });
            }
            if (message.type !== 'pre-prepare' && message.type !== 'prepare')
                return;
            if (message.type === 'pre-prepare' && batches.size < 256)
                batches.set(message.digest, message.batch);
            const { view, sequence, digest } = message;
            if (seen.length < 64)
                seen.push({ view, sequence, digest });
            else
                seen[random.below(64)] = { view, sequence, digest };
        },
        bend(effect, out) {
            if (effect.kind === 'attest' && effect.message.type === 'view-change') {
                for (let to = 0; to < n; to++) {
                    if (random.chance(0.8))
                        sendEach(lieAbout(effect.message, seen, setting), [to], self, out);
                }
            }
            // Its true claims go out too, after the lies: those who take the first word have the lie.
            out.push(effect);
        },
        add(out) {
            for (const { to, message } of answers.splice(0))
                sendEach(message, [to], self, out);
        },
    };
}
function lieAbout(message, seen, { random }) {
    const prepared = message.prepared.filter(() => random.chance(0.5));
    const preprepared = message.preprepared.filter(() => random.chance(0.7));
    const taken = new Set(prepared.map((claim) => claim.sequence));
    for (const claim of seen) {
        if (claim.sequence <= message.stable || taken.has(claim.sequence) || !random.chance(0.4))
            continue;
        taken.add(claim.sequence);
        const view = random.chance(0.5) ? claim.view : Math.max(0, message.view - 1);
        if (view >= message.view)
            continue;
        const digest = random.chance(0.2) ? 'f'.repeat(64) : random.pick(seen).digest;
        prepared.push({ view, sequence: claim.sequence, digest: random.chance(0.5) ? claim.digest : digest });
    }
    const named = new Set(preprepared.map((claim) => `${claim.sequence}:${claim.digest}`));
    for (const claim of prepared) {
        const key = `${claim.sequence}:${claim.digest}`;
        if (named.has(key))
            continue;
        named.add(key);
        preprepared.push(claim);
    }
    return { ...message, prepared, preprepared };
}
/** As the primary of a new view, justifies it with one set of VIEW-CHANGEs here and with another one there. */
export function twoNewViews(setting) {
    const { self, n, random } = setting;
    const [left, right] = halves(setting);
    const heard = new Map();
    const pick = (view, own) => {
        const usable = [...heard.values()].filter((vc) => vc.message.view === view && vc.from !== self);
        const others = new Map();
        for (const vc of random.shuffle(usable))
            others.set(vc.from, vc);
        const rest = [...others.values()].slice(0, random.chance(0.7) ? quorumSize(n) - 1 + random.below(2) : random.below(n));
        return { type: 'new-view', epoch: own.message.epoch, view, viewChanges: [own, ...rest] };
    };
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'view-change')
                return;
            const vc = event.attested;
            if (heard.size < 64)
                heard.set(`${vc.from}:${vc.message.view}:${heard.size}`, vc);
        },
        bend(effect, out) {
            if (effect.kind !== 'attest' || effect.message.type !== 'new-view') {
                out.push(effect);
                return;
            }
            const { view, viewChanges } = effect.message;
            const own = viewChanges.find((vc) => vc.from === self);
            if (own === undefined) {
                out.push(effect);
                return;
            }
            const empty = sign(self, { ...own.message, prepared: [], preprepared: [] });
            sendEach(pick(view, own), left, self, out);
            sendEach(pick(view, empty), right, self, out);
            out.push(effect);
        },
    };
}
/** Proposes where it is not its turn: what the primary proposed for one slot, at another, to some. */
export function usurping(setting, probability) {
    const { self, random } = setting;
    const [left] = halves(setting);
    const pending = [];
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'pre-prepare')
                return;
            const { message } = event.attested;
            if (!random.chance(probability))
                return;
            pending.push({ ...message, sequence: Math.max(1, message.sequence + random.below(4) - 1) });
        },
        add(out) {
            for (const message of pending.splice(0))
                sendEach(message, left, self, out);
        },
    };
}
/** Asks for later and later views that nobody wants. */
export function restless({ self, n, random }, probability) {
    let view = 0;
    return {
        add(out) {
            if (!random.chance(probability))
                return;
            view += 1 + random.below(3);
            const message = {
                type: 'view-change',
                epoch: 0,
                view,
                stable: 0,
                checkpoints: [{ sequence: 0, digest: GENESIS.digest }],
                prepared: [],
                preprepared: [],
            };
            sendEach(message, Array(n).keys(), self, out);
        },
    };
}
/** Says that slots committed which did not, and asks everybody for everything. */
export function misinforming({ self, n, random }, probability) {
    let known;
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { message } = event.attested;
            if (message.type === 'prepare' || message.type === 'pre-prepare')
                known = message;
        },
        add(out) {
            if (known === undefined || !random.chance(probability))
                return;
            const sequence = known.sequence + random.below(3);
            sendEach({ type: 'committed', epoch: 0, sequence, digest: known.digest }, [random.below(n)], self, out);
            sendEach({ type: 'fetch', epoch: 0, sequence, digest: known.digest }, [random.below(n)], self, out);
            const stands = {
                view: random.below(4),
                active: random.chance(0.5),
                asked: random.below(5),
                stable: 0,
                delivered: sequence + 40,
            };
            sendEach({ type: 'status', epoch: 0, ...stands }, [random.below(n)], self, out);
        },
    };
}
/** The tactics by name, for scenarios that draw them and for messages that name them. */
export const PBFT_TACTICS = {
    equivocating,
    votingForAll,
    lyingInViewChanges,
    twoNewViews,
    usurping: (setting) => usurping(setting, 0.3),
    restless: (setting) => restless(setting, 0.02),
    misinforming: (setting) => misinforming(setting, 0.1),
    silent: () => silent(),
    silentToSome: (setting) => silentTo(setting, halves(setting)[0]),
    withholding: (setting) => withholding(setting, 0.4),
    withholdingProposals: (setting) => withholding(setting, 0.6, ['pre-prepare']),
    delaying: (setting) => delaying(setting, 60),
    replaying: (setting) => replaying(setting, 0.2),
    garbling: (setting) => garbling(setting, messages, 0.2),
};
/** An adversary that follows these tactics, in this order. */
export function pbftLiar(...names) {
    return (setting) => {
        const tactics = names.map((name) => PBFT_TACTICS[name](setting));
        return (machine) => new Liar(machine, tactics);
    };
}
//# sourceMappingURL=pbft-adversary.js.map