/** Validators join and leave a cluster of real processes that is at work. */

import { afterEach, describe, expect, it } from 'vitest';
import { Growing, Load, pause } from './growing.ts';

let net: Growing;

afterEach(() => net.stop());

const GENESIS = ['v0', 'v1', 'v2', 'v3'];
const NEW = ['v4', 'v5', 'v6'];

describe('a cluster under load', () => {
  it('grows from four validators to seven and back, and loses nothing', async () => {
    net = await Growing.start();
    const client = await net.connect();
    const load = new Load(client, 2);
    await Promise.all(NEW.map((name) => net.newcomer(name)));
    for (const name of NEW) {
      expect(await net.status(name)).toMatchObject({ voting: false });
      const added = await net.add(name);
      expect(added, added.stderr).toMatchObject({ status: 0 });
      await net.until([name], ({ voting }) => voting);
    }
    expect(await net.set()).toMatchObject({
      epoch: 3,
      members: [...GENESIS, ...NEW].map((name) => ({ name, voting: true })),
      pending: null,
    });
    expect((await net.status('v6')).tolerates).toMatch(/^2 of 7/);
    // Seven bear two that are dead: the new ones' votes count.
    await net.end('v0');
    await net.end('v1');
    const before = load.acknowledged.length;
    const deadline = Date.now() + 60_000;
    while (load.acknowledged.length < before + 20 && Date.now() < deadline) await pause(50);
    expect(load.acknowledged.length).toBeGreaterThanOrEqual(before + 20);
    await net.again('v0');
    await net.again('v1');
    await net.until(['v0', 'v1'], ({ voting, epoch }) => voting && epoch === 3);

    for (const name of NEW) {
      const removed = await net.validators('remove', name, '--json');
      expect(removed, removed.stderr).toMatchObject({ status: 0 });
      await net.until([name], ({ voting }) => !voting);
    }
    expect(await net.set()).toMatchObject({ epoch: 6, members: GENESIS.map((name) => ({ name })) });
    await net.until(GENESIS, ({ epoch, voting }) => epoch === 6 && voting);
    await load.stop();

    await net.agreement(GENESIS);
    const some = load.acknowledged.filter((_, i) => i % Math.ceil(load.acknowledged.length / 100) === 0);
    const kept = await Promise.all(some.map((key) => client.query({ op: 'get', key })));
    for (const { result } of kept) expect(result).toMatchObject({ found: true, value: 'once' });
    for (const name of GENESIS) expect((await net.status(name)).violations).toEqual({});
  }, 300_000);
});
