/** Patterns, reputation and the record of slots, each by itself: when they speak, and when they keep quiet. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../src/core/random.ts';
import { Conduct, GRACE_MS } from '../../src/replica/watch/conduct.ts';
import type { Detection } from '../../src/replica/watch/detections.ts';
import { explainSlot } from '../../src/replica/watch/explain.ts';
import { judge, REPUTATION_RULES, Reputation } from '../../src/replica/watch/reputation.ts';
import { phaseOf, SlotTimes } from '../../src/replica/watch/slot-times.ts';
import { deviation, median, Patterns } from '../../src/replica/watch/statistics.ts';

const VOTE = phaseOf('vote');
const COMMIT = phaseOf('commit-vote');
const PROPOSAL = phaseOf('proposal');
const FINE = { samples: 64, medianMs: 1, failures: 0, invalidSignatures: 0, right: 1, participation: 1 };

describe('statistics', () => {
  it('median and MAD are those of the definition, and half of the samples cannot move them', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNaN();
    expect(deviation([1, 2, 3, 4, 5])).toBeCloseTo(1.4826);
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 40 }),
        (usual) => {
          const liars = usual.slice(0, Math.floor((usual.length - 1) / 2)).map(() => 1e9);
          expect(median([...usual, ...liars])).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  /** `delay(peer)` in ms; NaN: no vote. */
  const watched = (delay: (peer: number, random: SeededRandom) => number, seed: number, slots = 64) => {
    const random = new SeededRandom(seed);
    const patterns = new Patterns(4);
    for (let i = 0; i < slots; i++) {
      const answersMs = [0, 1, 2, 3].map((peer) => (peer === 0 ? undefined : delay(peer, random)));
      const came = answersMs.filter((ms) => ms !== undefined && !Number.isNaN(ms)) as number[];
      patterns.add({ atMs: 50 * i, slotMs: Math.max(...came.sort((a, b) => a - b).slice(0, 2)), answersMs });
    }
    return [1, 2, 3].map((peer) => patterns.of(peer));
  };

  it('finds the one that is late, and the one that is silent', () => {
    for (let seed = 0; seed < 50; seed++) {
      const [a, b, late] = watched((peer, random) => (peer === 3 ? 40 : 0) + 1 + random.float(), seed);
      expect([a!.slow, b!.slow, late!.slow]).toEqual([false, false, true]);
      const [c, d, silent] = watched(
        (peer, random) => (peer === 3 && random.chance(0.6) ? Number.NaN : 1),
        seed,
      );
      expect([c!.absent, d!.absent, silent!.absent]).toEqual([false, false, true]);
    }
  });

  it('is quiet about a network that is slow for all, uneven, or jumpy', () => {
    let alarms = 0;
    let looks = 0;
    const networks: ((peer: number, random: SeededRandom) => number)[] = [
      () => 2_000,
      (_, random) => 500 + 500 * random.float(),
      (peer, random) => 5 * peer + 10 * random.float(),
      // A heavy tail: one answer in twenty takes fifty times as long.
      (_, random) => (random.chance(0.05) ? 50 : 1) * (1 + random.float()),
      (_, random) => -3 * Math.log(1 - random.float()),
    ];
    for (const network of networks)
      for (let seed = 0; seed < 200; seed++) {
        for (const { slow, absent } of watched(network, seed)) {
          looks++;
          alarms += Number(slow || absent);
        }
      }
    expect(looks).toBe(3_000);
    expect(alarms).toBe(0);
  });

  it('needs slots, and time', () => {
    const [, , few] = watched((peer) => (peer === 3 ? 1_000 : 1), 1, 20);
    expect(few!.slow).toBe(false);
  });
});

