/**
 * Addresses of strangers that keep failing at the door: refused at accept for a while, before a byte of theirs is read. An
 * address from which a validator ever proved itself is never banned, since what shares it with a validator may be a
 * router; nor are those that the configuration gives for validators.
 */
import { BAN_MS, BAN_STRIKES, MAX_BANNED_ADDRESSES, STRIKE_PERIOD_MS } from '../core/limits.js';
/** What only a stranger that means no good, or another program, does; and what any busy machine may do is not here. */
const STRIKES = new Set([
    'handshake-malformed',
    'handshake-failed',
    'stranger',
    'frame-too-large',
    'frame-version',
]);
/** One form of an address: IPv4 in IPv6's clothes is IPv4. */
export function plainAddress(remote) {
    const lower = remote.toLowerCase();
    const mapped = /^(?:::ffff:|0000:0000:0000:0000:0000:ffff:)(.*)$/.exec(lower)?.[1];
    if (mapped === undefined)
        return lower;
    if (mapped.includes('.'))
        return mapped;
    const groups = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(mapped);
    if (groups === null)
        return lower;
    const [high, low] = [Number.parseInt(groups[1], 16), Number.parseInt(groups[2], 16)];
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}
export class Bans {
    #records = new Map();
    #trusted = new Set();
    #nowMs;
    constructor(nowMs = () => performance.now()) {
        this.#nowMs = nowMs;
    }
    /** A validator is, or proved itself, at this address. */
    trust(remote) {
        const address = plainAddress(remote);
        this.#trusted.add(address);
        this.#records.delete(address);
    }
    /** Whether a validator is known to be there. */
    trusts(remote) {
        return this.#trusted.has(plainAddress(remote));
    }
    /** Something of this address was not taken, and nobody proved who it is. */
    strike(remote, code) {
        const address = plainAddress(remote);
        if (address === '' || !STRIKES.has(code) || this.#trusted.has(address))
            return;
        const nowMs = this.#nowMs();
        let record = this.#records.get(address);
        if (record === undefined) {
            this.#makeRoom(nowMs);
            record = { strikes: 0, sinceMs: nowMs, bannedUntilMs: 0, reason: code };
            this.#records.set(address, record);
        }
        if (nowMs - record.sinceMs > STRIKE_PERIOD_MS) {
            record.strikes = 0;
            record.sinceMs = nowMs;
        }
        record.strikes++;
        if (record.strikes < BAN_STRIKES)
            return;
        record.bannedUntilMs = nowMs + BAN_MS;
        record.reason = code;
    }
    banned(remote) {
        if (this.#records.size === 0)
            return false;
        const record = this.#records.get(plainAddress(remote));
        return record !== undefined && record.bannedUntilMs > this.#nowMs();
    }
    list() {
        const nowMs = this.#nowMs();
        return [...this.#records]
            .filter(([, { bannedUntilMs }]) => bannedUntilMs > nowMs)
            .map(([address, { reason, bannedUntilMs }]) => ({ address, reason, leftMs: bannedUntilMs - nowMs }));
    }
    /** The oldest that is not banned gives way, else the oldest ban. */
    #makeRoom(nowMs) {
        if (this.#records.size < MAX_BANNED_ADDRESSES)
            return;
        let oldest;
        for (const [address, { bannedUntilMs }] of this.#records) {
            oldest ??= address;
            if (bannedUntilMs > nowMs)
                continue;
            oldest = address;
            break;
        }
        if (oldest !== undefined)
            this.#records.delete(oldest);
    }
}
//# sourceMappingURL=bans.js.map