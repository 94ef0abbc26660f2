/** What a machine makes of a certificate for another state than its own, or for one that it has not come to. */

import { describe, expect, it } from 'vitest';
import type { Effect, MachineEvent } from '../../src/core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../src/protocols/pbft/messages.ts';
import { pbft } from '../../src/protocols/pbft/pbft.ts';
import { Clients, sign } from '../../src/sim/symbolic.ts';

const INTERVAL = 4;
const [ours, theirs] = ['a'.repeat(64), 'b'.repeat(64)];

function machine(records: PbftRecord[] = []) {
  const out: Effect<PbftMessage, PbftRecord>[] = [];
  const config = {
    self: 3,
    n: 4,
    epoch: 0,
    checkpointInterval: INTERVAL,
    window: 8,
    restoredSequence: 0,
    restoredDigest: '0'.repeat(63) + '1',
    fastPath: false,
    timeoutFloorMs: 50,
    timeoutCeilingMs: 1_000,
    timeoutGrowth: 2,
    parameters: {},
  };
  const subject = pbft.create(config, records, 0, out);
  out.length = 0;
  const clients = new Clients();
  const step = (event: MachineEvent<PbftMessage>) => {
    subject.step(event, 1, out);
    const effects = out.splice(0);
    // What the machine signs comes back to it.
    for (const effect of effects) {
      if (effect.kind === 'attest')
        effects.push(...step({ kind: 'message', attested: sign(3, effect.message) }));
    }
    return effects;
  };
  const hear = (from: number, message: PbftMessage) =>
    subject.relevant(message, from) ? step({ kind: 'message', attested: sign(from, message) }) : [];
  const commit = (sequence: number) => {
    const batch = clients.batch(1, [clients.issue()]);
    const slot = { epoch: 0, view: 0, sequence, digest: batch.digest };
    const effects = hear(0, { type: 'pre-prepare', ...slot, batch });
    for (const from of [0, 1, 2]) effects.push(...hear(from, { type: 'commit', ...slot }));
    return effects;
  };
  const certify = (sequence: number, digest: string) =>
    [0, 1, 2].flatMap((from) => hear(from, { type: 'checkpoint', epoch: 0, sequence, digest }));
  return { subject, step, hear, commit, certify };
}

const kinds = (effects: readonly Effect<PbftMessage, PbftRecord>[], kind: string) =>
  effects.filter((effect) => effect.kind === kind);

describe('a PBFT replica and a checkpoint whose state it has not', () => {
  it('says so, delivers anew after the rollback, and signs nothing for the sequence twice', () => {
    const { subject, step, commit, certify } = machine();
    for (let sequence = 1; sequence <= 6; sequence++)
      expect(kinds(commit(sequence), 'deliver')).toHaveLength(1);
    expect(kinds(step({ kind: 'checkpoint', sequence: 4, digest: ours }), 'attest')).toHaveLength(1);
    const told = certify(4, theirs);
    expect(kinds(told, 'diverged')).toMatchObject([{ sequence: 4, own: ours, digest: theirs }]);
    expect(kinds(told, 'transfer')).toEqual([]);
    expect(subject.status().lowWatermark).toBe(0);
    const again = kinds(step({ kind: 'rolled-back' }), 'deliver');
    expect(again.map((effect) => 'sequence' in effect && effect.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    const healed = step({ kind: 'checkpoint', sequence: 4, digest: theirs });
    expect(kinds(healed, 'attest')).toEqual([]);
    expect(kinds(healed, 'stable')).toMatchObject([{ sequence: 4, digest: theirs }]);
  });

  it('says so again where it comes to the same', () => {
    const { step, commit, certify } = machine();
    for (let sequence = 1; sequence <= 4; sequence++) commit(sequence);
    step({ kind: 'checkpoint', sequence: 4, digest: ours });
    certify(4, theirs);
    step({ kind: 'rolled-back' });
    const still = step({ kind: 'checkpoint', sequence: 4, digest: ours });
    expect(kinds(still, 'diverged')).toHaveLength(1);
    expect(kinds(still, 'attest')).toEqual([]);
  });

  it('makes nothing of what its log says of a state that it has not come to again', () => {
    const wrong = sign<PbftMessage>(3, { type: 'checkpoint', epoch: 0, sequence: 4, digest: ours });
    const { subject, step, commit, certify } = machine([{ type: 'attested', attested: wrong }]);
    expect(kinds(certify(4, theirs), 'diverged')).toEqual([]);
    for (let sequence = 1; sequence <= 4; sequence++) expect(kinds(commit(sequence), 'diverged')).toEqual([]);
    const done = step({ kind: 'checkpoint', sequence: 4, digest: theirs });
    expect(kinds(done, 'attest')).toEqual([]);
    expect(subject.status().lowWatermark).toBe(4);
  });

  it('holds no checkpoint by the word of its log alone', () => {
    const own = sign<PbftMessage>(3, { type: 'checkpoint', epoch: 0, sequence: 4, digest: theirs });
    const { subject, step, commit, certify } = machine([{ type: 'attested', attested: own }]);
    // The state that it came back with is older, and the slots between are still to come.
    expect(kinds(certify(4, theirs), 'stable')).toEqual([]);
    expect(subject.status().lowWatermark).toBe(0);
    for (let sequence = 1; sequence <= 4; sequence++)
      expect(kinds(commit(sequence), 'deliver')).toHaveLength(1);
    const done = step({ kind: 'checkpoint', sequence: 4, digest: theirs });
    expect(kinds(done, 'attest')).toEqual([]);
    expect(kinds(done, 'stable')).toMatchObject([{ sequence: 4, digest: theirs }]);
  });

  it('takes the state at once when fewer than f + 1 others keep the slot that it lacks', () => {
    const { hear, certify } = machine();
    expect(kinds(certify(4, theirs), 'transfer')).toEqual([]);
    const just = {
      type: 'status',
      epoch: 0,
      view: 0,
      active: true,
      asked: 0,
      stable: 8,
      delivered: 8,
    } as const;
    // A window below their stable checkpoint they still have the slots.
    for (const id of [0, 1, 2]) expect(kinds(hear(id, just), 'transfer')).toEqual([]);
    const status = { ...just, stable: 12, delivered: 12 };
    expect(kinds(hear(0, status), 'transfer')).toEqual([]);
    expect(kinds(hear(1, status), 'transfer')).toMatchObject([{ sequence: 4, digest: theirs }]);
    // Not again with every word.
    expect(kinds(hear(2, status), 'transfer')).toEqual([]);
  });
});
