/** A replica whose memory was damaged for a moment, under every protocol: it goes back, executes again, and is right. */

import { describe, expect, it } from 'vitest';
import type { Batch } from '../../src/core/batch.ts';
import type { Sequence } from '../../src/core/ids.ts';
import type { AnyMessage, Attested } from '../../src/core/machine.ts';
import { Cluster, DRIVER_PARTS, type Observer, SUBJECTS, Violation } from '../../src/sim/index.ts';
import { Ledger } from '../../src/sim/ledger.ts';
import type { Clients } from '../../src/sim/symbolic.ts';

const VICTIM = 3;
const INTERVAL = 4;

/** Executes some slots as if a transaction had had no effect before, though it had none. */
class Faulty extends Ledger {
  readonly #wrongAt: (sequence: Sequence) => boolean;
  #wrong = false;

  constructor(clients: Clients, wrongAt: (sequence: Sequence) => boolean) {
    super(clients);
    this.#wrongAt = wrongAt;
  }

  override apply(sequence: Sequence, batch: Batch): void {
    this.#wrong = this.#wrongAt(sequence);
    super.apply(sequence, batch);
  }

  protected override takesEffect(transaction: number): boolean {
    return super.takesEffect(transaction) !== this.#wrong;
  }
}

function run(name: string, wrongAt: (sequence: Sequence) => boolean) {
  let made = 0;
  const signed = new Map<Sequence, string[]>();
  const observer: Observer = {
    attested(replica, { message }: Attested<AnyMessage>) {
      if (replica !== VICTIM || message.type !== 'checkpoint') return;
      const { sequence, digest } = message as AnyMessage & { sequence: Sequence; digest: string };
      signed.set(sequence, [...(signed.get(sequence) ?? []), digest]);
    },
  };
  const cluster = new Cluster({
    protocol: SUBJECTS.get(name)!.parts.protocol,
    parts: {
      ...DRIVER_PARTS,
      ledger: (clients) => (made++ === VICTIM ? new Faulty(clients, wrongAt) : DRIVER_PARTS.ledger(clients)),
    },
    n: 4,
    seed: 1,
    maxBatch: 1,
    checkpointInterval: INTERVAL,
    window: 2 * INTERVAL,
    observers: [observer],
  });
  for (let i = 0; i < 24; i++) {
    cluster.submit(1);
    cluster.run(20);
  }
  const done = () => cluster.settled() && cluster.node(VICTIM).machine!.status().lowWatermark >= 5 * INTERVAL;
  return { cluster, signed, settled: cluster.runUntil(done, 20_000) };
}

describe.each([...SUBJECTS.keys()])('%s: a replica that executed otherwise than the others', (name) => {
  it('goes back to the last certified checkpoint, and is in step again without a second signature', () => {
    let wrong = true;
    const once = (sequence: Sequence) => {
      const now = wrong && sequence === 2 * INTERVAL + 2;
      if (now) wrong = false;
      return now;
    };
    const { cluster, signed, settled } = run(name, once);
    expect(settled).toBe(true);
    expect(wrong).toBe(false);
    const tips = cluster.nodes.map(({ ledger }) => ledger.tip.digest);
    expect(new Set(tips).size).toBe(1);
    for (const digests of signed.values()) expect(digests).toHaveLength(1);
    const at = 3 * INTERVAL;
    expect(signed.get(at)![0]).not.toBe(cluster.node(0).ledger.at(at)!.digest);
  });

  it('stops where it comes to the same again', () => {
    expect(() => run(name, (sequence) => sequence === 2 * INTERVAL + 2)).toThrow(Violation);
  });
});
