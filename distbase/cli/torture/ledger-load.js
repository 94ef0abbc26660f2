/** Clients that pay strangers on the ledger, and keep books of every transfer that was acknowledged. */
import { Client } from '../../client/index.js';
import { AccountAudit } from './account.js';
import { LANES_PER_CLIENT, Load, TIMEOUT_MS } from './load.js';
/** What every client owns at first: more than any campaign spends, and together within the ledger's bound. */
export const ALLOCATION = 100_000_000_000;
const MOST_PER_TRANSFER = 1_000;
export class LedgerLoad extends Load {
    payers;
    random;
    audits;
    constructor(payers, rate, random, clock) {
        super(rate, clock);
        this.payers = payers;
        this.random = random;
        this.audits = payers.map((_, i) => new AccountAudit(`client ${i}`, ALLOCATION));
    }
    static async connect(home, payers, rate, random, clock) {
        const load = new LedgerLoad(payers, rate, random, clock);
        for (const { identity } of payers) {
            const key = identity.ed25519;
            const limits = { timeoutMs: TIMEOUT_MS, maxOutstanding: LANES_PER_CLIENT };
            load.clients.push(await Client.connect({ home, key, ...limits }));
        }
        return load;
    }
    async request(client, index) {
        const audit = this.audits[index];
        const amount = 1 + this.random.below(MOST_PER_TRANSFER);
        // A thousand strangers: the state is small, and never the same.
        const to = this.random.below(1_000).toString(16).padStart(64, '0');
        try {
            const { result, latencyMs } = await client.submit({ op: 'transfer', to, amount });
            // None is to be declined.
            if (!result.ok)
                this.failures.push(`${audit.name}: ${JSON.stringify(result)}`);
            else
                audit.settled(amount, Number(result.balance));
            return { latencyMs };
        }
        catch (error) {
            audit.unknown.push(amount);
            throw error;
        }
    }
    /** Compares the books with the ledger: what is left on each account must be what the transfers explain. */
    async settle() {
        for (const [i, audit] of this.audits.entries()) {
            const { result } = await this.clients[0].query({ op: 'balance', account: this.payers[i].account });
            // What others paid in is not on the account: they pay strangers.
            audit.close(Number(result.balance));
            this.failures.push(...audit.failures);
        }
    }
}
//# sourceMappingURL=ledger-load.js.map