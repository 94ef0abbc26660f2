/** The checker of histories: it must take what could have happened, and refuse what could not. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  KEY_MODEL,
  KvHistory,
  type KvInput,
  type KvOperation,
  type KvOutput,
} from '../../src/cli/torture/kv-history.ts';
import { checkLinearizable } from '../../src/cli/torture/linearizability.ts';
import { SeededRandom } from '../../src/core/random.ts';

const op = (
  called: number,
  returned: number | undefined,
  input: KvInput,
  output?: KvOutput,
): KvOperation => ({
  called,
  returned,
  input,
  output,
});
const put = (called: number, returned: number, value: string) =>
  op(called, returned, { op: 'put', value }, { done: true });
const lost = (called: number, value: string) => op(called, undefined, { op: 'put', value });
const get = (called: number, returned: number, value: string | null) =>
  op(called, returned, { op: 'get' }, { value });
const cas = (called: number, returned: number, expected: string | null, value: string, done: boolean) =>
  op(called, returned, { op: 'cas', expected, value }, { done });
const remove = (called: number, returned: number, done: boolean) =>
  op(called, returned, { op: 'delete' }, { done });

const kind = (operations: readonly KvOperation[]) => checkLinearizable(KEY_MODEL, operations).kind;

describe('a history of one key', () => {
  it('is linearizable where the answers fit one order', () => {
    expect(kind([])).toBe('linearizable');
    expect(kind([get(0, 1, null), put(2, 3, 'a'), get(4, 5, 'a'), remove(6, 7, true), get(8, 9, null)])).toBe(
      'linearizable',
    );
    // What overlaps may have happened in either order.
    expect(kind([put(0, 5, 'a'), put(1, 4, 'b'), get(6, 7, 'a')])).toBe('linearizable');
    expect(kind([put(0, 5, 'a'), put(1, 4, 'b'), get(6, 7, 'b')])).toBe('linearizable');
    expect(kind([put(0, 9, 'a'), get(1, 2, null), get(3, 4, 'a')])).toBe('linearizable');
    expect(kind([put(0, 1, 'a'), cas(2, 5, 'a', 'b', true), cas(3, 6, 'a', 'c', false)])).toBe(
      'linearizable',
    );
  });

  it('is not where a read is stale, lost, from nowhere or from the future', () => {
    expect(kind([put(0, 1, 'a'), get(2, 3, null)])).toBe('not-linearizable');
    expect(kind([put(0, 1, 'a'), put(2, 3, 'b'), get(4, 5, 'a')])).toBe('not-linearizable');
    expect(kind([put(0, 1, 'a'), get(2, 3, 'z')])).toBe('not-linearizable');
    expect(kind([get(0, 1, 'a'), put(2, 3, 'a')])).toBe('not-linearizable');
    // Two reads, one after the other, that see two overlapping writes in opposite orders.
    expect(kind([put(0, 9, 'a'), put(1, 8, 'b'), get(2, 3, 'a'), get(4, 5, 'b'), get(6, 7, 'a')])).toBe(
      'not-linearizable',
    );
  });

  it('is not where two swaps took what one put there, or a delete found nothing that was there', () => {
    expect(kind([put(0, 1, 'a'), cas(2, 5, 'a', 'b', true), cas(3, 6, 'a', 'c', true)])).toBe(
      'not-linearizable',
    );
    expect(kind([put(0, 1, 'a'), cas(2, 3, 'a', 'b', false)])).toBe('not-linearizable');
    expect(kind([put(0, 1, 'a'), remove(2, 3, false)])).toBe('not-linearizable');
    expect(kind([put(0, 1, 'a'), remove(2, 5, true), remove(3, 6, true)])).toBe('not-linearizable');
  });

  it('leaves open what nobody learnt: it happened late, or never, but not before it was asked', () => {
    expect(kind([lost(0, 'a'), get(1, 2, null), get(3, 4, 'a')])).toBe('linearizable');
    expect(kind([lost(0, 'a'), get(1, 2, null), get(3, 4, null)])).toBe('linearizable');
    expect(kind([lost(0, 'a'), get(1, 2, 'a'), get(3, 4, null)])).toBe('not-linearizable');
    expect(kind([get(0, 1, 'a'), lost(2, 'a')])).toBe('not-linearizable');
    const swap = op(2, undefined, { op: 'cas', expected: 'a', value: 'b' });
    expect(kind([put(0, 1, 'a'), swap, get(3, 4, 'b')])).toBe('linearizable');
    expect(kind([put(0, 1, 'c'), swap, get(3, 4, 'b')])).toBe('not-linearizable');
  });

  it('is judged as undecided where the search is cut short', () => {
    const many = Array.from({ length: 12 }, (_, i) => put(i, 100 + i, String(i)));
    expect(checkLinearizable(KEY_MODEL, [...many, get(200, 201, 'x')], 1000).kind).toBe('undecided');
  });

  it('names what fits nowhere', async () => {
    const history = new KvHistory();
    history.add('good', put(history.now(), history.now(), 'a'));
    history.add('bad', put(history.now(), history.now(), 'b'));
    history.add('bad', get(history.now(), history.now(), 'a'));
    const failures = await history.judge();
    expect(failures).toHaveLength(1);
    expect(failures[0]).toContain('key bad is not linearizable: after 1 of 2');
    expect(failures[0]).toContain('{"value":"a"}');
  });
});

/** Tries every order: the definition, letter by letter. */
function bruteForce(operations: readonly KvOperation[], state = KEY_MODEL.initial): boolean {
  if (operations.every(({ returned }) => returned === undefined)) return true;
  const earliest = Math.min(...operations.map(({ returned }) => returned ?? Number.POSITIVE_INFINITY));
  return operations.some((operation, i) => {
    if (operation.called > earliest) return false;
    const next = KEY_MODEL.step(state, operation.input, operation.output);
    return next !== undefined && bruteForce([...operations.slice(0, i), ...operations.slice(i + 1)], next);
  });
}

