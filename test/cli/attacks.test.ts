/** A few of the attacks of `lockstep attack`, a few times each, on real processes: what must be counted is, and writes go on. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENTS, disperse } from '../../src/cli/attacks/clients.ts';
import { ATTACKS, countedOf } from '../../src/cli/attacks/run.ts';
import { Scene } from '../../src/cli/attacks/scene.ts';
import { Client } from '../../src/client/index.ts';

let scene: Scene;
let client: Client;

beforeAll(async () => {
  scene = await Scene.open('ed25519');
  client = await Client.connect({ home: scene.cluster.folder });
}, 60_000);

afterAll(async () => {
  await client?.close();
  await scene?.close();
});

const brief = ATTACKS.filter((one) => one.brief);

describe('attacks over real sockets', () => {
  it('are at least thirty, each with a name of its own', () => {
    expect(new Set(ATTACKS.map(({ name }) => name)).size).toBe(ATTACKS.length);
    expect(ATTACKS.length).toBeGreaterThanOrEqual(30);
    expect(brief.length).toBeGreaterThanOrEqual(12);
  });

  it.each(brief.map((one) => [one.name, one] as const))('%s', async (name, one) => {
    const before = await scene.counts();
    // An address is banned when it has failed for the thirty-second time; votes contradict each other in an open slot.
    const goes = name === 'banned-address' ? 34 : 2;
    for (let i = 0; i < goes; i++) await one.strike(scene);
    const counted = await countedOf(scene, one, before);
    if (CLIENTS.includes(one)) disperse(scene);
    expect(one.shows.filter((counter) => (counted[counter] ?? 0) > 0)).not.toEqual([]);
    const { result } = await client.submit({ op: 'put', key: name, value: 'still here' });
    expect(result.ok).toBe(true);
    expect(scene.honest.filter((id) => !scene.cluster.alive(id))).toEqual([]);
  });
});
