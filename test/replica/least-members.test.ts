/** How small a set of validators may become: never one that the protocol would refuse in a genesis. */

import { expect, it } from 'vitest';
import type { SetChange } from '../../src/codec/membership-codec.ts';
import type { Chain, Genesis } from '../../src/core/genesis.ts';
import { genesisMembership } from '../../src/core/membership.ts';
import { judgeChange, leastReached, type Refusal } from '../../src/replica/membership.ts';

const genesisOf = (protocol: string, byzantine: boolean, n: number, learners = 0): Genesis => ({
  version: 1,
  chain: 'test',
  createdMs: 0,
  protocol,
  ...(protocol === 'raft' && { protocolParameters: { learners, leasePercent: 75 } }),
  byzantine,
  auth: 'ed25519',
  hash: 'blake3',
  parameters: { checkpointInterval: 8, window: 16 } as Genesis['parameters'],
  app: { name: 'kv', params: {} },
  validators: Array.from({ length: n }, (_, id) => ({
    name: `v${id}`,
    ed25519: `${id}0`,
    mlDsa87: `${id}1`,
  })),
});

/** What comes of asking, without an approval, that v0 be removed: the size of the set is judged first. */
function removing(genesis: Genesis): Refusal {
  const chain = { genesis, id: new Uint8Array(32), idHex: '' } satisfies Chain;
  const change: SetChange = { kind: 'remove', epoch: 0, name: 'v0' };
  const approved = { change, bytes: new Uint8Array(), approvals: [] };
  const options = { chain, verify: () => true };
  const verdict = judgeChange(genesisMembership(genesis), approved, { sequence: 1, timeMs: 0 }, options);
  return verdict as Refusal;
}

it.each([
  ['pbft', true, 5, 0],
  ['raft', false, 2, 0],
  ['raft', false, 4, 2],
])(
  'one may leave %s (byzantine %s) with %i validators, %i of which learn',
  (protocol, byzantine, n, learners) => {
    const genesis = genesisOf(protocol, byzantine, n, learners);
    expect(leastReached(genesis, n)).toBeUndefined();
    expect(removing(genesis).code).toBe('change-unapproved');
  },
);

it.each([
  ['pbft', true, 4, 0],
  ['raft', false, 1, 0],
  // The two that only learn would be left alone, and nothing would ever be ordered again.
  ['raft', false, 3, 2],
])(
  'nobody may leave %s (byzantine %s) with %i validators, %i of which learn',
  (protocol, byzantine, n, learners) => {
    const refusal = removing(genesisOf(protocol, byzantine, n, learners));
    expect(refusal.code).toBe('too-few-validators');
    expect(refusal.message).toMatch(/add one first$/);
  },
);
