/**
 * Clients that read, write, delete, and compare and swap the same few keys at once, and write down what they did and
 * were told. Keys are used for a while and then left, so that a key's history stays short enough to be judged.
 */
import { Client, generateKeyPair } from '../../client/index.js';
import { KvHistory } from './kv-history.js';
import { LANES_PER_CLIENT, Load, TIMEOUT_MS } from './load.js';
/** Keys in use at a time, and operations after which one is left for a new one. */
const KEYS = 8;
const OPERATIONS_PER_KEY = 400;
/** Share of requests whose client gives up early, so that its outcome stays open, and when, ms. */
const IMPATIENT = 0.02;
const IMPATIENT_MS = 250;
export class KvLoad extends Load {
    history = new KvHistory();
    random;
    keys;
    made = 0;
    values = 0;
    constructor(rate, random, clock) {
        super(rate, clock);
        this.random = random;
        this.keys = Array.from({ length: KEYS }, () => this.newKey());
    }
    static async connect({ folder }, clients, rate, random, clock) {
        const load = new KvLoad(rate, random, clock);
        for (let i = 0; i < clients; i++) {
            const key = await generateKeyPair('ed25519');
            const limits = { timeoutMs: TIMEOUT_MS, maxOutstanding: LANES_PER_CLIENT };
            load.clients.push(await Client.connect({ home: folder, key, ...limits }));
        }
        return load;
    }
    async request(client) {
        const { random, history } = this;
        const key = this.pick();
        const input = this.draw(key);
        const timeoutMs = random.chance(IMPATIENT) ? IMPATIENT_MS : TIMEOUT_MS;
        const called = history.now();
        try {
            const { output, latencyMs } = await ask(client, key.name, input, timeoutMs, random.chance(0.5));
            history.add(key.name, { input, output, called, returned: history.now() });
            if ('value' in output)
                key.last = output.value;
            else if (output.done && 'value' in input)
                key.last = input.value;
            return { latencyMs };
        }
        catch (error) {
            history.add(key.name, { input, output: undefined, called, returned: undefined });
            throw error;
        }
    }
    async settle() {
        this.failures.push(...(await this.history.judge()));
    }
    newKey() {
        return { name: `k${this.made++}`, used: 0, last: null };
    }
    pick() {
        const index = this.random.below(KEYS);
        if (this.keys[index].used++ >= OPERATIONS_PER_KEY)
            this.keys[index] = this.newKey();
        return this.keys[index];
    }
    draw(key) {
        const { random } = this;
        const share = random.float();
        if (share < 0.45)
            return { op: 'get' };
        // No value is written twice: what is read tells who wrote it.
        const value = String(++this.values);
        if (share < 0.7)
            return { op: 'put', value };
        if (share < 0.95)
            return { op: 'cas', expected: key.last, value };
        return { op: 'delete' };
    }
}
/** `lease`: asks a leader for its own word where the chain has such reads. */
async function ask(client, key, input, timeoutMs, lease) {
    if (input.op === 'get') {
        const read = lease ? 'lease' : 'ordered';
        const { result, latencyMs } = await client.query({ op: 'get', key }, { timeoutMs, read });
        const { found, value } = result;
        if (!result.ok || typeof found !== 'boolean')
            throw new Error(`a read answered ${JSON.stringify(result)}`);
        return { output: { value: found ? String(value) : null }, latencyMs };
    }
    const command = input.op === 'cas' ? { ...input, key, expected: input.expected } : { ...input, key };
    const { result, latencyMs } = await client.submit(command, { timeoutMs });
    if (!result.ok && result.code !== 'cas-mismatch')
        throw new Error(`${input.op} answered ${JSON.stringify(result)}`);
    const done = input.op === 'delete' ? Boolean(result.existed) : result.ok;
    return { output: { done }, latencyMs };
}
//# sourceMappingURL=kv-load.js.map