import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { kvCodec } from '../../src/apps/kv-codec.ts';
import { type AddressOptions, Client, generateKeyPair } from '../../src/client/index.ts';
import type { ClientReply } from '../../src/codec/client-messages.ts';
import { createWorld } from '../transport/network.ts';
import { Endpoints } from './endpoint.ts';

let endpoints: Endpoints;
const clients: Client[] = [];

beforeAll(async () => {
  endpoints = await Endpoints.start(4);
});
afterAll(() => endpoints.stop());
beforeEach(() => {
  endpoints.bend = (reply) => [reply];
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
});

async function connect(options: Partial<AddressOptions> = {}): Promise<Client> {
  const { genesis } = endpoints.world.chain;
  const client = await Client.connect({ validators: endpoints.urls, genesis, minConnected: 4, ...options });
  clients.push(client);
  return client;
}

const isReply = (reply: ClientReply) => reply.kind === 'reply';

/** Polls until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** The refusal of what a validator would have answered. */
function refuse(reply: ClientReply, code: string): readonly ClientReply[] {
  return reply.kind === 'reply'
    ? [{ kind: 'refusal', transaction: reply.transaction, code, message: 'so there' }]
    : [reply];
}

describe('a client', () => {
  it('writes, and reads in order what it wrote', async () => {
    const client = await connect();
    const { sequence, result, latencyMs } = await client.submit({ op: 'put', key: 'a', value: 'hello' });
    expect(result).toEqual({ ok: true });
    expect(sequence).toBe(endpoints.sequence);
    expect(latencyMs).toBeGreaterThan(0);
    const read = await client.query({ op: 'get', key: 'a' });
    expect(read.result).toEqual({ ok: true, found: true, value: 'hello' });
    expect(read.sequence).toBe(sequence + 1);
    expect(endpoints.executed.at(-1)?.kind).toBe('read');
  });

  it('takes a payload as it is, and gives the bytes of its result', async () => {
    const client = await connect();
    const { result } = await client.submit(kvCodec.encodeCommand({ op: 'put', key: 'raw', value: 1 }));
    expect(kvCodec.decodeResult(result)).toEqual({ ok: true });
    const read = await client.query(kvCodec.encodeQuery({ op: 'get', key: 'raw' }));
    expect(kvCodec.decodeResult(read.result)).toEqual({ ok: true, found: true, value: 1 });
  });

  it('reads out of order when asked to, without a transaction', async () => {
    const client = await connect();
    await client.submit({ op: 'put', key: 'b', value: 2 });
    const before = endpoints.executed.length;
    const { result, sequence } = await client.query({ op: 'get', key: 'b' }, { unordered: true });
    expect(result).toEqual({ ok: true, found: true, value: 2 });
    expect(sequence).toBe(endpoints.sequence);
    expect(endpoints.executed.length).toBe(before);
  });

  it('moves an unordered read to another validator when one is silent', async () => {
    const client = await connect();
    const silent = new Set<number>();
    endpoints.bend = (reply, id) => {
      if (reply.kind !== 'answer' || reply.requestId === 0) return [reply];
      if (silent.size === 0) silent.add(id);
      return silent.has(id) ? [] : [reply];
    };
    const { result } = await client.query({ op: 'size' }, { unordered: true });
    expect(result.ok).toBe(true);
    expect(silent.size).toBe(1);
  });

  it('shows what each validator says of itself', async () => {
    const client = await connect();
    const status = await client.status();
    expect(status.map((view) => view.url)).toEqual(endpoints.urls);
    expect(status.map((view) => view.validator)).toEqual([0, 1, 2, 3]);
    expect(status.map((view) => view.name)).toEqual(['v0', 'v1', 'v2', 'v3']);
    expect(status.map((view) => view.status?.self)).toEqual([0, 1, 2, 3]);
  });

  it('sends what is queued in one turn as one frame to each validator', async () => {
    const client = await connect();
    const before = [0, 1, 2, 3].map((id) => endpoints.framesIn(id));
    await Promise.all(Array.from({ length: 50 }, (_, i) => client.submit({ op: 'put', key: 'f', value: i })));
    expect([0, 1, 2, 3].map((id) => endpoints.framesIn(id) - before[id]!)).toEqual([1, 1, 1, 1]);
  });

  it('keeps no more in flight than it may, in nonces without a gap', async () => {
    const client = await connect({ maxOutstanding: 4 });
    const from = endpoints.executed.length;
    let most = 0;
    const all = Array.from({ length: 60 }, async (_, i) => {
      await client.submit({ op: 'put', key: 'n', value: i });
      most = Math.max(most, client.inFlight);
    });
    most = Math.max(most, client.inFlight);
    await Promise.all(all);
    expect(most).toBeLessThanOrEqual(4);
    const nonces = endpoints.executed.slice(from).map(({ nonce }) => nonce);
    expect(nonces).toEqual(nonces.map((_, i) => nonces[0]! + i));
  });

  it('executes a transaction of the same key, nonce and expiry once, whoever makes it', async () => {
    const key = await generateKeyPair('ed25519');
    const options = { nonce: 77, expiry: 5000 };
    const first = await (await connect({ key })).submit({ op: 'put', key: 'once', value: 1 }, options);
    const from = endpoints.executed.length;
    const second = await (await connect({ key })).submit({ op: 'put', key: 'once', value: 1 }, options);
    expect(second.sequence).toBe(first.sequence);
    expect(endpoints.executed.length).toBe(from);
  });

  it('sends a transaction that was signed ahead', async () => {
    const client = await connect();
    const transaction = client.sign({ op: 'put', key: 's', value: 1 }, 5, 1000);
    const sent = client.submitRaw(transaction);
    await expect(client.submitRaw(transaction)).rejects.toMatchObject({ code: 'bad-request' });
    expect(kvCodec.decodeResult((await sent).result)).toEqual({ ok: true });
  });
});

