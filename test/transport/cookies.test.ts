/** Floods of hellos on real sockets: what they cost is counted, and whoever is honest connects meanwhile. */

import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { COOKIE_PENDING } from '../../src/core/limits.ts';
import { Initiator, PEER_FINISH_BYTES } from '../../src/crypto/handshake.ts';
import { generateIdentity } from '../../src/crypto/keys.ts';
import {
  createWorld,
  freePorts,
  handshakeSelf,
  type Kind,
  type Node,
  pause,
  RawConnection,
  startAll,
  startNode,
  stopAll,
  until,
  verifier,
  type World,
} from './network.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(4);
});

describe.each<Kind>(['uWebSockets.js', 'ws'])('a flood of hellos on %s', (kind) => {
  const running: Node[] = [];
  const open: RawConnection[] = [];
  let checked = 0;
  afterEach(async () => {
    for (const { ws } of open.splice(0)) ws.terminate();
    await stopAll(running.splice(0));
  });

  const counting = async (self: number, ports: readonly number[]): Promise<Node> => {
    checked = 0;
    const counted = {
      verifySync: (item: Parameters<typeof verifier.verifySync>[0]) => {
        checked++;
        return verifier.verifySync(item);
      },
    };
    const node = await startNode(world, self, ports, kind, { verifier: counted });
    running.push(node);
    return node;
  };
  const counts = (node: Node) => node.transport.stats().handshakes!;
  const flood = async (node: Node, door: 'peer' | 'client', hello: Uint8Array, times: number) => {
    const lines = await Promise.all(
      Array.from({ length: times }, () => RawConnection.open(`${node.url}/${door}`)),
    );
    open.push(...lines);
    for (const { ws } of lines) ws.send(hello);
    return lines;
  };

  it('at the door of the clients costs no key agreement and no signature; an honest client and a validator get in', async () => {
    const ports = await freePorts(2);
    const node = await counting(0, ports);
    const { hello } = new Initiator(world.context, undefined, undefined);
    await flood(node, 'client', hello, 200);
    await until(() => counts(node).cookies === 200);
    expect([counts(node), checked]).toEqual([{ cookies: 200, answered: 0, completed: 0 }, 0]);
    const client = await RawConnection.open(`${node.url}/client`);
    open.push(client);
    await client.handshake(world.context, undefined, undefined);
    running.push(await startNode(world, 1, ports, kind));
    await until(() => node.seen.up.has(1) && counts(node).completed === 2);
    expect([counts(node).answered, checked]).toEqual([2, 2]);
  });

  it('takes a cookie once, and from whom it was given to', async () => {
    const node = await counting(0, await freePorts(1));
    const initiator = new Initiator(world.context, undefined, undefined);
    const [line] = await flood(node, 'client', initiator.hello, 1);
    const request = await line!.next();
    const wrong = request.slice();
    wrong[5]! ^= 1;
    line!.ws.send(initiator.again(wrong)!);
    await until(() => line!.closed);
    expect(node.seen.codes()).toEqual(['handshake-failed']);
    expect(counts(node).answered).toBe(0);
  });

  it("in a validator's name, by somebody without its keys, costs a hash each", async () => {
    const node = await counting(0, await freePorts(1));
    const stranger = await handshakeSelf(world, 3, await generateIdentity());
    const { hello } = new Initiator(world.context, stranger, 0);
    for (let wave = 0; wave < 5; wave++) {
      const lines = await flood(node, 'peer', hello, 10);
      await until(() => lines.every(({ closed }) => closed));
    }
    expect(new Set(node.seen.codes())).toEqual(new Set(['signature-invalid']));
    expect([counts(node), checked]).toEqual([{ cookies: 0, answered: 0, completed: 0 }, 0]);
  });

  it("of a validator's own hello, recorded, costs little more: a cookie is asked for as soon as nothing comes of it", async () => {
    const ports = await freePorts(4);
    const node = await counting(0, ports);
    const { hello } = new Initiator(world.context, await handshakeSelf(world, 3), 0);
    for (let wave = 0; wave < 6; wave++) {
      const lines = await flood(node, 'peer', hello, 10);
      await pause(30);
      for (const { ws } of lines) if (ws.readyState === ws.OPEN) ws.send(new Uint8Array(PEER_FINISH_BYTES));
      await until(() => lines.every(({ closed }) => closed));
    }
    expect(counts(node).answered).toBeLessThanOrEqual(COOKIE_PENDING + 1);
    expect(counts(node).cookies).toBeGreaterThanOrEqual(40);
    // Validators are asked for one as well, and have it.
    const others = await Promise.all([1, 2, 3].map((id) => startNode(world, id, ports, kind)));
    running.push(...others);
    await until(() => node.seen.up.size === 3);
    expect(counts(node).completed).toBe(3);
  });

  it('is none when the validators meet: nobody is asked for a cookie', async () => {
    running.push(...(await startAll(world, kind)));
    for (const node of running) expect(counts(node).cookies).toBe(0);
  });
});
