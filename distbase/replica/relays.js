/**
 * Transactions that another validator passes on, lest a client left somebody out. Each costs a check of its signature, so that
 * they are as few as an honest one has reason for; and since an honest one checks what it passes on, a forged one ends it for a
 * while.
 */
import { MAX_RELAYED_PER_PERIOD, RELAY_MUTE_MS, RELAY_PERIOD_MS } from '../core/limits.js';
/** The item `[1, [transaction, …]]`. */
export const RELAY_ITEM = 1;
export class Relays {
    #senders = new Map();
    #clock;
    #submit;
    #onForged;
    constructor(clock, submit, onForged) {
        this.#clock = clock;
        this.#submit = submit;
        this.#onForged = onForged;
    }
    onItem(from, item) {
        const transactions = item[1];
        if (item.length !== 2 || !Array.isArray(transactions))
            return 'body-malformed';
        if (transactions.length > MAX_RELAYED_PER_PERIOD)
            return 'body-malformed';
        if (!transactions.every((bytes) => bytes instanceof Uint8Array))
            return 'body-malformed';
        const nowMs = this.#clock.nowMs();
        const sender = this.#senderAt(from, nowMs);
        if (nowMs < sender.mutedUntilMs)
            return 'rate-limited';
        if (sender.transactions + transactions.length > MAX_RELAYED_PER_PERIOD)
            return 'rate-limited';
        sender.transactions += transactions.length;
        this.#submit(transactions, () => {
            const foundMs = this.#clock.nowMs();
            // Of what came together, one says it all.
            if (foundMs < sender.mutedUntilMs)
                return;
            sender.mutedUntilMs = foundMs + RELAY_MUTE_MS;
            this.#onForged(from);
        });
        return undefined;
    }
    #senderAt(from, nowMs) {
        let sender = this.#senders.get(from);
        if (sender === undefined) {
            sender = { fromMs: nowMs, transactions: 0, mutedUntilMs: Number.NEGATIVE_INFINITY };
            this.#senders.set(from, sender);
        }
        if (nowMs - sender.fromMs >= RELAY_PERIOD_MS) {
            sender.fromMs = nowMs;
            sender.transactions = 0;
        }
        return sender;
    }
}
//# sourceMappingURL=relays.js.map