describe('reputation', () => {
  it('moves by the deltas, stays in [0, 1], and is written down', () => {
    const reputation = new Reputation(4);
    expect(reputation.score(1)).toBe(1);
    reputation.note(1, 'invalid-signature', 0);
    expect(reputation.score(1)).toBeCloseTo(0.9);
    reputation.note(1, 'equivocation', 1);
    expect(reputation.score(1)).toBeCloseTo(0.75);
    reputation.note(1, 'timing-violation', 2);
    reputation.note(1, 'partition', 3);
    expect(reputation.score(1)).toBeCloseTo(0.68);
    reputation.note(1, 'agreement', 4);
    expect(reputation.score(1)).toBeCloseTo(0.69);
    expect(reputation.history(1).map(({ cause }) => cause)).toEqual([
      'invalid-signature',
      'equivocation',
      'timing-violation',
      'partition',
      'agreement',
    ]);
    expect(reputation.score(2)).toBe(1);
    for (let i = 0; i < 1000; i++) reputation.note(3, 'equivocation', i);
    expect(reputation.score(3)).toBe(0);
    expect(reputation.history(3).length).toBeLessThanOrEqual(64);
  });

  it('forgives slowly, however fast slots are', () => {
    const reputation = new Reputation(4);
    for (let i = 0; i < 5; i++) reputation.note(1, 'invalid-signature', 0);
    for (let ms = 0; ms <= 10_000; ms++) reputation.note(1, 'agreement', ms);
    expect(reputation.score(1)).toBeCloseTo(0.52);
    for (let ms = 0; ms <= 600_000; ms += 100) reputation.note(1, 'agreement', ms);
    expect(reputation.score(1)).toBeCloseTo(1);
  });

  it('holds nobody guilty for being out of reach', () => {
    const reputation = new Reputation(4);
    for (let ms = 0; ms < 86_400_000; ms += 250) reputation.note(1, 'partition', ms);
    expect(reputation.score(1)).toBe(REPUTATION_RULES.partitionFloor);
    expect(judge(reputation.score(1), { ...FINE, participation: 0, failures: 1 }).health).toBe('unreliable');
    // Nor does it lift a score that is lower for other reasons.
    for (let i = 0; i < 6; i++) reputation.note(2, 'equivocation', 0);
    reputation.note(2, 'partition', 1);
    expect(reputation.score(2)).toBeCloseTo(0.1);
  });

  it('judges by the table', () => {
    expect(judge(1, FINE).health).toBe('healthy');
    expect(judge(1, { ...FINE, medianMs: 101 }).health).toBe('degraded');
    expect(judge(1, { ...FINE, medianMs: 101, failures: 0.11 }).health).toBe('unreliable');
    // One suspicion is none; two are.
    expect(judge(1, { ...FINE, invalidSignatures: 0.2 }).health).toBe('healthy');
    expect(judge(1, { ...FINE, invalidSignatures: 0.2, right: 0.7 }).health).toBe('suspicious');
    expect(judge(0.49, { ...FINE, participation: 0.69 }).health).toBe('suspicious');
    expect(judge(0.29, FINE).health).toBe('quarantined');
    const two = judge(1, { ...FINE, invalidSignatures: 0.2, right: 0.7 });
    const three = judge(1, { ...FINE, invalidSignatures: 0.2, right: 0.7, participation: 0.2 });
    expect(three.confidence).toBeGreaterThan(two.confidence);
    expect(judge(1, { ...FINE, samples: 8, medianMs: 200 }).confidence).toBeLessThan(0.2);
    for (const score of [0, 0.4, 1]) expect(judge(score, FINE).action).not.toBe('');
  });
});

describe('slots', () => {
  it('are kept in a ring that a liar cannot fill', () => {
    const slots = new SlotTimes(4, 16, 64);
    for (let s = 1; s <= 200; s++) {
      slots.note(1, VOTE, s, s);
      slots.done(s, 0, false, s + 1);
    }
    expect(slots.get(200)).toMatchObject({ executedMs: 201 });
    expect(slots.get(100)).toBeUndefined();
    // Far ahead, far behind, nonsense.
    for (const s of [10_000, 1, -1, Number.NaN, 2 ** 53 - 1]) slots.note(2, VOTE, s, 5);
    expect(slots.get(200)!.times[VOTE]![1]).toBe(200);
    expect(slots.get(10_000)).toBeUndefined();
    slots.note(2, VOTE, 216, 7);
    expect(slots.get(216)!.times[VOTE]![2]).toBe(7);
    expect(slots.get(217)).toBeUndefined();
  });

  it('are explained: who was waited for, who was late, wrong, or never came', () => {
    const slots = new SlotTimes(4, 16);
    slots.note(0, PROPOSAL, 1, 0);
    for (const [peer, ms] of [
      [1, 1],
      [2, 30],
    ] as const) {
      slots.note(peer, VOTE, 1, ms);
      slots.note(peer, COMMIT, 1, ms + 1);
    }
    slots.note(0, COMMIT, 1, 31);
    slots.note(3, VOTE, 1, 2);
    slots.refuse(3, VOTE, 1);
    slots.done(1, 0, false, 32);
    const names = ['v0', 'v1', 'v2', 'v3'];
    const report = explainSlot(slots.get(1)!, {
      self: 1,
      names,
      quorum: 3,
      faulty: 1,
      nowMs: 2_000,
      usualMs: 2,
    });
    expect(report).toMatchObject({ executed: true, tookMs: 32 });
    expect(report.phases.find(({ phase }) => phase === 'vote')).toMatchObject({
      waitedFor: 'v2',
      enoughMs: 30,
    });
    const state = (validator: string, phase: string) =>
      report.messages.find((message) => message.validator === validator && message.phase === phase)?.state;
    expect(state('v3', 'vote')).toBe('invalid');
    expect(state('v3', 'commit-vote')).toBe('missing');
    expect(state('v2', 'vote')).toBe('late');
    expect(state('v1', 'vote')).toBe('came');
    expect(report.findings.join('\n')).toContain('waited for v2');
  });
});

