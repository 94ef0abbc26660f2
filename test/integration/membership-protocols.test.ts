/** The epochs are the driver's: every protocol takes a validator in, lets it go, and lets one change its keys. */

import { afterEach, expect, it } from 'vitest';
import { Growing, Load, lockstep } from './growing.ts';

let net: Growing;

afterEach(() => net.stop());

const GENESIS = ['v0', 'v1', 'v2', 'v3'];

it.each(['hotstuff', 'streamlet', 'raft'])(
  'takes in a fifth validator under %s, one more changes its keys, and the fifth is let go',
  async (protocol) => {
    net = await Growing.start({ protocol, parameters: { checkpointInterval: 4, window: 16 } });
    const client = await net.connect();
    const load = new Load(client, 1);
    await net.newcomer('v4');
    const added = await net.add('v4');
    expect(added, added.stderr).toMatchObject({ status: 0 });
    const five = [...GENESIS, 'v4'];
    await net.until(five, ({ voting, epoch }) => voting && epoch === 1);
    const keyOf = async (name: string) => (await net.set()).members.find((one) => one.name === name)?.ed25519;
    const before = await keyOf('v1');
    const rotated = await lockstep('validators', 'rotate', '--home', net.home('v1'), '--json');
    expect(rotated, rotated.stderr).toMatchObject({ status: 0 });
    await net.until(five, ({ voting, epoch }) => voting && epoch === 2);
    expect(await keyOf('v1')).not.toBe(before);
    const removed = await net.validators('remove', 'v4', '--json');
    expect(removed, removed.stderr).toMatchObject({ status: 0 });
    await net.until(GENESIS, ({ voting, epoch }) => voting && epoch === 3);
    await load.stop();
    expect(load.acknowledged.length).toBeGreaterThan(10);
    await net.agreement(GENESIS);
    const last = load.acknowledged.at(-1)!;
    expect((await client.query({ op: 'get', key: last })).result).toMatchObject({ found: true });
    for (const name of GENESIS) expect((await net.status(name)).violations).toEqual({});
    // Without one of the others, nothing is decided but with what it signs with its new keys.
    await net.end('v3');
    const { result } = await client.submit({ op: 'put', key: 'three', value: 'by new keys' });
    expect(result.ok).toBe(true);
  },
  300_000,
);
