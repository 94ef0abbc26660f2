/** The watch for other processes with our keys, against peers that lie. */

import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ValueReader } from '../../src/codec/value.ts';
import { concatBytes } from '../../src/core/bytes.ts';
import {
  ALIVE_ITEM,
  aliveInput,
  CHALLENGE_ITEM,
  CLEAR_ITEM,
  RUN_ITEM,
  TwinWatch,
} from '../../src/replica/twins.ts';

const chainId = new Uint8Array(32).fill(1);
const run = (fill: number, startedMs = 1_000) => ({ id: new Uint8Array(16).fill(fill), startedMs });
const READER = { maxValues: 64, maxDepth: 4, strings: true };

/** A signature that needs the key: its holder's name and what was signed. */
const signWith = (key: number) => (input: Uint8Array) => concatBytes(Uint8Array.of(key), input);

class World {
  nowMs = 0;
  readonly later: { atMs: number; call: () => void }[] = [];
  readonly sent: { to: number; item: readonly unknown[] }[] = [];
  cleared = 0;
  stopped: string | undefined;
  readonly watch: TwinWatch;

  constructor(self = run(9), needed = 2) {
    const sign = signWith(7);
    this.watch = new TwinWatch({
      run: self,
      chainId,
      needed: () => needed,
      clock: {
        nowMs: () => this.nowMs,
        wallMs: () => this.nowMs,
        after: (delayMs, call) => {
          const entry = { atMs: this.nowMs + delayMs, call };
          this.later.push(entry);
          return () => void this.later.splice(this.later.indexOf(entry) >>> 0, 1);
        },
        endOfTurn: (call) => call(),
      },
      send: (to, item) =>
        this.sent.push({ to, item: new ValueReader(READER).reset(item).value(0) as unknown[] }),
      sign,
      verify: (input, signature) => Buffer.from(sign(input)).equals(signature),
      onClear: () => this.cleared++,
      onTwin: (why) => {
        this.stopped = why;
      },
    });
  }

  pass(ms: number): void {
    this.nowMs += ms;
    for (const { call } of this.later.filter(({ atMs }) => atMs <= this.nowMs)) call();
  }

  kinds(to: number): unknown[] {
    return this.sent.filter((s) => s.to === to).map(({ item }) => item[0]);
  }
}

const alive = (
  who: { id: Uint8Array; startedMs: number },
  voting: boolean,
  challenge: Uint8Array,
  key = 7,
) => [
  ALIVE_ITEM,
  who.id,
  who.startedMs,
  voting,
  challenge,
  signWith(key)(aliveInput(chainId, who, voting, challenge)),
];

let w: World;
beforeEach(() => {
  w = new World();
});

describe('a process that starts', () => {
  it('speaks when all but itself of a quorum know of no other, each counted once', () => {
    w.watch.check();
    expect(w.watch.onItem(1, [CLEAR_ITEM, run(9).id])).toBeUndefined();
    w.watch.onItem(1, [CLEAR_ITEM, run(9).id]);
    expect(w.watch.cleared).toBe(false);
    expect(w.watch.onItem(2, [CLEAR_ITEM, run(8).id])).toBe('unrequested');
    expect(w.watch.cleared).toBe(false);
    w.watch.onItem(2, [CLEAR_ITEM, run(9).id]);
    w.watch.onItem(3, [CLEAR_ITEM, run(9).id]);
    expect([w.watch.cleared, w.cleared]).toEqual([true, 1]);
  });

  it('is stopped by its own signature over its own run, and by nothing else', () => {
    const other = run(5);
    const mine = run(9).id;
    expect(w.watch.onItem(1, alive(other, true, mine, 6)), 'a liar signs').toBe('signature-invalid');
    expect(w.watch.onItem(1, alive(other, true, run(4).id)), 'an old one').toBe('unrequested');
    const [, id, , ...rest] = alive(other, true, mine);
    expect(w.watch.onItem(1, [ALIVE_ITEM, id, 77, ...rest]), 'a changed one').toBe('signature-invalid');
    expect(w.watch.onItem(1, alive(run(9), true, mine)), 'itself').toBe('unrequested');
    expect(w.stopped).toBeUndefined();
    expect(w.watch.onItem(1, alive(other, true, mine))).toBeUndefined();
    expect(w.stopped).toMatch(/another process runs/);
  });

  it.each([
    // Has the other voted, did it start before; have we voted: do we stop?
    [true, true, false, true],
    [true, false, false, true],
    [false, true, false, true],
    [false, false, false, false],
    [true, true, true, true],
    [true, false, true, false],
    [false, true, true, false],
    [false, false, true, false],
  ])('other votes %s, is older %s; we vote %s: stops %s', (voting, older, weVote, stops) => {
    if (weVote) for (const peer of [1, 2]) w.watch.onItem(peer, [CLEAR_ITEM, run(9).id]);
    w.watch.onItem(3, alive(run(5, older ? 500 : 2_000), voting, run(9).id));
    expect(w.stopped !== undefined).toBe(stops);
  });

  it('of two that vote and started in the same instant, one stops', () => {
    const [a, b] = [new World(run(3)), new World(run(4))];
    for (const world of [a, b])
      for (const peer of [1, 2]) world.watch.onItem(peer, [CLEAR_ITEM, world === a ? run(3).id : run(4).id]);
    a.watch.onItem(1, alive(run(4), true, run(3).id));
    b.watch.onItem(1, alive(run(3), true, run(4).id));
    expect([a.stopped === undefined, b.stopped === undefined]).toEqual([true, false]);
  });
});