describe('conduct', () => {
  /** A cluster seen from replica 0, whose peers answer as told; slots every 25 ms. */
  const run = (
    answer: (peer: number, slot: number) => number | undefined,
    slots: number,
    idle?: (peer: number) => boolean,
    { commitsSpared = false, commits = (_peer: number): boolean => true } = {},
  ) => {
    const found: [Detection, number][] = [];
    const conduct = new Conduct({
      self: 0,
      n: 4,
      faulty: 1,
      window: 64,
      primaryOf: () => 1,
      commitsSpared,
      onPattern: (kind, peer) => {
        found.push([kind, peer]);
        conduct.found(kind, peer, nowMs);
      },
    });
    let nowMs = 0;
    for (let peer = 1; peer < 4; peer++) if (idle?.(peer) !== true) conduct.up(peer, -GRACE_MS);
    for (let slot = 1; slot <= slots; slot++) {
      nowMs = 25 * slot;
      conduct.slots.note(1, PROPOSAL, slot, nowMs);
      conduct.slots.note(0, VOTE, slot, nowMs + 1);
      for (let peer = 1; peer < 4; peer++) {
        const ms = answer(peer, slot);
        if (ms === undefined) continue;
        if (peer !== 1) conduct.slots.note(peer, VOTE, slot, nowMs + ms);
        if (commits(peer)) conduct.slots.note(peer, COMMIT, slot, nowMs + ms + 1);
      }
      conduct.slots.note(0, COMMIT, slot, nowMs + 2);
      conduct.slots.done(slot, 0, false, nowMs + 3);
      if (slot % 10 === 0) conduct.look(nowMs);
    }
    return { conduct, found: new Set(found.map(([kind, peer]) => `${kind} ${peer}`)) };
  };

  it('is fine where all answer', () => {
    const { conduct, found } = run(() => 1, 400);
    expect([...found]).toEqual([]);
    expect(conduct.of(2).judgement.health).toBe('healthy');
    expect(conduct.of(2).samples).toBe(64);
  });

  it('tells silence, and lateness, and lets a score fall no faster than it should', () => {
    const silent = run((peer) => (peer === 3 ? undefined : 1), 400);
    expect([...silent.found]).toEqual(['non-participation 3']);
    expect(silent.conduct.of(3).score).toBeGreaterThan(0.85);
    expect(silent.conduct.of(3).judgement.health).toBe('unreliable');
    const late = run((peer) => (peer === 3 ? 80 : 1), 400);
    expect([...late.found]).toEqual(['timing-violation 3']);
  });

  it('asks for every commit vote, but where an honest one may wait for a fast path until others have committed', () => {
    const commits = (peer: number) => peer !== 3;
    const without = run(() => 1, 400, undefined, { commits });
    expect([...without.found]).toEqual(['non-participation 3']);
    const spared = run(() => 1, 400, undefined, { commits, commitsSpared: true });
    expect([...spared.found]).toEqual([]);
    const silent = run((peer) => (peer === 3 ? undefined : 1), 400, undefined, { commitsSpared: true });
    expect([...silent.found]).toEqual(['non-participation 3']);
  });

  it('takes for played back what comes again in its view, and not what a later view has all say anew', () => {
    const { conduct } = run(() => 1, 100);
    const late = 60_000;
    expect(conduct.heard(2, VOTE, 90, 0, late)).toBe(true);
    expect(conduct.heard(2, VOTE, 90, 1, late)).toBe(false);
    expect(conduct.heard(2, VOTE, 90, undefined, late)).toBe(true);
    // Just back, it says again what it had said.
    conduct.up(2, late - 1);
    expect(conduct.heard(2, VOTE, 90, 0, late)).toBe(false);
  });

  it('says nothing of a peer that is not connected, or catches up', () => {
    const gone = run(
      (peer) => (peer === 3 ? undefined : 1),
      400,
      (peer) => peer === 3,
    );
    expect([...gone.found]).toEqual([]);
    expect(gone.conduct.of(3).score).toBeGreaterThan(0.9);
  });
});