const value = fc.constantFrom('a', 'b');
const expected = fc.constantFrom('a', 'b', null);
const request: fc.Arbitrary<readonly [KvInput, fc.Arbitrary<KvOutput>]> = fc.oneof(
  fc.constant([{ op: 'get' } as KvInput, fc.record({ value: expected })] as const),
  value.map((v) => [{ op: 'put', value: v } as KvInput, fc.constant({ done: true })] as const),
  fc.constant([{ op: 'delete' } as KvInput, fc.record({ done: fc.boolean() })] as const),
  fc
    .record({ expected, value })
    .map((input) => [{ op: 'cas', ...input } as KvInput, fc.record({ done: fc.boolean() })] as const),
);
const anyOperation = request.chain(([input, output]) =>
  fc.record({ input: fc.constant(input), output: fc.option(output, { nil: undefined, freq: 5 }) }),
);
/** Up to six operations with any answers, overlapping in any way. */
const anyHistory = fc
  .record({ operations: fc.array(anyOperation, { minLength: 1, maxLength: 6 }), seed: fc.nat() })
  .map(({ operations, seed }) => {
    const slots = new SeededRandom(seed).shuffle(Array.from({ length: 2 * operations.length }, (_, i) => i));
    return operations.map(({ input, output }, i) => {
      const [called, returned] = [slots[2 * i]!, slots[2 * i + 1]!].sort((a, b) => a - b);
      return op(called!, output === undefined ? undefined : returned!, input, output);
    });
  });

/** What one client after the other was told, each call and return moved away from its instant by some steps. */
function stretched(length: number, random: SeededRandom, width: number): KvOperation[] {
  let state: string | null = null;
  const instants: { at: number; operation: number; end: 'called' | 'returned' }[] = [];
  const operations: { input: KvInput; output: KvOutput }[] = [];
  for (let i = 0; i < length; i++) {
    const share = random.float();
    const before: string | null = state;
    if (share < 0.4) operations.push({ input: { op: 'get' }, output: { value: state } });
    else if (share < 0.6) {
      state = String(i);
      operations.push({ input: { op: 'put', value: state }, output: { done: true } });
    } else if (share < 0.9) {
      const guess: string | null = random.chance(0.5) ? before : String(random.below(length));
      const done = guess === before;
      if (done) state = String(i);
      operations.push({ input: { op: 'cas', expected: guess, value: String(i) }, output: { done } });
    } else {
      operations.push({ input: { op: 'delete' }, output: { done: before !== null } });
      state = null;
    }
    instants.push({ at: i - width * random.float(), operation: i, end: 'called' });
    instants.push({ at: i + width * random.float(), operation: i, end: 'returned' });
  }
  instants.sort((a, b) => a.at - b.at);
  const times = operations.map(() => ({ called: 0, returned: 0 }));
  for (const [instant, { operation, end }] of instants.entries()) times[operation]![end] = instant;
  return operations.map((one, i) => ({ ...one, ...times[i]! }));
}

describe('the search', () => {
  it('agrees with trying every order', () => {
    let refused = 0;
    let taken = 0;
    fc.assert(
      fc.property(anyHistory, (operations) => {
        const possible = bruteForce(operations);
        if (possible) taken++;
        else refused++;
        expect(kind(operations)).toBe(possible ? 'linearizable' : 'not-linearizable');
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(100);
  });

  it('takes long histories that happened, and refuses them when one read is changed', () => {
    const random = new SeededRandom(11);
    for (let round = 0; round < 10; round++) {
      const operations = stretched(300, random, 1 + random.below(8));
      expect(kind(operations)).toBe('linearizable');
      const reads = operations.flatMap(({ input }, i) => (input.op === 'get' ? [i] : []));
      const at = reads[random.below(reads.length)]!;
      const spoilt = operations.map((one, i) => (i === at ? { ...one, output: { value: 'never' } } : one));
      expect(kind(spoilt)).toBe('not-linearizable');
    }
  });

  it('takes them too where some outcomes were never learnt', () => {
    const random = new SeededRandom(12);
    for (let round = 0; round < 20; round++) {
      const operations = stretched(200, random, 6).map((one) =>
        random.chance(0.03) ? { ...one, output: undefined, returned: undefined } : one,
      );
      expect(kind(operations)).toBe('linearizable');
    }
  });
});
