/**
 * One client's account on the ledger, as its acknowledged transfers describe it. A transfer's result is the balance
 * that it left behind, so that all transfers of a client make one chain: each starts from the balance that another
 * one left. A transfer that was acknowledged and lost lets a second one start from the same balance; one that was
 * executed twice leaves a gap that no transfer explains.
 */
export class AccountAudit {
    name;
    /** What the chain has been followed to. */
    balance;
    acknowledged = 0;
    /** Amounts of transfers whose outcome the client never learnt: each may have executed, once, or not. */
    unknown = [];
    failures = [];
    /** By the balance they started from: transfers ahead of the chain's end. */
    ahead = new Map();
    constructor(name, balance) {
        this.name = name;
        this.balance = balance;
    }
    /** A transfer of `amount` was acknowledged and left `after` behind. */
    settled(amount, after) {
        this.acknowledged++;
        const before = after + amount;
        if (before > this.balance) {
            this.failures.push(`${this.name}: a transfer of ${amount} left ${after}, though ${this.balance} was left before: one that was acknowledged is lost`);
            return;
        }
        const rival = this.ahead.get(before);
        if (rival !== undefined) {
            this.failures.push(`${this.name}: two acknowledged transfers start from ${before}, leaving ${rival.after} and ${after}: one is lost`);
            return;
        }
        this.ahead.set(before, { before, after });
        this.follow();
    }
    follow() {
        for (let next = this.ahead.get(this.balance); next !== undefined; next = this.ahead.get(this.balance)) {
            this.ahead.delete(next.before);
            this.balance = next.after;
        }
    }
    /** Nothing is under way any more and the ledger says what is left: whether the chain explains it. */
    close(balance) {
        this.follow();
        while (this.ahead.size > 0 || this.balance !== balance) {
            const next = this.ahead.size > 0 ? Math.max(...this.ahead.keys()) : balance;
            const gap = this.balance - next;
            const used = subsetOf(this.unknown, gap);
            if (used === undefined) {
                this.failures.push(`${this.name}: from ${this.balance} to ${next} no transfer is known: one was executed twice, or is somebody else's`);
                return;
            }
            for (const index of used.sort((a, b) => b - a))
                this.unknown.splice(index, 1);
            this.balance = next;
            this.follow();
        }
    }
}
/** Most transfers of unknown outcome that are tried in combination. */
const MOST_TRIED = 20;
/** Indices of amounts that add up to `sum`, or undefined. */
function subsetOf(amounts, sum) {
    if (sum <= 0)
        return undefined;
    const search = (from, left) => {
        if (left === 0)
            return [];
        for (let i = from; i < Math.min(amounts.length, MOST_TRIED); i++) {
            if (amounts[i] > left)
                continue;
            const rest = search(i + 1, left - amounts[i]);
            if (rest !== undefined)
                return [i, ...rest];
        }
        return undefined;
    };
    return search(0, sum);
}
//# sourceMappingURL=account.js.map