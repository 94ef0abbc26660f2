/** Evidence is judged from the signed bytes and the genesis alone. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessageCodec, type MessageCodec } from '../../src/codec/message-codec.ts';
import { toHex } from '../../src/core/bytes.ts';
import { MAX_EVIDENCE_PER_VALIDATOR } from '../../src/core/limits.ts';
import type { AnyMessage, Attested } from '../../src/core/machine.ts';
import { protocolByName } from '../../src/protocols/registry.ts';
import { createBatchDigests } from '../../src/replica/batch-digest.ts';
import { EvidenceBook, EvidenceChecker, evidenceDocument } from '../../src/replica/watch/evidence.ts';
import { SignedWords } from '../../src/replica/watch/signed-words.ts';
import { type RealSetting, realSetting } from '../../src/sim/real/index.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const point = { epoch: 0, view: 3, sequence: 7 } as const;
const checkpoint = { type: 'checkpoint', epoch: 0, sequence: 8 } as const;
const viewChange = {
  type: 'view-change',
  epoch: 0,
  view: 2,
  stable: 0,
  checkpoints: [],
  prepared: [],
  preprepared: [],
};

let settings: RealSetting[];

beforeAll(async () => {
  settings = await Promise.all([realSetting('ed25519', 4), realSetting('channel', 4)]);
});
afterAll(async () => {
  for (const { verifier } of settings) await verifier.close();
});

function tools({ chain, hasher, verifier, authenticators }: RealSetting) {
  const { messages } = protocolByName('pbft')!;
  const { batchDigest } = createBatchDigests(hasher);
  const codec: MessageCodec = createMessageCodec(messages, {
    n: 4,
    batchDigest,
    limits: chain.genesis.parameters,
  });
  const sign = (from: number, message: object): Attested => {
    const body = codec.encodeBody(message as AnyMessage, from);
    const always = messages[(message as AnyMessage).type]!.signed === 'always';
    const signature = authenticators[from]!.sign(body, always);
    return { from, message: message as AnyMessage, envelope: { body, signature } };
  };
  const document = (first: Attested, second: Attested) => {
    const plain = ({ from, envelope }: Attested) => ({ from, ...envelope });
    const stored = { from: first.from, offence: 'x', seenMs: 1, first: plain(first), second: plain(second) };
    return JSON.parse(JSON.stringify(evidenceDocument(chain, stored)));
  };
  return { sign, document, checker: new EvidenceChecker(chain, hasher, verifier) };
}

describe('evidence', () => {
  it('proves two votes, proposals, checkpoints or view changes that contradict each other', () => {
    const { sign, document, checker } = tools(settings[0]!);
    for (const type of ['pre-prepare', 'prepare', 'commit']) {
      const pair = document(sign(2, { type, ...point, digest: A }), sign(2, { type, ...point, digest: B }));
      expect(checker.check(pair)).toMatchObject({ validator: 'v2', from: 2, offence: type });
    }
    const states = document(sign(1, { ...checkpoint, digest: A }), sign(1, { ...checkpoint, digest: B }));
    expect(checker.check(states)).toMatchObject({ validator: 'v1', offence: 'checkpoint' });
    const changes = document(sign(0, viewChange), sign(0, { ...viewChange, stable: 4 }));
    expect(checker.check(changes)).toMatchObject({ validator: 'v0', offence: 'view-change' });
  });

  it('proves nothing of what an honest validator signs', () => {
    const { sign, document, checker } = tools(settings[0]!);
    const prepare = { type: 'prepare', ...point, digest: A };
    const innocent: [object, object][] = [
      [prepare, prepare],
      [prepare, { ...prepare, view: 4, digest: B }],
      [prepare, { ...prepare, sequence: 8, digest: B }],
      [prepare, { ...prepare, type: 'commit' }],
      [viewChange, { ...viewChange, view: 3 }],
      [
        { ...checkpoint, digest: A },
        { ...checkpoint, sequence: 12, digest: B },
      ],
    ];
    for (const [first, second] of innocent)
      expect(typeof checker.check(document(sign(2, first), sign(2, second)))).toBe('string');
    const other = document(sign(2, prepare), sign(1, { ...prepare, digest: B }));
    expect(checker.check(other)).toContain('different validators');
  });

  it('proves nothing where a signature, the chain or the form is not right', () => {
    const { sign, document, checker } = tools(settings[0]!);
    const first = sign(2, { type: 'prepare', ...point, digest: A });
    const second = sign(2, { type: 'prepare', ...point, digest: B });
    const good = document(first, second);
    const forged = structuredClone(good);
    forged.messages[1].signature = toHex(first.envelope.signature);
    expect(checker.check(forged)).toContain('does not hold');
    expect(checker.check({ ...good, chain: A })).toContain('of the chain');
    for (const bad of [
      null,
      1,
      {},
      { ...good, format: 'x' },
      { ...good, messages: [1, 2] },
      { ...good, messages: [] },
    ])
      expect(typeof checker.check(bad)).toBe('string');
    const odd = structuredClone(good);
    odd.messages[0].body = 'zz';
    expect(checker.check(odd)).toContain('hex');
  });

  it('needs signatures: what a session vouched for convinces nobody else', () => {
    const { sign, document, checker } = tools(settings[1]!);
    const votes = document(
      sign(2, { type: 'prepare', ...point, digest: A }),
      sign(2, { type: 'prepare', ...point, digest: B }),
    );
    expect(checker.check(votes)).toContain('no signatures');
    const states = document(sign(1, { ...checkpoint, digest: A }), sign(1, { ...checkpoint, digest: B }));
    expect(checker.check(states)).toMatchObject({ offence: 'checkpoint' });
  });

  it('is kept within bounds, and a pair once', () => {
    const { sign } = tools(settings[0]!);
    const book = new EvidenceBook();
    const pair = (type: string, sequence: number) => ({
      offence: type,
      from: 2,
      first: sign(2, { type, ...point, sequence, digest: A }),
      second: sign(2, { type, ...point, sequence, digest: B }),
    });
    expect(book.add(pair('prepare', 1))).toBe(true);
    const { first, second, ...rest } = pair('prepare', 1);
    expect(book.add({ ...rest, first: second, second: first })).toBe(false);
    for (let i = 2; i < 100; i++) book.add(pair('prepare', i));
    const afterVotes = book.list().length;
    expect(afterVotes).toBeLessThan(MAX_EVIDENCE_PER_VALIDATOR);
    // A flood of one kind leaves room for another, and for another validator.
    expect(book.add(pair('commit', 1))).toBe(true);
    expect(book.add({ ...pair('commit', 1), from: 3 })).toBe(true);
  });

  it('gives the place of what convinces us alone to what convinces others', () => {
    const unsigned = tools(settings[1]!).sign;
    const { sign } = tools(settings[0]!);
    const book = new EvidenceBook();
    const pair = (by: typeof sign, sequence: number) => ({
      offence: 'prepare',
      from: 2,
      first: by(2, { type: 'prepare', ...point, sequence, digest: A }),
      second: by(2, { type: 'prepare', ...point, sequence, digest: B }),
    });
    for (let i = 0; i < 10; i++) book.add(pair(unsigned, i));
    const full = book.list().length;
    expect(book.provenAgainst(2)).toBe(0);
    // The same two messages, now with signatures.
    expect(book.has(pair(sign, 0))).toBe(false);
    expect(book.add(pair(sign, 0))).toBe(true);
    expect(book.has(pair(unsigned, 0))).toBe(true);
    expect(book.list()).toHaveLength(full);
    expect(book.provenAgainst(2)).toBe(1);
    for (let i = 1; i < 10; i++) book.add(pair(sign, i));
    expect(book.provenAgainst(2)).toBe(full);
    expect(book.add(pair(unsigned, 11))).toBe(false);
  });

  it('remembers the last checkpoints and view changes of each, and finds the pair', () => {
    const { sign } = tools(settings[0]!);
    const words = new SignedWords(4, (a, b) => protocolByName('pbft')!.contradiction?.(a, b));
    for (let i = 1; i <= 10; i++)
      expect(words.keep(sign(1, { ...checkpoint, sequence: 4 * i, digest: A }), false)).toBe(undefined);
    expect(words.keep(sign(2, { ...checkpoint, digest: B }), false)).toBe(undefined);
    expect(words.keep(sign(1, { ...checkpoint, digest: B }), false)).toMatchObject({ offence: 'checkpoint' });
    for (let i = 0; i < 1000; i++) words.keep(sign(3, { ...viewChange, view: i }), false);
    expect(words.of(3).length).toBeLessThanOrEqual(16);
  });
});
