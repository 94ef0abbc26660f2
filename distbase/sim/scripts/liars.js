/** Lies that a script spells out, with no dice in them; those of the campaigns can be named in a script, too. */
import { Liar, sendEach, silentTo } from '../byzantine.js';
import { ALL_PBFT_TACTICS } from '../pbft-tactics.js';
const INVENTED = 'a'.repeat(64);
/** Never says these things. */
const mute = (types) => () => ({
    bend(effect, out) {
        const said = effect.kind === 'send' || effect.kind === 'attest' ? effect.message.type : undefined;
        if (said === undefined || !types.includes(said))
            out.push(effect);
    },
});
/** Says these things `ms` late: at its first step after that. */
const holding = (types, ms) => () => {
    let held = [];
    return {
        bend(effect, out, nowMs) {
            if (effect.kind === 'send' && types.includes(effect.message.type))
                held.push({ sinceMs: nowMs, message: effect.message, to: effect.to });
            else
                out.push(effect);
        },
        add(out, nowMs) {
            const due = held.filter(({ sinceMs }) => nowMs - sinceMs >= ms);
            if (due.length === 0)
                return;
            held = held.filter((item) => !due.includes(item));
            for (const { message, to } of due)
                out.push({ kind: 'send', to, message, afterPersist: false });
        },
    };
};
/** As primary, proposes another batch of the same transactions to these; votes for whatever each was told. */
const rivalTo = (fooled) => ({ self, n, clients }) => {
    const rivals = new Map();
    return {
        bend(effect, out) {
            if (effect.kind !== 'send') {
                out.push(effect);
                return;
            }
            const { message } = effect;
            let lie = message;
            if (message.type === 'pre-prepare') {
                const batch = clients.batch(message.batch.timeMs + 1, message.batch.transactions);
                rivals.set(message.digest, batch.digest);
                lie = { ...message, digest: batch.digest, batch };
            }
            else if ('digest' in message) {
                lie = { ...message, digest: rivals.get(message.digest) ?? message.digest };
            }
            const to = effect.to === undefined ? [...Array(n).keys()] : [effect.to];
            for (const id of to)
                sendEach(fooled.includes(id) ? lie : message, [id], self, out);
        },
    };
};
/** As primary, proposes a second batch for every slot to everybody, after the first. */
const proposingTwice = ({ self, n, clients }) => ({
    bend(effect, out) {
        out.push(effect);
        if (effect.kind !== 'send' || effect.message.type !== 'pre-prepare')
            return;
        const { message } = effect;
        const batch = clients.batch(message.batch.timeMs + 1, message.batch.transactions);
        const to = effect.to === undefined ? Array(n).keys() : [effect.to];
        sendEach({ ...message, digest: batch.digest, batch }, to, self, out);
    },
});
/** Tells a story in its VIEW-CHANGEs instead of what its log holds. */
const tells = (story) => ({ self, n }) => ({
    bend(effect, out) {
        if (effect.kind === 'attest' && effect.message.type === 'view-change')
            sendEach(story(effect.message), Array(n).keys(), self, out);
        else
            out.push(effect);
    },
});
/** Claims that something else prepared, in the last view, at the first two slots above its checkpoint. */
const inventing = tells((message) => {
    const claims = [1, 2].map((above) => ({
        view: message.view - 1,
        sequence: message.stable + above,
        digest: INVENTED,
    }));
    return { ...message, prepared: claims, preprepared: claims };
});
/** Claims that nothing prepared, nor was proposed. */
const hiding = tells((message) => ({ ...message, prepared: [], preprepared: [] }));
/** Claims a checkpoint far above everybody's. */
const boasting = tells((message) => ({
    ...message,
    stable: message.stable + 800,
    checkpoints: [{ sequence: message.stable + 800, digest: INVENTED }],
    prepared: [],
    preprepared: [],
}));
/** Signs a digest that execution did not give. */
const wrongCheckpoints = ({ self, n }) => ({
    bend(effect, out) {
        if (effect.kind === 'attest' && effect.message.type === 'checkpoint')
            sendEach({ ...effect.message, digest: INVENTED }, Array(n).keys(), self, out);
        else
            out.push(effect);
    },
});
/** Asks for the next view at every step, whatever happens. */
const leaving = (view) => ({ self, n }) => {
    let asked = false;
    return {
        add(out) {
            if (asked)
                return;
            asked = true;
            const message = {
                type: 'view-change',
                epoch: 0,
                view,
                stable: 0,
                checkpoints: [{ sequence: 0, digest: INVENTED }],
                prepared: [],
                preprepared: [],
            };
            sendEach(message, Array(n).keys(), self, out);
        },
    };
};
/** Reads the rest of `byzantine ID …`. */
export function readTactic(reader, ids) {
    const name = reader.word('a tactic');
    switch (name) {
        case 'mute':
            return mute(reader.until('types of messages'));
        case 'holds': {
            const types = reader.until('types of messages', 'for');
            if (!reader.take('for'))
                reader.fail('"for" and a time are missing');
            return holding(types, reader.duration('a time'));
        }
        case 'equivocates':
            if (!reader.take('to'))
                reader.fail('"to" and replicas are missing');
            return rivalTo(ids());
        case 'proposes-twice':
            return proposingTwice;
        case 'silent-to': {
            const deaf = ids();
            return (setting) => silentTo(setting, deaf);
        }
        case 'invents-prepared':
            return inventing;
        case 'hides-prepared':
            return hiding;
        case 'boasts-checkpoint':
            return boasting;
        case 'wrong-checkpoints':
            return wrongCheckpoints;
        case 'asks-for-view':
            return leaving(reader.integer('a view'));
        default: {
            const known = ALL_PBFT_TACTICS[name];
            if (known === undefined)
                return reader.fail(`${name} is no tactic`);
            return known;
        }
    }
}
/** The replica in the hands of all these tactics, in this order. */
export function adversaryOf(making) {
    return (setting) => (machine) => new Liar(machine, making.map((make) => make(setting, () => machine)));
}
//# sourceMappingURL=liars.js.map