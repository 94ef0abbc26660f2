/** Records of addresses prove themselves, are bounded, and say nothing about who is a validator. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { validatorInfo } from '../../src/cli/genesis.ts';
import { decodeFrame, encodeFrame, PEER_FRAME_LIMITS } from '../../src/codec/frame.ts';
import { ADDRESS_PAUSE_MS } from '../../src/core/limits.ts';
import { genesisMembership, type Member } from '../../src/core/membership.ts';
import type { Verifier } from '../../src/crypto/interface.ts';
import { generateIdentity, type Identity } from '../../src/crypto/keys.ts';
import { createSigner } from '../../src/crypto/signing.ts';
import { createVerifier } from '../../src/crypto/verifier.ts';
import { ADDRESS_ITEM, AddressBook } from '../../src/replica/addresses.ts';

let verifier: Verifier;
let identities: Identity[];
let members: readonly Member[];

beforeAll(async () => {
  verifier = await createVerifier({ threads: 0 });
  identities = await Promise.all(Array.from({ length: 4 }, () => generateIdentity()));
  const validators = identities.map((identity, i) => validatorInfo(`v${i}`, identity));
  members = genesisMembership({ validators }).current.members;
});
afterAll(() => verifier.close());

const chain = (fill: number) => new Uint8Array(32).fill(fill);

async function book(
  self: number,
  url: string,
  at: { ms: number },
  more: { chainId?: Uint8Array; by?: number } = {},
) {
  const signer = await createSigner('ed25519', identities[more.by ?? self]!.ed25519.secretKey);
  const changes: number[] = [];
  const made = new AddressBook({
    chainId: more.chainId ?? chain(1),
    clock: { nowMs: () => at.ms, wallMs: () => 1e12 + at.ms, after: () => () => {}, endOfTurn: () => {} },
    members: () => members.slice(0, 3),
    verify: (item) => verifier.verifySync(item),
    sign: (input) => signer.sign(input),
    url,
    self: () => self,
    changed: () => changes.push(at.ms),
  });
  return { book: made, changes };
}

it('are taken of members, newest first, and passed on once', async () => {
  const at = { ms: 0 };
  const { book: here, changes } = await book(0, 'ws://10.0.0.1:7100', at);
  const { book: there } = await book(1, 'ws://10.0.0.2:7100', at);
  const record = there.own()!;
  expect(there.own()).toBe(record);
  expect(here.take(record)).toBe('new');
  expect(here.take(record)).toBe('known');
  expect(here.urlOf(1)).toBe('ws://10.0.0.2:7100');
  expect(changes).toEqual([0]);
  at.ms = ADDRESS_PAUSE_MS;
  const { book: moved } = await book(1, 'ws://10.0.0.9:7100', at);
  expect(moved.take(record)).toBe('new');
  const [item] = decodeFrame(encodeFrame([moved.items()[0]!]), PEER_FRAME_LIMITS) as unknown[][];
  expect(item![0]).toBe(ADDRESS_ITEM);
  expect(here.onItem(item!)).toEqual({ pass: expect.any(Uint8Array) });
  expect(here.onItem(item!)).toEqual({ pass: undefined });
  expect(here.urlOf(1)).toBe('ws://10.0.0.9:7100');
  // What is older never comes back.
  expect(here.take(record)).toBe('known');
  expect(here.records()).toHaveLength(2);
});

it('are refused of strangers, with other keys, of other chains, from the future, and too many', async () => {
  const at = { ms: 0 };
  const { book: here } = await book(0, 'ws://10.0.0.1:7100', at);
  const of = async (...args: Parameters<typeof book>) => (await book(...args)).book.own()!;
  expect(here.take(await of(3, 'ws://10.0.0.4:7100', at))).toBe('stranger');
  expect(here.take(await of(1, 'ws://10.0.0.4:7100', at, { by: 2 }))).toBe('signature-invalid');
  expect(here.take(await of(1, 'ws://10.0.0.4:7100', at, { chainId: chain(2) }))).toBe('signature-invalid');
  expect(here.take(await of(1, 'ws://10.0.0.4:7100', { ms: 1e10 }))).toBe('time-drift');
  expect(here.take(await of(1, 'ftp://10.0.0.4:7100', at))).toBe('body-malformed');
  expect(here.take(await of(1, `ws://${'a'.repeat(300)}:1`, at))).toBe('body-malformed');
  expect(here.take(new Uint8Array(0))).toBe('body-malformed');
  expect(here.take(new Uint8Array(5000))).toBe('body-malformed');
  expect(here.onItem([ADDRESS_ITEM, 7])).toBe('body-malformed');
  expect(here.take(await of(1, 'ws://10.0.0.4:7100', at))).toBe('new');
  expect(here.take(await of(1, 'ws://10.0.0.5:7100', { ms: 1 }))).toBe('rate-limited');
  expect(here.size).toBe(2 - 1);
});
