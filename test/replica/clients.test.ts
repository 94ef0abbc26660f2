import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { toHex } from '../../src/core/bytes.ts';
import { CLIENT_WINDOW, MAX_CLIENTS, MAX_EXPIRY_SPAN } from '../../src/core/limits.ts';
import { SeededRandom } from '../../src/core/random.ts';
import { createHasher, type Hasher } from '../../src/crypto/hash.ts';
import { ClientIds } from '../../src/replica/client-ids.ts';
import { ClientTable } from '../../src/replica/clients.ts';

let hasher: Hasher;
beforeAll(async () => {
  hasher = await createHasher('blake3');
});

const id = (n: number): string => n.toString(16).padStart(64, '0');
const digest = (n: number): string => n.toString(16).padStart(64, 'f');

/** As the executor does: asks, then spends or notes the refusal. */
function offer(table: ClientTable, client: string, nonce: number, expiry: number, sequence: number): string {
  const code = table.refusal(client, nonce, expiry, sequence);
  if (code === undefined) table.spend(client, nonce, expiry);
  else if (code === 'transaction-nonce') table.refused(client, expiry);
  return code ?? 'executed';
}

const reload = (table: ClientTable, sequence: number): ClientTable => {
  const snapshot = table.checkpoint(sequence);
  return ClientTable.restore(hasher, snapshot.chunks(), snapshot.root);
};

