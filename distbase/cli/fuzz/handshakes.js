/** Handshake messages with something wrong in them, for both sides. */
import { HELLO_BYTES, Initiator, PEER_FINISH_BYTES, REPLY_BYTES, Responder, } from '../../crypto/handshake.js';
import { mutate, noise } from './mutate.js';
/** What stands before the keys: messages that are wrong there are refused before any costly work. */
const HEAD_BYTES = 37;
/** One handshake message in so many is let through to the key agreements and signatures, which take milliseconds. */
const COSTLY = 200;
/** A copy in the same state: each of them takes one message, by design, and to make a new one takes milliseconds. */
function again(of) {
    return Object.assign(Object.create(Object.getPrototypeOf(of)), of);
}
/** Gives the outcome of one message: a code, or what it led to. */
export function handshakeTarget({ context, responder, initiator }, random) {
    const asking = new Initiator(context, initiator, responder.id);
    const client = new Initiator(context, undefined, responder.id);
    const answering = new Responder(context, responder, true);
    const reply = answering.reply(asking.hello);
    const last = again(asking).finish(reply);
    // The copy used its secrets up, which are ours as well: from here on only refusals are asked of it.
    const finish = typeof last === 'string' ? noise(PEER_FINISH_BYTES, random) : last.message;
    const hellos = [asking.hello, client.hello];
    const outcome = (result) => (typeof result === 'string' ? result : 'answered');
    const cheapHello = () => {
        const hello = random.pick(hellos);
        let changed = mutate(hello, reply, random);
        if (changed.length === HELLO_BYTES) {
            // Of the right length: wrong at its head, so that it is refused for that.
            changed = hello.slice();
            const at = random.below(HEAD_BYTES);
            changed[at] = changed[at] ^ (1 << random.below(8));
            const back = hello === client.hello && at >= 33;
            if (back)
                changed[0] = changed[0] ^ 0x40;
        }
        return outcome(new Responder(context, responder, random.chance(0.8)).reply(changed));
    };
    const costlyHello = () => {
        const asked = random.pick(hellos).slice();
        asked.set(noise(1 + random.below(40), random), HEAD_BYTES + random.below(HELLO_BYTES - HEAD_BYTES - 41));
        return outcome(new Responder(context, responder, asked[33] !== 0xff).reply(asked));
    };
    const lastWord = () => {
        const message = random.chance(0.5)
            ? mutate(finish, reply, random)
            : noise(random.chance(0.7) ? PEER_FINISH_BYTES : random.below(6_000), random);
        return outcome(again(answering).finish(message));
    };
    const wrongReply = () => {
        let message = mutate(reply, finish, random);
        if (message.length === REPLY_BYTES && random.chance(0.9)) {
            message = reply.slice();
            message[random.below(3)] ^= 1 << random.below(8);
        }
        if (message.length === REPLY_BYTES &&
            message[0] === reply[0] &&
            message[1] === reply[1] &&
            message[2] === reply[2])
            return outcome(new Initiator(context, initiator, responder.id).finish(message));
        return outcome(again(client).finish(message));
    };
    return () => {
        if (random.below(COSTLY) === 0)
            return costlyHello();
        const kind = random.below(10);
        if (kind < 5)
            return cheapHello();
        return kind < 8 ? lastWord() : random.below(40) === 0 ? wrongReply() : lastWord();
    };
}
//# sourceMappingURL=handshakes.js.map