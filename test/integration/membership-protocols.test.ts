/** The epochs are the driver's: every protocol takes a validator in and lets it go. */

import { afterEach, expect, it } from 'vitest';
import { Growing, Load } from './growing.ts';

let net: Growing;

afterEach(() => net.stop());

const GENESIS = ['v0', 'v1', 'v2', 'v3'];

it.each(['hotstuff', 'streamlet', 'raft'])(
  'takes in a fifth validator under %s, and lets it go',
  async (protocol) => {
    net = await Growing.start({ protocol, parameters: { checkpointInterval: 4, window: 16 } });
    const client = await net.connect();
    const load = new Load(client, 1);
    await net.newcomer('v4');
    const added = await net.add('v4');
    expect(added, added.stderr).toMatchObject({ status: 0 });
    const five = [...GENESIS, 'v4'];
    await net.until(five, ({ voting, epoch }) => voting && epoch === 1);
    const removed = await net.validators('remove', 'v4', '--json');
    expect(removed, removed.stderr).toMatchObject({ status: 0 });
    await net.until(GENESIS, ({ voting, epoch }) => voting && epoch === 2);
    await load.stop();
    expect(load.acknowledged.length).toBeGreaterThan(10);
    await net.agreement(GENESIS);
    const last = load.acknowledged.at(-1)!;
    expect((await client.query({ op: 'get', key: last })).result).toMatchObject({ found: true });
    for (const name of GENESIS) expect((await net.status(name)).violations).toEqual({});
  },
  300_000,
);