describe('client windows', () => {
  it('take any order within the window, each nonce once, and nothing below', () => {
    const table = new ClientTable(hasher);
    const take = (nonce: number) => offer(table, id(1), nonce, 100, 1);
    expect(take(0)).toBe('transaction-nonce');
    expect(take(5)).toBe('executed');
    expect(take(5)).toBe('transaction-nonce');
    expect(take(1)).toBe('executed');
    expect(take(CLIENT_WINDOW + 5)).toBe('executed');
    expect(take(5)).toBe('transaction-nonce');
    expect(take(2)).toBe('transaction-nonce');
    expect(take(6)).toBe('executed');
    expect(take(Number.MAX_SAFE_INTEGER)).toBe('executed');
    expect(take(Number.MAX_SAFE_INTEGER - CLIENT_WINDOW)).toBe('transaction-nonce');
    expect(take(Number.MAX_SAFE_INTEGER - CLIENT_WINDOW + 1)).toBe('executed');
    expect(take(Number.MAX_SAFE_INTEGER)).toBe('transaction-nonce');
  });

  it('refuse by expiry before anything else, at its exact bounds', () => {
    const table = new ClientTable(hasher);
    expect(offer(table, id(1), 1, 9, 10)).toBe('transaction-expired');
    expect(offer(table, id(1), 1, 11 + MAX_EXPIRY_SPAN, 10)).toBe('transaction-expiry-too-far');
    expect(offer(table, id(1), 1, 10, 10)).toBe('executed');
    expect(offer(table, id(1), 2, 10 + MAX_EXPIRY_SPAN, 10)).toBe('executed');
    expect(table.size).toBe(1);
  });

  it('execute no transaction twice, whatever is repeated, across evictions and restarts', () => {
    let forgotten = 0;
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = new SeededRandom(seed);
        let table = new ClientTable(hasher);
        const sent: { client: string; nonce: number; expiry: number }[] = [];
        const executed = new Map<string, number>();
        let sequence = 0;
        for (let i = 0; i < 400; i++) {
          // Leaps over many sequences make windows expire.
          sequence += random.chance(0.05) ? random.below(6000) : random.below(40);
          if (sent.length === 0 || random.chance(0.5)) {
            const span = random.chance(0.5) ? 200 : 3000;
            const nonce = 1 + random.below(random.chance(0.1) ? 5000 : 40);
            sent.push({ client: id(random.below(4)), nonce, expiry: sequence + random.below(span) });
          }
          const { client, nonce, expiry } = random.pick(sent);
          const code = offer(table, client, nonce, expiry, sequence);
          if (code === 'executed') {
            const key = `${client}/${nonce}/${expiry}`;
            expect(executed.has(key)).toBe(false);
            executed.set(key, sequence);
            // The same nonce executes again only when all that was signed for it before has expired.
            for (const [other, at] of executed) {
              const [otherClient, otherNonce, otherExpiry] = other.split('/');
              if (other === key || otherClient !== client || Number(otherNonce) !== nonce) continue;
              expect(at).toBeLessThan(sequence);
              expect(Number(otherExpiry)).toBeLessThan(sequence);
            }
          }
          if (random.chance(0.3)) {
            const before = table.size;
            table.checkpoint(sequence);
            forgotten += before - table.size;
          }
          if (random.chance(0.1)) table = reload(table, sequence);
        }
      }),
      { numRuns: 40 },
    );
    // Else nothing of this was put to the test.
    expect(forgotten).toBeGreaterThan(0);
  });

  it('outlive a double that they refused', () => {
    const table = new ClientTable(hasher);
    expect(offer(table, id(1), 7, 100, 50)).toBe('executed');
    // Signed anew with the same nonce and a later expiry: refused, and not to come to life later.
    expect(offer(table, id(1), 7, 90_000, 60)).toBe('transaction-nonce');
    table.checkpoint(80_000);
    expect(table.size).toBe(1);
    expect(offer(table, id(1), 7, 90_000, 80_001)).toBe('transaction-nonce');
    table.checkpoint(100_000);
    expect(table.size).toBe(0);
    expect(offer(table, id(1), 7, 90_000, 100_001)).toBe('transaction-expired');
  });

  it('have a root that depends on the ledger alone, restarts or not, and keep their results', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = new SeededRandom(seed);
        const steady = new ClientTable(hasher);
        let restarted = new ClientTable(hasher);
        const kept: { client: string; nonce: number; transaction: string }[] = [];
        let sequence = 1;
        for (let i = 1; i <= 200; i++) {
          sequence += random.below(30);
          const client = id(random.below(5));
          const nonce = 1 + random.below(60);
          const expiry = sequence + random.below(2000);
          const result = new Uint8Array(random.below(300)).fill(i);
          const code = offer(steady, client, nonce, expiry, sequence);
          expect(offer(restarted, client, nonce, expiry, sequence)).toBe(code);
          if (code === 'executed') {
            for (const table of [steady, restarted]) {
              table.keep(client, { nonce, sequence, transaction: digest(i), result });
            }
            kept.push({ client, nonce, transaction: digest(i) });
          }
          if (i % 20 !== 0) continue;
          expect(toHex(restarted.checkpoint(sequence).root)).toBe(toHex(steady.checkpoint(sequence).root));
          if (random.chance(0.5)) restarted = reload(restarted, sequence);
          expect(restarted.size).toBe(steady.size);
          const answers = (table: ClientTable) =>
            kept.map(({ client, nonce, transaction }) => {
              const found = table.find(client, nonce, transaction);
              return found === undefined ? 'none' : `${found.sequence} ${toHex(found.result)}`;
            });
          expect(answers(restarted)).toEqual(answers(steady));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('keep the latest results of each client, and not the long ones', () => {
    const table = new ClientTable(hasher);
    for (let nonce = 1; nonce <= 40; nonce++) {
      offer(table, id(1), nonce, 100, nonce);
      const result = new Uint8Array(nonce === 40 ? 257 : 256).fill(nonce);
      table.keep(id(1), { nonce, sequence: nonce, transaction: digest(nonce), result });
    }
    expect(table.find(id(1), 32, digest(32))).toBeUndefined();
    expect(table.find(id(1), 33, digest(33))).toMatchObject({
      sequence: 33,
      result: new Uint8Array(256).fill(33),
    });
    expect(table.find(id(1), 33, digest(34))).toBeUndefined();
    expect(table.find(id(1), 40, digest(40))).toBeUndefined();
    expect(table.find(id(2), 33, digest(33))).toBeUndefined();
  });

  it('are bounded in number, and make room by expiry', () => {
    const table = new ClientTable(hasher);
    for (let n = 0; n < MAX_CLIENTS; n++) table.spend(id(n), 1, n === 0 ? 10 : 5000);
    expect(offer(table, id(MAX_CLIENTS), 1, 10, 1)).toBe('too-many-clients');
    expect(offer(table, id(0), 2, 10, 1)).toBe('executed');
    table.checkpoint(1023);
    expect(offer(table, id(MAX_CLIENTS), 1, 2000, 1023)).toBe('too-many-clients');
    table.checkpoint(1024);
    expect(offer(table, id(MAX_CLIENTS), 1, 2000, 1025)).toBe('executed');
    expect(offer(table, id(MAX_CLIENTS + 1), 1, 2000, 1025)).toBe('too-many-clients');
  });

  it('refuse a snapshot that is none', () => {
    const table = new ClientTable(hasher);
    offer(table, id(1), 1, 10, 1);
    const { root } = table.checkpoint(8);
    expect(() => ClientTable.restore(hasher, [Uint8Array.of(1)], root)).toThrowError(
      expect.objectContaining({ code: 'snapshot-damaged' }),
    );
  });
});

describe('client ids', () => {
  it('are the hash of suite and key, remembered or not', () => {
    const ids = new ClientIds(hasher);
    const keys = Array.from({ length: 40 }, (_, i) =>
      new Uint8Array(i % 2 === 0 ? 32 : 2592).fill(1).fill(i, 3, 9),
    );
    for (let round = 0; round < 2; round++) {
      for (const key of keys) {
        const suite = key.length === 32 ? 'ed25519' : 'ml-dsa-87';
        const expected = hasher.hex('client', Uint8Array.of(key.length === 32 ? 1 : 2), key);
        expect(ids.idOf(suite, key)).toBe(expected);
        expect(ids.idOf(suite, key)).toBe(expected);
      }
    }
  });
});