describe('a peer', () => {
  const clearOf = (to: number) =>
    w.sent.filter((s) => s.to === to && s.item[0] === CLEAR_ITEM).map((s) => s.item[1]);

  it('clears at once whoever comes first, comes again, or comes after one that ended', () => {
    w.watch.peerUp(3, false);
    w.watch.onItem(3, [RUN_ITEM, run(1).id, 10]);
    w.watch.peerUp(3, true);
    w.watch.onItem(3, [RUN_ITEM, run(1).id, 10]);
    w.watch.peerUp(3, false);
    w.watch.onItem(3, [RUN_ITEM, run(2).id, 20]);
    expect(clearOf(3)).toEqual([run(1).id, run(1).id, run(2).id]);
    expect(w.kinds(3).filter((kind) => kind === CHALLENGE_ITEM)).toEqual([]);
  });

  it('clears one that took the place of a dead one after a while', () => {
    w.watch.peerUp(3, false);
    w.watch.onItem(3, [RUN_ITEM, run(1).id, 10]);
    w.watch.peerUp(3, true);
    w.watch.onItem(3, [RUN_ITEM, run(2).id, 20]);
    expect(clearOf(3)).toEqual([run(1).id]);
    w.pass(1_900);
    expect(clearOf(3)).toEqual([run(1).id]);
    w.pass(200);
    expect(clearOf(3)).toEqual([run(1).id, run(2).id]);
  });

  it('shows one of two that live the answer of the other', () => {
    w.watch.peerUp(3, false);
    w.watch.onItem(3, [RUN_ITEM, run(1).id, 10]);
    w.watch.peerUp(3, true);
    w.watch.onItem(3, [RUN_ITEM, run(2).id, 20]);
    w.pass(300);
    w.watch.peerUp(3, true);
    w.watch.onItem(3, [RUN_ITEM, run(1).id, 10]);
    expect(w.sent.at(-1)!.item).toEqual([CHALLENGE_ITEM, run(2).id]);
    const answer = alive(run(1, 10), true, run(2).id);
    expect(w.watch.onItem(3, answer)).toBeUndefined();
    w.pass(300);
    w.watch.peerUp(3, true);
    w.watch.onItem(3, [RUN_ITEM, run(2).id, 20]);
    expect(w.sent.filter((s) => s.item[0] === ALIVE_ITEM).map((s) => s.item)).toEqual([answer]);
    // One that was never challenged, or calls itself another, is not kept.
    expect(w.watch.onItem(3, alive(run(6), true, run(2).id))).toBe('unrequested');
    expect(w.watch.onItem(2, answer)).toBe('unrequested');
  });

  it('answers a challenge with what it is, and not as fast as a liar asks', () => {
    expect(w.watch.onItem(1, [CHALLENGE_ITEM, run(9).id])).toBe('rate-limited');
    expect(w.watch.onItem(1, [CHALLENGE_ITEM, run(4).id])).toBeUndefined();
    for (let i = 0; i < 100; i++) expect(w.watch.onItem(1, [CHALLENGE_ITEM, run(4).id])).toBe('rate-limited');
    expect(w.sent.map((s) => s.item)).toEqual([alive(run(9), false, run(4).id)]);
    w.pass(50);
    expect(w.watch.onItem(1, [CHALLENGE_ITEM, run(4).id])).toBeUndefined();
  });

  it('takes anything at all, and keeps little of it', () => {
    const part = fc.oneof(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.anything(),
      fc.integer(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: RUN_ITEM, max: ALIVE_ITEM }),
        fc.array(part, { maxLength: 6 }),
        (kind, parts) => {
          expect(w.watch.takes(kind)).toBe(true);
          w.watch.onItem(1, [kind, ...parts]);
        },
      ),
    );
    expect(w.stopped).toBeUndefined();
    expect(w.watch.cleared).toBe(false);
  });
});
