/**
 * Where a client's nonces come from. A chain remembers, per client, which of the `CLIENT_WINDOW` nonces up to the
 * highest one it has seen were used, and takes no lower one. Hence three rules:
 *
 * - A client starts at the µs since 1970. A client that starts again with the same key, more than its own number of
 *   transactions in µs later, is above everything that it used before, with nothing to store. (2⁵³ µs end in 2255.)
 * - Nonces are handed out one by one, so that the window covers as many transactions as it has places.
 * - None is handed out that is a whole span above the lowest one that is still open: what is open, and is sent again
 *   after a reconnect, must still be inside the chain's window when it arrives.
 *
 * It follows that one key is for one running client: a second one starts higher and slides the window past the first.
 */
/** First nonce of a client that starts now. */
export function initialNonce(nowMs) {
    return Math.max(1, Math.floor(nowMs * 1000));
}
export class NonceWindow {
    first;
    span;
    released;
    /** Both count from `first`. */
    low = 0;
    next = 0;
    /** `span`: most nonces between the lowest open one and the newest. */
    constructor(first, span) {
        this.first = first;
        this.span = span;
        this.released = new Uint8Array(span);
    }
    /** The next nonce, or undefined while the lowest open one is a span behind. */
    take() {
        if (this.next - this.low >= this.span)
            return undefined;
        this.released[this.next % this.span] = 0;
        return this.first + this.next++;
    }
    /** The transaction of this nonce is settled, or given up. Does nothing for a nonce that is not open. */
    release(nonce) {
        const index = nonce - this.first;
        if (index < this.low || index >= this.next)
            return;
        this.released[index % this.span] = 1;
        while (this.low < this.next && this.released[this.low % this.span] === 1)
            this.low++;
    }
}
//# sourceMappingURL=nonces.js.map