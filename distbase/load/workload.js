/** Clients that have keys of their own, and the signed transactions that they send. */
import { Client, generateKeyPair } from '../client/index.js';
import { initialNonce } from '../client/nonces.js';
import { EXPIRY_SPAN } from '../client/options.js';
/** Keys that each client writes to: a state of some size, whose tree is as deep as a small application's. */
const KEYS = 1024;
/** Signed transactions kept at once, in bytes. */
const MAX_SIGNED_BYTES = 256 << 20;
export class LoadClient {
    client;
    value;
    ready = [];
    nonce = initialNonce(Date.now());
    made = 0;
    constructor(client, payloadBytes) {
        this.client = client;
        this.value = new Uint8Array(payloadBytes).fill(0x61);
    }
    /** Connects to every validator of the cluster. */
    static async connect(order, stopwatch) {
        const { home, txAuth: suite, payloadBytes } = order;
        const key = await generateKeyPair(suite);
        const client = await Client.connect({
            home,
            suite,
            key,
            minConnected: Number.POSITIVE_INFINITY,
            ...(stopwatch && { stopwatch }),
        });
        return new LoadClient(client, payloadBytes);
    }
    /** Signed transactions that are left. */
    get stock() {
        return this.ready.length;
    }
    sign() {
        const key = `k${this.made++ % KEYS}`;
        const expiry = this.client.sequence + EXPIRY_SPAN;
        return this.client.sign({ op: 'put', key, value: this.value }, this.nonce++, expiry);
    }
    /** Signs until `count` are left. */
    stockUp(count) {
        // Taken from the end: nonces go out in their order.
        const signed = Array.from({ length: Math.max(0, count - this.ready.length) }, () => this.sign());
        this.ready.unshift(...signed.reverse());
    }
    /** The next signed transaction, or undefined when the stock is used up. */
    take() {
        return this.ready.pop();
    }
}
/** How many transactions of these clients may be signed ahead. */
export function stockLimit(clients) {
    const sample = clients[0].sign().length;
    return Math.floor(MAX_SIGNED_BYTES / sample / clients.length);
}
//# sourceMappingURL=workload.js.map