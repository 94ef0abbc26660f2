/**
 * One lie a run, told again and again: what a validator must be found at. Each stands before a production driver, which signs
 * what it is told to send, or between it and the network.
 */
import { encodeClientReply } from '../../../codec/client-messages.js';
import { encodeValue } from '../../../codec/value.js';
import { delaying, halves, replaying, sendEach, silent, withholding, } from '../../../sim/byzantine.js';
const bySide = (setting) => {
    const [left, right] = halves(setting);
    return { left, right, self: setting.self };
};
/** One message to half of the others, another to the rest. */
function splitting(setting, other) {
    const { left, right, self } = bySide(setting);
    return {
        bend(effect, out) {
            const message = effect.kind === 'send' || effect.kind === 'attest' ? effect.message : undefined;
            const lie = message === undefined ? undefined : other(message);
            if (message === undefined || lie === undefined)
                return void out.push(effect);
            // What is attested whole its own machine hears as well: it goes on as if it had told the truth.
            if (effect.kind === 'attest')
                out.push({ ...effect, unsent: true });
            sendEach(message, left, self, out);
            sendEach(lie, right, self, out);
        },
    };
}
const INVENTED = 'c'.repeat(64);
/** As the primary, proposes one batch to some and another to the rest. */
function twoProposals(setting) {
    return splitting(setting, (message) => {
        if (message.type !== 'pre-prepare' || message.batch.transactions.length === 0)
            return undefined;
        const batch = setting.batchOf(message.batch.timeMs + 1, message.batch.transactions);
        return { ...message, digest: batch.digest, batch };
    });
}
function twoVotes(setting) {
    return splitting(setting, (message) => message.type === 'prepare' || message.type === 'commit' ? { ...message, digest: INVENTED } : undefined);
}
/** Ends its view by silence, and tells each half something else of what it had prepared. */
function twoViewChanges(setting) {
    const split = splitting(setting, (message) => message.type === 'view-change' ? { ...message, prepared: [], preprepared: [] } : undefined);
    return {
        bend(effect, out, nowMs) {
            // Amid two checkpoints: right at one there is nothing to tell, and nothing to lie about.
            if (effect.kind === 'send' && effect.message.type === 'pre-prepare' && effect.message.sequence > 24)
                return;
            split.bend(effect, out, nowMs);
        },
    };
}
function twoCheckpoints(setting) {
    return splitting(setting, (message) => message.type === 'checkpoint' ? { ...message, digest: INVENTED } : undefined);
}
/** Signs a state that nobody else has, to everybody. */
function wrongState({ self, n }) {
    return {
        bend(effect, out) {
            if (effect.kind !== 'attest' || effect.message.type !== 'checkpoint')
                return void out.push(effect);
            out.push({ ...effect, unsent: true });
            sendEach({ ...effect.message, digest: INVENTED }, Array(n).keys(), self, out);
        },
    };
}
/** As the primary, lets everything wait, for less than would end its view. */
function slowPrimary() {
    let held = [];
    return {
        bend(effect, out, nowMs) {
            if (effect.kind === 'send' && effect.message.type === 'pre-prepare')
                held.push({ dueMs: nowMs + 120, effect });
            else
                out.push(effect);
        },
        add(out, nowMs) {
            for (const { dueMs, effect } of held)
                if (dueMs <= nowMs)
                    out.push(effect);
            held = held.filter(({ dueMs }) => dueMs > nowMs);
        },
    };
}
/** As the primary, keeps half of its proposals from one of the others. */
function leavingOneOut({ self, n, random }) {
    const victim = (self + 1 + random.below(n - 1)) % n;
    return {
        bend(effect, out) {
            const proposes = effect.kind === 'send' &&
                (effect.message.type === 'pre-prepare' || effect.message.type === 'fetched');
            if (!proposes || !random.chance(0.5))
                return void out.push(effect);
            const to = effect.to === undefined ? [...Array(n).keys()] : [effect.to];
            sendEach(effect.message, to.filter((id) => id !== victim), self, out);
        },
    };
}
/** Spoils the end of some of its messages: there the signature is. */
function badSignatures({ random }) {
    return (item) => {
        // An array that begins with the kind of a protocol's message.
        if ((item[0] & 0xf0) !== 0x90 || item[1] !== 0 || !random.chance(0.3))
            return item;
        item[item.length - 1 - random.below(32)] ^= 1 << random.below(8);
        return item;
    };
}
function garbage({ random }) {
    return (item) => {
        if (!random.chance(0.2))
            return item;
        const noise = Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256));
        return encodeValue(random.pick([[0, noise, noise], [0, 1, 2], [7, noise], [0, noise], [2, 1], 5]));
    };
}
const plain = (setting) => setting;
/** All that a validator is to be found at. */
export const MISBEHAVIOURS = [
    {
        name: 'two proposals for a slot',
        kind: 'equivocation',
        provable: true,
        primary: true,
        tactic: twoProposals,
    },
    { name: 'two votes for a slot', kind: 'equivocation', provable: true, primary: false, tactic: twoVotes },
    { name: 'two view changes', kind: 'equivocation', provable: true, primary: true, tactic: twoViewChanges },
    { name: 'two checkpoints', kind: 'equivocation', provable: true, primary: false, tactic: twoCheckpoints },
    {
        name: 'invalid signatures',
        kind: 'invalid-signature',
        provable: false,
        primary: false,
        mangle: badSignatures,
    },
    { name: 'malformed messages', kind: 'malformed-message', provable: false, primary: false, mangle: garbage },
    { name: 'wrong state hash', kind: 'wrong-state-hash', provable: false, primary: false, tactic: wrongState },
    {
        name: 'stale replay',
        kind: 'stale-replay',
        provable: false,
        primary: false,
        tactic: (s) => replaying(plain(s), 0.1),
    },
    {
        name: 'conflicting results',
        kind: 'conflicting-result',
        provable: false,
        primary: false,
        answer: wrongAnswer,
    },
    { name: 'withheld batches', kind: 'withheld-batch', provable: false, primary: true, tactic: leavingOneOut },
    {
        name: 'late votes',
        kind: 'timing-violation',
        provable: false,
        primary: false,
        tactic: (s) => delaying(plain(s), 120),
    },
    { name: 'late proposals', kind: 'timing-violation', provable: false, primary: true, tactic: slowPrimary },
    { name: 'silence', kind: 'non-participation', provable: false, primary: false, tactic: () => silent() },
    {
        name: 'half of the votes missing',
        kind: 'non-participation',
        provable: false,
        primary: false,
        tactic: (s) => withholding(plain(s), 0.5, ['prepare', 'commit']),
    },
];
function wrongAnswer(answer) {
    if (answer.kind !== 'reply')
        return undefined;
    return encodeClientReply({
        ...answer,
        result: Uint8Array.of(9, 9),
    });
}
//# sourceMappingURL=tactics.js.map