import { expect, it, vi } from 'vitest';
import { encodeValue } from '../../src/codec/value.ts';
import { createWorld, startAll, stopAll, until } from './network.ts';

// What importing the package does on a platform or a Node version that it has no binary for.
vi.mock('uWebSockets.js', () => {
  throw new Error('This version of uWS.js supports only Node.js versions…');
});

it('serves with ws where uWebSockets.js does not load, and says so once', async () => {
  const warn = vi.fn();
  const nodes = await startAll(await createWorld(2), 'auto', { warn });
  try {
    expect(nodes.map((node) => node.transport.stats().server)).toEqual(['ws', 'ws']);
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      expect.stringContaining('ws library serves'),
      expect.stringContaining('ws library serves'),
    ]);
    nodes[0]!.transport.send(1, encodeValue(3));
    await until(() => nodes[1]!.seen.itemsFrom(0).length === 1);
  } finally {
    await stopAll(nodes);
  }
});
