/** The books that a campaign is judged by: each must find what it is there for. */

import { describe, expect, it } from 'vitest';
import { AccountAudit } from '../../src/cli/torture/account.ts';
import { PromiseAudit } from '../../src/cli/torture/promise-audit.ts';
import { metricValue } from '../../src/cli/torture/sampler.ts';
import { VoteAudit } from '../../src/cli/torture/vote-audit.ts';
import type { AnyMessage } from '../../src/core/machine.ts';
import { SeededRandom } from '../../src/core/random.ts';
import type { PbftRecord } from '../../src/protocols/pbft/messages.ts';

/** Transfers of these amounts in the order of the ledger, as `[amount, balance after]`. */
function ledger(balance: number, amounts: readonly number[]): [number, number][] {
  let left = balance;
  return amounts.map((amount) => {
    left -= amount;
    return [amount, left];
  });
}

function audited(transfers: readonly [number, number][], balance: number, unknown: number[] = []): string[] {
  const audit = new AccountAudit('client', 1000);
  audit.unknown.push(...unknown);
  for (const [amount, after] of transfers) audit.settled(amount, after);
  audit.close(balance);
  return audit.failures;
}

describe('the books of an account', () => {
  const transfers = ledger(1000, [10, 20, 30, 40, 50]);

  it('balance, in whatever order the acknowledgements came', () => {
    const random = new SeededRandom(3);
    for (let i = 0; i < 50; i++) expect(audited(random.shuffle([...transfers]), 850)).toEqual([]);
  });

  it('show a transfer that was acknowledged and lost', () => {
    // The third was lost: the others go on from the balance before it.
    const others = ledger(1000, [10, 20, 40, 50]);
    const lost: [number, number] = [30, 940];
    expect(audited([...others, lost], 880)[0]).toContain('lost');
    expect(audited([lost, ...others], 880)[0]).toContain('lost');
    // The last one was lost: nobody went on from there.
    expect(audited(transfers, 900)[0]).toContain('no transfer is known');
  });

  it('show a transfer that was executed twice', () => {
    const twice = ledger(1000, [10, 20, 20, 30, 40, 50]);
    expect(audited([...twice.slice(0, 2), ...twice.slice(3)], 830)[0]).toContain('twice');
    expect(audited(twice.slice(0, 5), 810)[0]).toContain('twice');
  });

  it('allow for transfers whose outcome nobody learnt, once each', () => {
    const without = [...transfers.slice(0, 1), ...transfers.slice(3)];
    expect(audited(without, 850, [20, 30, 7])).toEqual([]);
    expect(audited(without, 850, [20])[0]).toContain('no transfer is known');
    expect(audited(transfers.slice(0, 3), 850, [40, 50])).toEqual([]);
  });
});