describe('what a client believes', () => {
  it('is not what one validator says, however often', async () => {
    const client = await connect();
    endpoints.bend = (reply, id) => (isReply(reply) ? (id === 2 ? [reply, reply, reply] : []) : [reply]);
    const late = client.submit({ op: 'put', key: 'x', value: 1 }, { timeoutMs: 300 });
    await expect(late).rejects.toMatchObject({ code: 'timeout' });
  });

  it.each(['result', 'sequence'])('is not a %s that f validators made up', async (field) => {
    const client = await connect();
    endpoints.bend = (reply, id) => {
      if (reply.kind !== 'reply' || id !== 0) return [reply];
      return [field === 'result' ? { ...reply, result: Uint8Array.of(1) } : { ...reply, sequence: 9999 }];
    };
    for (let i = 0; i < 10; i++) {
      const { result, sequence } = await client.submit({ op: 'put', key: 'x', value: i });
      expect(result).toEqual({ ok: true });
      expect(sequence).toBe(endpoints.sequence);
    }
  });

  it('is nothing where no f + 1 say the same', async () => {
    const client = await connect();
    endpoints.bend = (reply, id) =>
      reply.kind === 'reply' ? [{ ...reply, result: Uint8Array.of(id) }] : [reply];
    const torn = client.submit({ op: 'put', key: 'x', value: 1 });
    await expect(torn).rejects.toMatchObject({ code: 'no-agreement' });
  });

  it('is a refusal of f + 1, with its reason', async () => {
    const client = await connect();
    endpoints.bend = (reply, id) =>
      id > 1 ? refuse(reply, 'transaction-refused') : isReply(reply) ? [] : [reply];
    const refused = client.submit({ op: 'put', key: 'x', value: 1 });
    await expect(refused).rejects.toMatchObject({
      code: 'rejected',
      message: expect.stringContaining('so there'),
    });
  });

  it('is not that all are busy because f + 1 are', async () => {
    const client = await connect();
    let left = 2;
    endpoints.bend = (reply, id) => {
      if (!isReply(reply)) return [reply];
      if (id < 2) return refuse(reply, 'mempool-full');
      return left-- > 0 ? [] : [reply];
    };
    const { result } = await client.submit({ op: 'put', key: 'x', value: 1 });
    expect(result).toEqual({ ok: true });
  });

  it('is that all are busy when n − f are', async () => {
    const client = await connect();
    endpoints.bend = (reply, id) => (id > 0 ? refuse(reply, 'mempool-full') : isReply(reply) ? [] : [reply]);
    const refused = client.submit({ op: 'put', key: 'x', value: 1 });
    await expect(refused).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('validators that come and go', () => {
  it('are not noticed while f are away, and are connected again', async () => {
    const client = await connect();
    await endpoints.down(1);
    await client.submit({ op: 'put', key: 'x', value: 1 });
    expect(client.connected).toBe(3);
    expect((await client.status())[1]).toMatchObject({ connected: false, status: undefined });
    await endpoints.up(1);
    await until(() => client.connected === 4);
  });

  it('get again, to the letter, what was outstanding when they left, and execute it once', async () => {
    const client = await connect();
    const from = endpoints.executed.length;
    endpoints.bend = (reply) => (isReply(reply) ? [] : [reply]);
    const results = Promise.all([1, 2, 3].map((value) => client.submit({ op: 'put', key: 'y', value })));
    await until(() => endpoints.executed.length === from + 3);
    await endpoints.stop();
    endpoints.bend = (reply) => [reply];
    for (let id = 0; id < 4; id++) await endpoints.up(id);
    expect((await results).map(({ result }) => result.ok)).toEqual([true, true, true]);
    expect(endpoints.executed.length).toBe(from + 3);
  });

  it('get again what they answered into a void', async () => {
    const client = await connect();
    const from = endpoints.executed.length;
    let lost = 4;
    endpoints.bend = (reply) => (isReply(reply) && lost-- > 0 ? [] : [reply]);
    await client.submit({ op: 'put', key: 'z', value: 1 });
    const { digest } = endpoints.executed[from]!;
    expect(endpoints.executed.length).toBe(from + 1);
    expect(endpoints.received[0]!.get(digest)).toBe(2);
  });

  it('may be away when the client connects, f of them', async () => {
    await endpoints.down(3);
    const { genesis } = endpoints.world.chain;
    const client = await Client.connect({ validators: endpoints.urls, genesis });
    clients.push(client);
    await client.submit({ op: 'put', key: 'x', value: 1 });
    expect(client.connected).toBe(3);
    await endpoints.up(3);
  });

  it('are no validators of another chain', async () => {
    const other = await createWorld(4, 'other');
    const stranger = Client.connect({
      validators: endpoints.urls,
      genesis: other.chain.genesis,
      connectTimeoutMs: 500,
    });
    await expect(stranger).rejects.toMatchObject({ code: 'not-connected' });
  });
});

describe('a wait', () => {
  it('ends with the reason of its signal, in flight and in line', async () => {
    const client = await connect({ maxOutstanding: 1 });
    endpoints.bend = (reply) => (isReply(reply) ? [] : [reply]);
    const from = endpoints.executed.length;
    const [flying, waiting] = [new AbortController(), new AbortController()];
    const first = client.submit({ op: 'put', key: 'x', value: 1 }, { signal: flying.signal });
    const second = client.submit({ op: 'put', key: 'x', value: 2 }, { signal: waiting.signal });
    await until(() => endpoints.executed.length === from + 1);
    waiting.abort(new Error('no longer'));
    await expect(second).rejects.toThrow('no longer');
    flying.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    endpoints.bend = (reply) => [reply];
    await client.submit({ op: 'put', key: 'x', value: 3 });
    expect(endpoints.executed.length).toBe(from + 2);
    const over = client.submit({ op: 'put', key: 'x', value: 4 }, { signal: AbortSignal.abort() });
    await expect(over).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('ends with `timeout` in line as well, and the line moves on', async () => {
    const client = await connect({ maxOutstanding: 1 });
    endpoints.bend = (reply) => (isReply(reply) ? [] : [reply]);
    const both = [1, 2].map((value) => client.submit({ op: 'put', key: 'x', value }, { timeoutMs: 200 }));
    for (const one of both) await expect(one).rejects.toMatchObject({ code: 'timeout' });
    endpoints.bend = (reply) => [reply];
    expect((await client.submit({ op: 'put', key: 'x', value: 3 })).result.ok).toBe(true);
  });

  it('ends with `closed` when the client is closed, and none begins after', async () => {
    const client = await connect({ maxOutstanding: 1 });
    endpoints.bend = (reply) => (isReply(reply) ? [] : [reply]);
    const waits = [
      client.submit({ op: 'put', key: 'x', value: 1 }),
      client.submit({ op: 'put', key: 'x', value: 2 }),
      client.query({ op: 'get', key: 'x' }),
    ];
    const ends = Promise.allSettled(waits);
    await client.close();
    for (const end of await ends)
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
    await expect(client.submit({ op: 'put', key: 'x', value: 1 })).rejects.toMatchObject({ code: 'closed' });
    await expect(client.query({ op: 'size' }, { unordered: true })).rejects.toMatchObject({ code: 'closed' });
    await expect(client.status()).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('what makes no client or no transaction', () => {
  it('is said at once', async () => {
    const { genesis } = endpoints.world.chain;
    const bad = (options: Partial<AddressOptions>) =>
      expect(Client.connect({ validators: endpoints.urls, genesis, ...options })).rejects;
    await bad({ validators: ['ws://127.0.0.1:1'] }).toMatchObject({ code: 'bad-request' });
    await bad({ validators: ['127.0.0.1:1', '127.0.0.1:2'] }).toMatchObject({ code: 'bad-request' });
    await bad({ maxOutstanding: 5000 }).toMatchObject({ code: 'bad-request' });
    await bad({ timeoutMs: 0 }).toMatchObject({ code: 'bad-request' });
    await bad({ suite: 'ml-dsa-87', key: await generateKeyPair('ed25519') }).toMatchObject({
      code: 'bad-length',
    });
    await expect(Client.connect({ home: '/nowhere' })).rejects.toMatchObject({ code: 'home-missing' });
  });

  it('is said for the transaction alone', async () => {
    const client = await connect();
    const huge = client.submit(new Uint8Array(genesisLimit() + 1));
    await expect(huge).rejects.toMatchObject({ code: 'bad-request' });
    await expect(client.submit({ op: 'nonsense' })).rejects.toMatchObject({ code: 'bad-request' });
    expect((await client.submit({ op: 'put', key: 'x', value: 1 })).result.ok).toBe(true);
  });
});

const genesisLimit = () => endpoints.world.chain.genesis.parameters.maxTransactionBytes;
