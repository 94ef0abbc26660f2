/** While this home has forgotten what it promised: asks to be taken back, and says what to do where the others cannot. */
import { encodeValue } from '../codec/value.js';
import { rejoinTransaction } from './rejoin.js';
import { RELAY_ITEM } from './relays.js';
/** How often we ask, ms. */
const REJOIN_MS = 1_000;
export class Comeback {
    o;
    cancel;
    lastNonce = 0;
    constructor(options) {
        this.o = options;
    }
    /** Asks again and again, until `stop`. */
    ask(set, self) {
        this.stop();
        const again = () => {
            for (const { id } of set.members)
                if (id !== self.id)
                    this.o.exchange.hello(id);
            this.askOnce(set, self);
            this.cancel = this.o.clock.after(REJOIN_MS, again);
        };
        this.cancel = this.o.clock.after(REJOIN_MS / 10, again);
    }
    stop() {
        this.cancel?.();
        this.cancel = undefined;
    }
    askOnce(set, member) {
        const { chain, incarnation, signer, clock, log, exchange, certifiers, approve, sequence } = this.o;
        if (incarnation === undefined || signer === undefined)
            return;
        const n = set.members.length;
        const others = exchange.mute(set.members.map(({ id }) => id)).length;
        if (others + 1 > n - certifiers(n)) {
            log.warn(`${others + 1} of ${n} validators have forgotten what they promised, and the others are too few to order anything: ` +
                '`lockstep rejoin --help` says what to do');
        }
        this.lastNonce = Math.max(this.lastNonce + 1, Math.floor(clock.wallMs()));
        const transaction = rejoinTransaction({
            chain,
            member,
            set,
            token: incarnation.token,
            approve,
            signer,
            nonce: this.lastNonce,
            sequence: sequence(),
        });
        this.o.broadcast(encodeValue([RELAY_ITEM, [transaction]]));
    }
}
//# sourceMappingURL=comeback.js.map