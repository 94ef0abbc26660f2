/** Lines that are cut lose nothing and tell nobody; torn ones end. */

import { createServer, type Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Wires } from '../../src/cli/torture/wires.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

/** A server that answers every text with the same in capitals, and a client of it through a line from 1 to 0. */
async function connected(wires: Wires) {
  const server: Server = createServer((socket) => {
    socket.on('data', (data) => socket.write(data.toString().toUpperCase()));
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = await wires.lay(1, 0, `ws://127.0.0.1:${port}`);
  const client = new Socket();
  let heard = '';
  let ended = false;
  client.on('data', (data) => {
    heard += data.toString();
  });
  client.on('close', () => {
    ended = true;
  });
  client.on('error', () => {});
  open.push({ close: () => client.destroy() }, wires, server);
  await new Promise<void>((resolve) => client.connect(Number(new URL(url).port), '127.0.0.1', resolve));
  const until = async (what: () => boolean): Promise<void> => {
    while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { say: (text: string) => client.write(text), heard: () => heard, ended: () => ended, until };
}

const aWhile = () => new Promise((resolve) => setTimeout(resolve, 100));

describe('a line', () => {
  it('passes everything while it is whole', async () => {
    const { say, heard, until } = await connected(new Wires());
    say('hello');
    await until(() => heard() === 'HELLO');
  });

  it('holds back what is sent while it is cut, in either direction, and gives it in order when it is healed', async () => {
    for (const [from, to] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const wires = new Wires();
      const { say, heard, ended, until } = await connected(wires);
      say('a');
      await until(() => heard() === 'A');
      wires.cut([from], [to]);
      say('b');
      await aWhile();
      say('c');
      await aWhile();
      expect(heard()).toBe('A');
      expect(ended()).toBe(false);
      wires.heal();
      await until(() => heard() === 'ABC');
    }
  });

  it('is not touched where others are cut, and ends where it is torn', async () => {
    const wires = new Wires();
    const { say, heard, ended, until } = await connected(wires);
    wires.split([2], [0, 1]);
    wires.tear([2], [0, 1]);
    say('x');
    await until(() => heard() === 'X');
    wires.tear([0], [1, 2]);
    await until(ended);
  });
});