describe('the audit of vote logs', () => {
  const a = 'aa'.repeat(32);
  const b = 'bb'.repeat(32);
  const vote = (type: 'pre-prepare' | 'prepared' | 'committed', sequence: number, digest: string, view = 0) =>
    ({ type, view, sequence, digest }) as PbftRecord;
  const viewChange = (view: number, body = 1): PbftRecord => ({
    type: 'attested',
    attested: {
      from: 0,
      message: {
        type: 'view-change',
        epoch: 0,
        view,
        stable: 0,
        checkpoints: [],
        prepared: [],
        preprepared: [],
      },
      envelope: { body: Uint8Array.of(body), signature: new Uint8Array(0) },
    },
  });
  const run = (...records: [number, PbftRecord][]) => {
    const audit = new VoteAudit(4, 256);
    for (const [id, record] of records) audit.add(id, record);
    return audit.failures.join();
  };

  it('finds nothing in an honest log that is read again and again', () => {
    const log = [vote('pre-prepare', 1, a), vote('prepared', 1, a), vote('committed', 1, a), viewChange(1)];
    const again = [...log, ...log, vote('pre-prepare', 1, a, 1), vote('pre-prepare', 2, b, 1)];
    expect(run(...again.map((record): [number, PbftRecord] => [0, record]))).toBe('');
    // Another primary's digest in another view, and another replica's opinion, are no contradictions.
    expect(run([0, vote('pre-prepare', 1, a)], [0, vote('pre-prepare', 1, b, 1)])).toBe('');
    expect(run([0, vote('pre-prepare', 1, a)], [1, vote('pre-prepare', 1, b)])).toBe('');
  });

  it('finds a replica that contradicts itself', () => {
    expect(run([0, vote('pre-prepare', 1, a)], [0, vote('pre-prepare', 1, b)])).toContain('slot 1');
    expect(run([0, vote('pre-prepare', 1, a)], [0, vote('prepared', 1, b)])).toContain(
      'had not pre-prepared',
    );
    expect(run([0, viewChange(2)], [0, vote('pre-prepare', 1, a, 1)])).toContain('having left');
    expect(run([0, viewChange(2, 1)], [0, viewChange(2, 2)])).toContain('two ways');
    expect(run([0, vote('pre-prepare', 9000, a)], [0, vote('pre-prepare', 1, a)])).toContain('far below');
  });

  it('finds a fork', () => {
    expect(run([0, vote('committed', 1, a)], [1, vote('committed', 1, b)])).toContain('differently');
  });
});

it('reads a metric from an exposition', () => {
  const text = 'lag{quantile="0.5",v="a"} 1.5\nlag{quantile="0.99",v="a"} 7\nlag_total 3\n';
  expect(metricValue(text, 'lag', 'quantile="0.99"')).toBe(7);
  expect(metricValue(text, 'lag_total')).toBe(3);
  expect(metricValue(text, 'missing')).toBeNaN();
});

describe('the audit of one vote a round', () => {
  const a = 'aa'.repeat(32);
  const b = 'bb'.repeat(32);
  const header = { parent: 0, sequence: 1, epoch: 0 };
  const vote = (round: number, digest: string, from = 0) => ({
    type: 'attested',
    attested: { from, message: { type: 'vote', round, digest, ...header } },
  });
  const checkpoint = (digest: string, from: number) => ({
    type: 'attested',
    attested: { from, message: { type: 'checkpoint', sequence: 64, digest } },
  });

  it('takes a vote that is read again, and finds a second one', () => {
    for (const protocol of ['hotstuff', 'streamlet']) {
      const audit = new PromiseAudit(protocol, 4);
      audit.add(0, vote(1, a));
      audit.add(0, vote(1, a));
      audit.add(1, vote(1, b, 1));
      // What others said is in the log too.
      audit.add(0, vote(1, b, 2));
      expect(audit.failures).toEqual([]);
      expect(audit.votes).toBe(2);
      audit.add(0, vote(1, b));
      expect(audit.failures[0]).toContain('v0 voted in round 1');
    }
  });

  it('finds checkpoints and committed slots that differ', () => {
    const audit = new PromiseAudit('hotstuff', 4);
    audit.add(0, checkpoint(a, 0));
    audit.add(1, checkpoint(b, 1));
    audit.add(0, { type: 'committed', sequence: 3, digest: a } as AnyMessage);
    audit.add(1, { type: 'committed', sequence: 3, digest: b } as AnyMessage);
    expect(audit.failures).toHaveLength(2);
  });

  it("finds two votes in one of Raft's terms, and two entries at one position of it", () => {
    const audit = new PromiseAudit('raft', 3);
    const entry = (term: number, digest: string) => ({ type: 'entry', sequence: 5, term, digest });
    audit.add(0, { type: 'term', term: 2, vote: 0 } as AnyMessage);
    audit.add(0, { type: 'term', term: 2, vote: 2 } as AnyMessage);
    audit.add(0, entry(2, a));
    audit.add(1, entry(3, b));
    expect(audit.failures).toEqual([]);
    audit.add(0, { type: 'term', term: 2, vote: 3 } as AnyMessage);
    audit.add(2, entry(2, b));
    expect(audit.failures).toHaveLength(2);
  });
});
