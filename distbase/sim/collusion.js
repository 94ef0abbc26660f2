/**
 * Several liars with one plan. What two of them can do that each alone cannot: whoever is primary splits the honest
 * into the same two camps, all liars give each camp the votes that it lacks, and all of them deny it afterwards.
 */
import { SeededRandom } from '../core/random.js';
import { Liar, sendEach } from './byzantine.js';
export const SCHEMES = ['split', 'favour', 'deny', 'erase'];
/** What the liars of one run share. They need no messages to agree. */
class Plot {
    scheme;
    /** Honest replicas in the two camps; the second is told the rival story. */
    left;
    right;
    /** The rival of each batch that a liar proposed, and the other way round. */
    rivals = new Map();
    constructor(n, liars, random) {
        this.scheme = random.pick(SCHEMES);
        const honest = random.shuffle([...Array(n).keys()].filter((id) => !liars.includes(id)));
        // One honest replica in the favoured camp, or about half of them.
        const cut = this.scheme === 'favour' ? 1 : Math.max(1, (honest.length >> 1) + random.below(2));
        this.left = honest.slice(0, cut);
        this.right = honest.slice(cut);
    }
    campOf(id) {
        if (this.left.includes(id))
            return 'left';
        return this.right.includes(id) ? 'right' : 'liars';
    }
}
function conspirator(plot, { self, clients }) {
    const pending = [];
    const voted = new Set();
    /** PREPARE and COMMIT for a claim, to one camp, once. */
    const support = ({ view, sequence, digest }, camp) => {
        const key = `${view}:${sequence}:${digest}:${camp[0]}`;
        if (voted.has(key) || voted.size > 4096)
            return;
        voted.add(key);
        pending.push([{ type: 'prepare', epoch: 0, view, sequence, digest }, camp]);
        pending.push([{ type: 'commit', epoch: 0, view, sequence, digest }, camp]);
    };
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.from === self)
                return;
            const { message, from } = event.attested;
            if (message.type !== 'prepare' && message.type !== 'pre-prepare')
                return;
            const camp = plot.campOf(from);
            // Whatever an honest replica believes, its own camp is helped to believe.
            if (camp !== 'liars')
                support(message, camp === 'left' ? plot.left : plot.right);
        },
        bend(effect, out) {
            if (effect.kind === 'send' && effect.to === undefined && effect.message.type === 'pre-prepare') {
                return proposeTwice(effect.message, out);
            }
            if (effect.kind === 'send' && isVote(effect.message)) {
                // Where one camp alone is to get ahead, the other hears nothing of it.
                const { message } = effect;
                if (plot.scheme === 'favour' || plot.scheme === 'deny')
                    return sendEach(message, plot.left, self, out);
                out.push(effect);
                return;
            }
            if (effect.kind === 'attest' && effect.message.type === 'view-change') {
                out.push({ ...effect, message: deny(plot, effect.message) });
                return;
            }
            out.push(effect);
        },
        add(out) {
            for (const [message, camp] of pending.splice(0))
                sendEach(message, camp, self, out);
        },
    };
    function proposeTwice(message, out) {
        const { batch } = message;
        const honest = [...plot.left, ...plot.right];
        if (plot.scheme !== 'split' || batch.transactions.length === 0) {
            out.push({ kind: 'send', to: undefined, message, afterPersist: false });
            return;
        }
        const rival = clients.batch(batch.timeMs + 1, batch.transactions);
        plot.rivals.set(batch.digest, rival.digest);
        const lie = { ...message, digest: rival.digest, batch: rival };
        for (const id of honest)
            sendEach(plot.right.includes(id) ? lie : message, [id], self, out);
        support(message, plot.left);
        support({ ...message, digest: rival.digest }, plot.right);
    }
}
const isVote = (message) => message.type === 'prepare' || message.type === 'commit';
/** A VIEW-CHANGE that knows of nothing, or of the rival story alone. */
function deny(plot, message) {
    if (plot.scheme === 'split') {
        const swap = (claim) => ({
            ...claim,
            digest: plot.rivals.get(claim.digest) ?? claim.digest,
        });
        return { ...message, prepared: message.prepared.map(swap), preprepared: message.preprepared.map(swap) };
    }
    if (plot.scheme === 'erase' || plot.scheme === 'favour')
        return { ...message, prepared: [], preprepared: [] };
    return { ...message, prepared: [] };
}
/** The adversaries of one run, for these liars. */
export function conspiracy(n, liars, seed) {
    const plot = new Plot(n, liars, new SeededRandom(seed));
    return {
        scheme: plot.scheme,
        adversary: (setting) => (machine) => new Liar(machine, [conspirator(plot, setting)]),
    };
}
//# sourceMappingURL=collusion.js.map