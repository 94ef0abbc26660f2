/**
 * More ways to lie in PBFT: with timing, with rubbish, and with the past. Longer than most files, as a list of tactics
 * of which each is short.
 */
import { messages, } from '../protocols/pbft/messages.js';
import { halves, Liar, sendEach, withholding } from './byzantine.js';
import { mutating } from './mutation.js';
import { PBFT_TACTICS } from './pbft-adversary.js';
import { lyingAboutCheckpoints } from './pbft-checkpoint-liar.js';
const isVote = (message) => message.type === 'prepare' || message.type === 'commit';
/** Votes for what it accepted to some, and for another digest of the same slot or its neighbour to the others. */
export function splittingVotes(setting) {
    const { self, random } = setting;
    const [left, right] = halves(setting);
    const digests = [];
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { message } = event.attested;
            if (message.type !== 'pre-prepare')
                return;
            digests.push(message.digest);
            if (digests.length > 4)
                digests.shift();
        },
        bend(effect, out) {
            if (effect.kind !== 'send' || !isVote(effect.message) || digests.length === 0) {
                out.push(effect);
                return;
            }
            const { message } = effect;
            sendEach(message, left, self, out);
            sendEach({ ...message, digest: random.pick(digests) }, right, self, out);
        },
    };
}
/** As primary, proposes what no client signed, or a batch under another batch's digest, or nothing at all. */
export function proposingGarbage({ self, n, random, clients }) {
    return {
        bend(effect, out) {
            if (effect.kind !== 'send' || effect.message.type !== 'pre-prepare' || !random.chance(0.4)) {
                out.push(effect);
                return;
            }
            const { message } = effect;
            const forged = Uint8Array.of(random.below(8), 0, 0, 0);
            const made = clients.batch(message.batch.timeMs, [forged]);
            const empty = clients.batch(message.batch.timeMs, []);
            const lie = random.pick([
                { ...message, digest: made.digest, batch: made },
                { ...message, digest: message.digest, batch: made },
                { ...message, digest: empty.digest, batch: empty },
            ]);
            sendEach(lie, effect.to === undefined ? Array(n).keys() : [effect.to], self, out);
        },
    };
}
/** As primary, proposes again and again what was executed long ago: only the table of executed transactions helps. */
export function repeating({ self, n, random }) {
    const old = [];
    return {
        hear(event) {
            if (event.kind === 'message' && event.attested.message.type === 'pre-prepare')
                keep(old, event.attested.message.batch);
        },
        bend(effect, out) {
            if (effect.kind === 'send' && effect.message.type === 'pre-prepare') {
                keep(old, effect.message.batch);
                if (effect.to === undefined && random.chance(0.4)) {
                    const batch = random.pick(old);
                    sendEach({ ...effect.message, digest: batch.digest, batch }, Array(n).keys(), self, out);
                    return;
                }
            }
            out.push(effect);
        },
    };
}
function keep(old, batch) {
    if (batch.transactions.length === 0)
        return;
    if (old.length < 16)
        old.push(batch);
}
/** Votes in views that are over, for what was proposed in them. */
export function livingInThePast({ self, n, random }) {
    const seen = [];
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { message } = event.attested;
            if (message.type === 'pre-prepare' && seen.length < 64)
                seen.push(message);
        },
        add(out) {
            if (seen.length === 0 || !random.chance(0.2))
                return;
            const { epoch, view, sequence, digest } = random.pick(seen);
            const type = random.chance(0.5) ? 'prepare' : 'commit';
            const at = Math.max(0, view + random.below(3) - 1);
            sendEach({ type, epoch, view: at, sequence, digest }, Array(n).keys(), self, out);
        },
    };
}
/** Sends hundreds of well-formed messages for slots, views and checkpoints that nobody asked about. */
export function flooding({ self, n, random }) {
    let sent = 0;
    return {
        add(out) {
            if (sent > 600 || !random.chance(0.1))
                return;
            const to = [random.below(n)];
            for (let i = 0; i < 32; i++, sent++) {
                const sequence = random.below(64);
                const digest = random.uint32().toString(16).padStart(64, 'a');
                const view = random.below(8);
                const vote = { type: 'commit', epoch: 0, view, sequence, digest };
                sendEach(i % 4 === 0 ? { type: 'checkpoint', epoch: 0, sequence: 8 * view, digest } : vote, to, self, out);
            }
        },
    };
}
/**
 * As primary, proposes at the last moment before the others give up on it: never so late that they do, if it can help
 * it, and never sooner.
 */
export function procrastinating(_setting, machine) {
    let held = [];
    return {
        bend(effect, out, nowMs) {
            if (effect.kind === 'send' && effect.message.type === 'pre-prepare') {
                held.push({ sinceMs: nowMs, message: effect.message });
            }
            else
                out.push(effect);
        },
        add(out, nowMs) {
            if (held.length === 0)
                return;
            const patienceMs = 0.6 * machine().status().timeoutMs;
            if (nowMs - held[0].sinceMs < patienceMs)
                return;
            for (const { message } of held)
                out.push({ kind: 'send', to: undefined, message, afterPersist: false });
            held = [];
        },
    };
}
/** All tactics by name. Each is made for one liar; some look at the machine that they stand before. */
export const ALL_PBFT_TACTICS = {
    ...PBFT_TACTICS,
    splittingVotes,
    proposingGarbage,
    repeating,
    livingInThePast,
    lyingAboutCheckpoints,
    flooding,
    procrastinating,
    silentInPrepare: (setting) => withholding(setting, 1, ['prepare']),
    silentInCommit: (setting) => withholding(setting, 1, ['commit']),
    silentInViewChange: (setting) => withholding(setting, 1, ['view-change', 'new-view']),
    silentInCheckpoint: (setting) => withholding(setting, 1, ['checkpoint']),
    withholdingBatches: (setting) => withholding(setting, 1, ['fetched']),
    mutating: (setting) => mutating(setting, messages),
};
/** An adversary that follows these tactics, in this order. */
export function liarOf(names) {
    return (setting) => (machine) => new Liar(machine, names.map((name) => ALL_PBFT_TACTICS[name](setting, () => machine)));
}
//# sourceMappingURL=pbft-tactics.js.map