/** Ways to lie in Streamlet. */
import { messages, } from '../protocols/streamlet/messages.js';
import { delaying, garbling, halves, replaying, sendEach, silent, withholding, } from './byzantine.js';
import { mutating } from './mutation.js';
const everybody = (n) => [...Array(n).keys()];
const isBlock = (message) => message.type === 'proposal' || message.type === 'tail';
function voteFor({ round, parent, height, sequence, digest, delayMs }) {
    return { type: 'vote', epoch: 0, round, parent, height, sequence, digest, delayMs };
}
/** As leader, one block to some and another to the rest, with its vote for either where it was sent. */
function twoBlocks(setting) {
    const { self, random, clients } = setting;
    const [left, right] = halves(setting);
    let two = [];
    return {
        bend(effect, out) {
            if (effect.kind === 'attest' && effect.message.type === 'proposal') {
                const { message } = effect;
                const fewer = message.batch.transactions.slice(1);
                const batch = clients.batch(message.batch.timeMs + 1, fewer.length > 0 ? fewer : message.batch.transactions);
                const other = { ...message, digest: batch.digest, batch };
                two = [message, other];
                sendEach(message, left, self, out);
                sendEach(other, right, self, out);
                sendEach(voteFor(message), left, self, out);
                sendEach(voteFor(other), right, self, out);
                if (random.chance(0.5))
                    out.push(effect);
                return;
            }
            if (effect.kind === 'attest' && effect.message.type === 'vote' && random.chance(0.5)) {
                const alternative = two.find(({ round }) => round === effect.message.round);
                if (alternative !== undefined)
                    sendEach(voteFor(alternative), right, self, out);
            }
            out.push(effect);
        },
    };
}
/** Votes for every block that it hears of, in every round, to everybody or to some. */
function votingForAll({ self, n, random }) {
    const heard = [];
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { message } = event.attested;
            if (!isBlock(message) && message.type !== 'vote')
                return;
            heard.push(message);
            if (heard.length > 16)
                heard.shift();
        },
        add(out) {
            if (heard.length === 0 || !random.chance(0.3))
                return;
            const vote = voteFor(random.pick(heard));
            sendEach(vote, everybody(n).filter(() => random.chance(0.7)), self, out);
        },
    };
}
/** As leader, builds on an older block than the longest chain's end. */
function buildingOnThePast({ self, n, random }) {
    const past = [{ round: 0, parent: 0, height: 0, sequence: 0, digest: '', delayMs: 0 }];
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { message } = event.attested;
            if (message.type !== 'vote')
                return;
            past.push(message);
            if (past.length > 24)
                past.splice(1, 1);
        },
        bend(effect, out) {
            if (effect.kind !== 'attest' || !isBlock(effect.message) || !random.chance(0.6)) {
                out.push(effect);
                return;
            }
            const { message } = effect;
            const base = past[Math.max(0, past.length - 1 - random.below(12))];
            const block = {
                ...message,
                parent: base.round,
                height: base.height + 1,
                sequence: base.sequence + (message.type === 'proposal' ? 1 : 0),
            };
            sendEach(block, everybody(n), self, out);
            sendEach(voteFor(block), everybody(n), self, out);
        },
    };
}
/** Gives its votes to one replica at a time, and the votes of others that it holds back, late. */
function privateNotarisation({ self, n, random }) {
    const kept = [];
    return {
        hear(event) {
            if (event.kind !== 'message' || event.attested.message.type !== 'vote')
                return;
            kept.push(event.attested);
            if (kept.length > 48)
                kept.shift();
        },
        bend(effect, out) {
            if (effect.kind === 'forward')
                return;
            if (effect.kind !== 'attest' || effect.message.type !== 'vote') {
                out.push(effect);
                return;
            }
            sendEach(effect.message, [random.below(n)], self, out);
        },
        add(out) {
            if (kept.length === 0 || !random.chance(0.1))
                return;
            const to = random.below(n);
            const { round } = random.pick(kept).message;
            for (const attested of kept) {
                if (to !== self && attested.message.round === round)
                    out.push({ kind: 'forward', to, attested });
            }
        },
    };
}
/** Says that it is in, or wants, rounds that are far from anybody's. */
function lyingAboutRounds({ self, n, random }) {
    return {
        bend(effect, out) {
            if (effect.kind !== 'send' || effect.message.type !== 'status') {
                out.push(effect);
                return;
            }
            for (const to of effect.to === undefined ? everybody(n) : [effect.to]) {
                const round = Math.max(0, effect.message.round + random.below(41) - 20);
                const height = Math.max(0, effect.message.height + random.below(21) - 10);
                sendEach({ ...effect.message, round, wants: round + random.below(4), height }, [to], self, out);
            }
        },
    };
}
/** Sends hundreds of votes for rounds and blocks that nobody proposed. */
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
                const height = 1 + random.below(round);
                const parent = random.below(round);
                const vote = voteFor({ round, parent, height, sequence: random.below(64), digest, delayMs: 0 });
                const checkpoint = {
                    type: 'checkpoint',
                    epoch: 0,
                    sequence: 8 * (round % 8),
                    digest,
                };
                sendEach(i % 4 === 0 ? checkpoint : vote, to, self, out);
            }
        },
    };
}
/** As leader, says that its blocks take for ever, or no time at all. */
function lyingAboutDelays({ self, n, random }) {
    return {
        bend(effect, out) {
            if (effect.kind !== 'attest' || !isBlock(effect.message)) {
                out.push(effect);
                return;
            }
            const block = { ...effect.message, delayMs: random.pick([0, 1, 50_000_000]) };
            sendEach(block, everybody(n), self, out);
            sendEach(voteFor(block), everybody(n), self, out);
        },
    };
}
/** All tactics by name. */
export const STREAMLET_TACTICS = {
    silent,
    withholding: (setting) => withholding(setting, 0.3),
    delaying: (setting) => delaying(setting, 20),
    replaying: (setting) => replaying(setting, 0.2),
    garbling: (setting) => garbling(setting, messages, 0.2),
    twoBlocks,
    votingForAll,
    buildingOnThePast,
    privateNotarisation,
    lyingAboutRounds,
    lyingAboutDelays,
    flooding,
    silentAsVoter: (setting) => withholding(setting, 1, ['vote']),
    silentAsLeader: (setting) => withholding(setting, 1, ['proposal', 'tail']),
    silentInCheckpoint: (setting) => withholding(setting, 1, ['checkpoint']),
    withholdingBatches: (setting) => withholding(setting, 1, ['fetched']),
    mutating: (setting) => mutating(setting, messages),
};
//# sourceMappingURL=streamlet-tactics.js.map