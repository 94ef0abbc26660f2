/** Strangers in a validator's place, and validators in a stranger's, over real sockets. */

import { afterEach, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { toHex } from '../../src/core/bytes.ts';
import { BAN_STRIKES } from '../../src/core/limits.ts';
import { HANDSHAKE_VERSION, Initiator, REPLY_BYTES } from '../../src/crypto/handshake.ts';
import {
  createWorld,
  freePorts,
  handshakeSelf,
  type Node,
  RawConnection,
  startNode,
  until,
  type World,
} from './network.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld(5);
});

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

function info(id: number, url = '') {
  const { ed25519, mlDsa87 } = world.identities[id]!;
  return { id, ed25519: toHex(ed25519.publicKey), mlDsa87: toHex(mlDsa87.publicKey), url };
}

it('whoever answers at the address of a validator and proves nothing is held against nobody', async () => {
  const ports = await freePorts(5);
  // A process of another version, of another chain, or somebody on the line.
  const replies = [
    new Uint8Array(REPLY_BYTES).fill(9),
    new Uint8Array(REPLY_BYTES).fill(HANDSHAKE_VERSION),
    new Uint8Array(7),
  ];
  let asked = 0;
  const impostor = new WebSocketServer({ port: ports[0]!, host: '127.0.0.1' });
  impostor.on('connection', (ws) => {
    ws.on('error', () => {});
    ws.on('message', () => ws.send(replies[asked++ % replies.length]!));
  });
  ends.push(() => {
    for (const ws of impostor.clients) ws.terminate();
    impostor.close();
  });
  const node = await startNode(world, 1, ports, 'uWebSockets.js');
  ends.push(() => node.transport.stop());
  const codes = () => new Set(node.seen.codes());
  await until(() => codes().has('frame-version') && codes().has('stranger') && asked > replies.length);
  expect(node.seen.rejections.filter(({ peer }) => peer !== undefined)).toEqual([]);
});

it('a validator that was refused before it was known here is let in once it is', async () => {
  const ports = await freePorts(5);
  const node: Node = await startNode(world, 0, ports, 'uWebSockets.js', { peers: [] });
  ends.push(() => node.transport.stop());
  // Behind the others, it knows four of them; and the fifth is known by a name, not by an address.
  const four = [0, 1, 2, 3].map((id) => info(id));
  node.transport.setPeers(0, four);
  const self = await handshakeSelf(world, 4);
  const { hello } = new Initiator(world.context, self, 0);
  for (let i = 0; i < BAN_STRIKES; i++) {
    const connection = await RawConnection.open(`${node.url}/peer`);
    connection.ws.send(hello);
    await until(() => connection.closed);
  }
  expect(node.transport.bans()).toHaveLength(1);
  // The same set once more is no news.
  node.transport.setPeers(0, four);
  expect(node.transport.bans()).toHaveLength(1);
  node.transport.setPeers(0, [...four, info(4, 'ws://v4.example:7100')]);
  const connection = await RawConnection.open(`${node.url}/peer`);
  await connection.handshake(world.context, self, 0);
  await until(() => node.seen.up.has(4));
  connection.ws.terminate();
});
