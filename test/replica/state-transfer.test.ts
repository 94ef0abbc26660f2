/** Fetching a state from peers of whom one lies: it costs that peer's turns, and never the state. */

import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame, PEER_FRAME_LIMITS } from '../../src/codec/frame.ts';
import type { Clock } from '../../src/replica/ports.ts';
import { STATE_PIECE_ITEM, StateTransfer } from '../../src/replica/state-transfer.ts';

type Piece = readonly [index: number, total: number, bytes: Uint8Array];

/** Peers 1 and 2 hold three pieces and answer at once; 0 answers as `lie` says. Time passes as timers ask for it. */
function run(lie: (index: number, asked: number) => Piece | undefined, laterAt?: number) {
  let now = 0;
  const timers: { at: number; act: () => void; live: boolean }[] = [];
  const inbox: [from: number, item: unknown[]][] = [];
  let asked = 0;
  let installed: number | undefined;
  let attempts = 0;
  const clock: Clock = {
    nowMs: () => now,
    wallMs: () => now,
    endOfTurn: (act) => act(),
    after: (ms, act) => {
      const timer = { at: now + ms, act, live: true };
      timers.push(timer);
      return () => {
        timer.live = false;
      };
    },
  };
  const transfer: StateTransfer = new StateTransfer({
    self: 3,
    n: 4,
    clock,
    send: (to, item) => {
      const [decoded] = decodeFrame(encodeFrame([item]), PEER_FRAME_LIMITS) as number[][];
      const [, sequence, index] = decoded!;
      if (to === 0) {
        const piece = lie(index!, asked++);
        if (piece !== undefined) inbox.push([0, [STATE_PIECE_ITEM, sequence, ...piece]]);
      } else if (index! < 3) {
        inbox.push([to, [STATE_PIECE_ITEM, sequence, index, 3, Uint8Array.of(index!)]]);
      }
    },
    serve: () => undefined,
    install: (sequence, _digest, pieces) => {
      attempts++;
      const whole = pieces.length === 3 && pieces.every((piece, i) => piece[0] === i);
      if (whole) installed = sequence;
      return whole;
    },
    onProgress: (_sequence, received) => {
      if (received === laterAt) transfer.start(16, 'later');
    },
  });
  transfer.start(8, 'digest');
  for (let i = 0; i < 50_000 && installed === undefined; i++) {
    const next = inbox.shift();
    if (next !== undefined) {
      transfer.onPiece(next[0], next[1]);
      continue;
    }
    timers.sort((a, b) => a.at - b.at);
    const timer = timers.shift();
    if (timer === undefined) break;
    now = timer.at;
    if (timer.live) timer.act();
  }
  return { installed, now, attempts, active: transfer.active };
}

describe('a state transfer', () => {
  it('takes pieces from all peers at once where nobody lies', () => {
    expect(run((i) => (i < 3 ? [i, 3, Uint8Array.of(i)] : undefined))).toEqual({
      installed: 8,
      now: 0,
      attempts: 1,
      active: false,
    });
  });

  it('passes over a peer that names a false number of pieces and falls silent', () => {
    let told = 0;
    const { installed, now } = run((i) => (told++ < 1 ? [i, 9, Uint8Array.of(i)] : undefined));
    expect(installed).toBe(8);
    expect(now).toBeLessThan(10_000);
  });

  it('passes over a peer that spoils a piece, and then gives one and falls silent', () => {
    let told = 0;
    expect(run((i) => (told++ < 2 ? [i, 3, Uint8Array.of(77)] : undefined)).installed).toBe(8);
  });

  it('passes over a peer that is silent from the start', () => {
    expect(run(() => undefined).installed).toBe(8);
  });

  it('passes over a peer that spoils whatever it is asked for, and one that never comes to an end', () => {
    expect(run((i) => [i, 3, Uint8Array.of(77)]).installed).toBe(8);
    expect(run((i) => [i, 10_000, Uint8Array.of(i)]).installed).toBe(8);
  });

  it('finishes what is on its way when a later checkpoint is asked for', () => {
    expect(run((i) => (i < 3 ? [i, 3, Uint8Array.of(i)] : undefined), 1).installed).toBe(8);
  });

  it('takes no piece that it did not ask for', () => {
    const transfer = new StateTransfer({
      self: 0,
      n: 4,
      clock: { nowMs: () => 0, wallMs: () => 0, endOfTurn: () => {}, after: () => () => {} },
      send: () => {},
      serve: () => [Uint8Array.of(1)],
      install: () => true,
      onProgress: () => {},
    });
    expect(transfer.onPiece(1, [STATE_PIECE_ITEM, 8, 0, 1, Uint8Array.of(1)])).toBeUndefined();
    transfer.start(8, 'digest');
    expect(transfer.onPiece(1, [STATE_PIECE_ITEM, 8, 5, 9, Uint8Array.of(1)])).toBe('unrequested');
    expect(transfer.onPiece(1, [STATE_PIECE_ITEM, 8])).toBe('body-malformed');
    expect(transfer.onRequest(1, [2, 'x', 0])).toBe('body-malformed');
  });
});
