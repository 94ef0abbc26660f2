/**
 * Small-scope mutation, after ByzzFuzz (Winter et al., OOPSLA 2023): an honest replica but for a few of its messages,
 * each with one field changed a little, under a signature that holds. Implementations fall over near misses that no
 * plan of an adversary would think of.
 */
import { sendEach, speaks } from './byzantine.js';
/** Messages of one sender among which the mutated ones are drawn. */
const SCOPE = 64;
/** Changes one field in each of up to three messages, for all their receivers or for one. */
export function mutating({ n, self, random }, schema) {
    const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => random.below(SCOPE)));
    const digests = [];
    let sent = 0;
    const mutate = (message) => {
        const names = Object.entries(schema[message.type].fields);
        const [name, field] = random.pick(names);
        const old = message[name];
        return { ...message, [name]: near(field, old, random, digests) };
    };
    const bendTo = (message, to, out) => {
        const mutant = mutate(message);
        const everybody = to === undefined ? [...Array(n).keys()] : [to];
        const victims = random.chance(0.5) ? everybody : [random.pick(everybody)];
        for (const id of everybody)
            sendEach(victims.includes(id) ? mutant : message, [id], self, out);
    };
    return {
        hear(event) {
            if (event.kind !== 'message')
                return;
            const { digest } = event.attested.message;
            if (digest !== undefined && !digests.includes(digest))
                digests.push(digest);
            if (digests.length > 8)
                digests.shift();
        },
        bend(effect, out) {
            const speech = speaks(effect) && effect.kind !== 'forward';
            if (!speech || !chosen.has(sent++))
                out.push(effect);
            else
                bendTo(effect.message, effect.kind === 'send' ? effect.to : undefined, out);
        },
    };
}
/** A value near this one. */
function near(field, old, random, digests) {
    switch (field.kind) {
        case 'uint':
            return Math.min(field.max, Math.max(0, Number(old) + random.pick([-2, -1, 1, 2])));
        case 'bool':
            return !old;
        case 'digest':
            return digests.length > 0 ? random.pick(digests) : old;
        case 'bytes':
            return old.slice(1);
        case 'list': {
            const items = [...old];
            if (items.length === 0)
                return items;
            const at = random.below(items.length);
            const choice = random.below(3);
            if (choice === 0)
                items.splice(at, 1);
            else if (choice === 1 && items.length < field.max)
                items.push(items[at]);
            else
                items[at] = near(field.of, items[at], random, digests);
            return items;
        }
        case 'record': {
            const [name, inner] = random.pick(Object.entries(field.fields));
            const value = old;
            return { ...value, [name]: near(inner, value[name], random, digests) };
        }
        case 'certificate': {
            const { message, signers, signatures } = old;
            if (random.chance(0.5))
                return { message, signers: signers.slice(1), signatures: signatures.slice(1) };
            const [name, value] = random.pick(Object.entries(message).filter(([, value]) => Number.isInteger(value)));
            const shifted = Math.max(0, Number(value) + random.pick([-1, 1]));
            return { message: { ...message, [name]: shifted }, signers, signatures };
        }
        case 'attested':
            return old;
    }
}
//# sourceMappingURL=mutation.js.map