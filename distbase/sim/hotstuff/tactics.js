/** Ways to lie in HotStuff. */
import { SeededRandom } from '../../core/random.js';
import { messages, } from '../../protocols/hotstuff/messages.js';
import { delaying, garbling, halves, Liar, replaying, sendEach, silent, silentTo, withholding, } from '../byzantine.js';
import { mutating } from '../mutation.js';
import { sign } from '../symbolic.js';
const everybody = (n) => [...Array(n).keys()];
const voteFor = ({ round, parent, sequence, digest }) => ({
    type: 'vote',
    epoch: 0,
    round,
    parent,
    sequence,
    digest,
});
/** Another block of the same round, with fewer transactions or another time. */
function rivalOf({ self, clients }, block) {
    const { batch } = block;
    const fewer = batch.transactions.slice(1);
    const other = clients.batch(batch.timeMs + 1, fewer.length > 0 ? fewer : batch.transactions);
    const vote = sign(self, { ...block.vote.message, digest: other.digest });
    return { ...block, digest: other.digest, vote, batch: other };
}
/** As leader, one block to some and another to the rest; then perhaps its vote for either to all. */
function twoBlocks(setting, [left, right] = halves(setting)) {
    const { self, n, random } = setting;
    return {
        bend(effect, out) {
            if (effect.kind !== 'send' || effect.to !== undefined || effect.message.type !== 'block') {
                out.push(effect);
                return;
            }
            const rival = rivalOf(setting, effect.message);
            sendEach(effect.message, left, self, out);
            sendEach(rival, right, self, out);
            if (random.chance(0.5))
                sendEach(rival.vote.message, everybody(n), self, out);
        },
    };
}
/** Votes for every block that it hears of, in every round, for everybody or for some. */
function votingForAll({ self, n, random }, camps = []) {
    const pending = [];
    // Once for each story: liars that answer each other's votes would never end.
    const voted = new Set();
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.from === self)
                return;
            const { message, from } = event.attested;
            const header = message.type === 'block' ? message.vote.message : message;
            if (header.type !== 'vote' || voted.size > 4096)
                return;
            // Where there is a plot, each camp is helped to what it believes.
            const camp = camps.find((one) => one.includes(from));
            const key = `${header.round}:${header.parent}:${header.digest}:${camp?.[0]}`;
            if (voted.has(key) || (camps.length > 0 && camp === undefined))
                return;
            voted.add(key);
            pending.push([header, camp ?? everybody(n).filter(() => random.chance(0.7))]);
        },
        add(out) {
            for (const [header, to] of pending.splice(0)) {
                if (camps.length > 0 || random.chance(0.5))
                    sendEach(voteFor(header), to, self, out);
            }
        },
    };
}
/** As leader, builds on an older block than the highest certified one. */
function buildingOnThePast({ self, n, random }) {
    const past = [];
    const older = (header) => {
        const base = past.length > 0 ? random.pick(past) : { round: 0, sequence: 0 };
        const step = header.sequence > 0 && random.chance(0.8) ? 1 : 0;
        return { ...header, parent: Math.min(base.round, header.round - 1), sequence: base.sequence + step };
    };
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'vote')
                return;
            past.push(event.attested.message);
            if (past.length > 24)
                past.shift();
        },
        bend(effect, out) {
            if (effect.kind !== 'send' || effect.message.type !== 'block' || !random.chance(0.6)) {
                out.push(effect);
                return;
            }
            const block = effect.message;
            const vote = sign(self, voteFor(older(block.vote.message)));
            sendEach({ ...block, vote }, effect.to === undefined ? everybody(n) : [effect.to], self, out);
        },
    };
}
/** Says in NEW-VIEW that it knows of an older certificate than it does, or of none. */
function hidingCertificates({ self, n, random }) {
    const past = [];
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'new-view')
                return;
            past.push(...event.attested.message.high);
            if (past.length > 16)
                past.splice(0, past.length - 16);
        },
        bend(effect, out) {
            if (effect.kind !== 'send' || effect.message.type !== 'new-view') {
                out.push(effect);
                return;
            }
            for (const to of effect.to === undefined ? everybody(n) : [effect.to]) {
                const high = past.length === 0 || random.chance(0.4) ? [] : [random.pick(past)];
                const view = effect.message.view + (random.chance(0.2) ? random.below(4) : 0);
                // The round that it names is that of this certificate, or of one that it does not show.
                const round = random.chance(0.5) ? (high[0]?.message.round ?? 0) : effect.message.round;
                sendEach({ ...effect.message, view, round, high }, [to], self, out);
            }
        },
    };
}
/** Times out of views that it is not in, at any time. */
function timingOut({ self, n, random }) {
    let view = 0;
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'new-view')
                return;
            view = Math.max(view, event.attested.message.view);
        },
        add(out) {
            if (!random.chance(0.05))
                return;
            const message = { type: 'timeout', epoch: 0, view: view + random.below(5) };
            sendEach(message, everybody(n).filter(() => random.chance(0.7)), self, out);
        },
    };
}
/** Claims other batches to have committed and other blocks to be certified than are, and to stand where it does not. */
function lyingAboutHistory({ self, n, random }) {
    return {
        bend(effect, out) {
            if (effect.kind !== 'send' || !random.chance(0.7)) {
                out.push(effect);
                return;
            }
            const { message } = effect;
            const to = effect.to === undefined ? everybody(n) : [effect.to];
            const digest = random.uint32().toString(16).padStart(64, 'b');
            if (message.type === 'committed')
                sendEach({ ...message, digest }, to, self, out);
            else if (message.type === 'ancestor') {
                const parent = Math.max(0, message.parent - random.below(3));
                sendEach({ ...message, parent, digest }, to, self, out);
            }
            else if (message.type === 'status') {
                const off = random.below(9) - 4;
                const delivered = Math.max(0, message.delivered + off);
                const high = Math.max(0, message.high + off);
                sendEach({ ...message, delivered, high, view: Math.max(0, message.view + off) }, to, self, out);
            }
            else
                out.push(effect);
        },
    };
}
/** Sends hundreds of votes and checkpoints for what nobody proposed. */
function flooding({ self, n, random }) {
    let sent = 0;
    return {
        add(out) {
            if (sent > 600 || !random.chance(0.1))
                return;
            const to = [random.below(n)];
            for (let i = 0; i < 32; i++, sent++) {
                const round = 1 + random.below(2000);
                const digest = random.uint32().toString(16).padStart(64, 'a');
                const vote = voteFor({ round, parent: random.below(round), sequence: random.below(64), digest });
                const sequence = 8 * (round % 8);
                const checkpoint = { type: 'checkpoint', epoch: 0, sequence, digest };
                sendEach(i % 4 === 0 ? checkpoint : vote, to, self, out);
            }
        },
    };
}
/** All tactics by name. */
export const HOTSTUFF_TACTICS = {
    silent: () => silent(),
    silentToSome: (setting) => silentTo(setting, halves(setting)[0]),
    withholding: (setting) => withholding(setting, 0.4),
    withholdingProposals: (setting) => withholding(setting, 0.6, ['block']),
    silentInVotes: (setting) => withholding(setting, 1, ['vote']),
    silentInViewChange: (setting) => withholding(setting, 1, ['timeout', 'new-view']),
    silentInCheckpoint: (setting) => withholding(setting, 1, ['checkpoint']),
    withholdingBatches: (setting) => withholding(setting, 1, ['fetched']),
    delaying: (setting) => delaying(setting, 60),
    replaying: (setting) => replaying(setting, 0.2),
    garbling: (setting) => garbling(setting, messages, 0.2),
    twoBlocks: (setting) => twoBlocks(setting),
    votingForAll: (setting) => votingForAll(setting),
    buildingOnThePast,
    hidingCertificates,
    timingOut,
    lyingAboutHistory,
    flooding,
    mutating: (setting) => mutating(setting, messages),
};
/**
 * Several liars with one plan: whoever of them leads tells two camps of honest replicas two stories, all of them vote for
 * each camp's own, and deny in view changes what they know.
 */
export function conspire(n, liars, seed) {
    const random = new SeededRandom(seed);
    const honest = random.shuffle(everybody(n).filter((id) => !liars.includes(id)));
    const cut = random.chance(0.3) ? 1 : Math.max(1, (honest.length >> 1) + random.below(2));
    const camps = [honest.slice(0, cut), honest.slice(cut)];
    const denies = random.chance(0.6);
    return (setting) => (machine) => new Liar(machine, [
        twoBlocks(setting, camps),
        votingForAll(setting, camps),
        ...(denies ? [hidingCertificates(setting)] : []),
    ]);
}
//# sourceMappingURL=tactics.js.map