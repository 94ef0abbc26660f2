import { describe, expect, test } from 'vitest';
import {
  CALM,
  Cluster,
  type ClusterOptions,
  type Observer,
  type SimNode,
  sign,
  Violation,
} from '../../src/sim/index.ts';
import { TAG } from '../../src/sim/node.ts';
import { type ToyMachine, type ToyMessage, type ToyRecord, toy } from './toy.ts';

type Options = Partial<ClusterOptions<ToyMessage, ToyRecord>>;

const toyCluster = (options: Options = {}): Cluster<ToyMessage, ToyRecord> =>
  new Cluster({ protocol: toy, n: 3, seed: 1, checkpointInterval: 4, ...options });

const machineOf = (node: SimNode<ToyMessage, ToyRecord>): ToyMachine => node.machine as ToyMachine;

describe('a node drives its machine as the driver does', () => {
  test('transactions become batches, batches become slots, slots are executed alike', () => {
    const cluster = toyCluster({ maxBatch: 3 });
    cluster.submit(10);
    expect(cluster.runUntil(() => cluster.settled(), 50)).toBe(true);
    const tips = new Set(cluster.nodes.map((node) => node.ledger.tip.digest));
    expect(tips.size).toBe(1);
    for (let entry = cluster.node(1).ledger.tip; entry.previous; entry = entry.previous) {
      expect(entry.batch.transactions.length).toBeLessThanOrEqual(3);
    }
    expect(cluster.node(0).mempool.size).toBe(0);
  });

  test('what a step appends is done in its order; a vote leaves only once its record is written', () => {
    const order: string[] = [];
    const observer: Observer<ToyMessage, ToyRecord> = {
      persisted: (id, record) => order.push(`${id} ${record.type}`),
      sent: (id, message) => {
        order.push(`${id} ${message.type}, ${cluster.node(id).disk.written} written`);
      },
    };
    const cluster = toyCluster({ observers: [observer] });
    cluster.submit(1);
    cluster.run(5);
    expect(order).toEqual(['0 ordered', '0 order, 1 written']);
  });

  test('demand says when the oldest waiting transaction came, and when none waits any more', () => {
    const cluster = toyCluster({ clientRetryMs: 0 });
    cluster.crash(0);
    cluster.submit(1, [1]);
    cluster.run(3);
    cluster.submit(1, [1]);
    cluster.run(3);
    const demands = (): number[] =>
      machineOf(cluster.node(1)).events.flatMap((event) => (event.kind === 'demand' ? [event.oldestMs] : []));
    expect(demands()).toHaveLength(1);
    expect(demands()[0]).toBeLessThan(1);
    cluster.restart(0);
    cluster.submit(0);
    cluster.node(0).submit(cluster.clients.issued);
    cluster.run(3);
    expect(demands().at(-1)).toBe(-1);
  });

  test('an attested message is logged, comes back as an event, and reaches the others', () => {
    const cluster = toyCluster({ maxBatch: 1 });
    cluster.submit(4);
    cluster.run(20);
    for (const node of cluster.nodes) {
      const logged = node.disk.records.some((record) => record.type === 'attested');
      const marks = machineOf(node).events.flatMap((event) =>
        event.kind === 'message' && event.attested.message.type === 'mark' ? [event.attested.from] : [],
      );
      // The log may have been replaced by what lives on of it.
      expect(logged || node.disk.snapshots.length === 1).toBe(true);
      expect(marks.sort()).toEqual([0, 1, 2]);
      expect(node.disk.snapshots.at(-1)!.sequence).toBe(4);
    }
  });

  test('messages that do not matter are not checked; forged ones never get in', () => {
    const cluster = toyCluster();
    cluster.submit(1);
    cluster.run(5);
    const node = cluster.node(1);
    const batch = cluster.clients.batch(0, []);
    const order = (sequence: number): ToyMessage => ({
      type: 'order',
      sequence,
      digest: batch.digest,
      batch,
    });
    const events = machineOf(node).events.length;
    node.fire(TAG.message, sign(0, order(1)));
    expect(node.skipped).toBe(1);
    node.fire(TAG.message, { ...sign(2, order(9)), from: 0 });
    node.fire(TAG.message, sign(0, { ...order(9), digest: 'b'.repeat(64) } as ToyMessage));
    const made = { ...batch, transactions: [Uint8Array.of(0, 0, 0, 0)] };
    node.fire(TAG.message, sign(0, { type: 'order', sequence: 9, digest: batch.digest, batch: made }));
    expect(node.forged).toBe(3);
    node.fire(TAG.message, sign(1, order(9)));
    expect(machineOf(node).events).toHaveLength(events);
  });
});

describe('crashes', () => {
  test('a node that is down hears nothing and forgets everything but its disk', () => {
    const cluster = toyCluster({ maxBatch: 1 });
    cluster.submit(6);
    cluster.run(20);
    const records = cluster.node(0).disk.records.length;
    cluster.crash(0);
    cluster.crash(0);
    expect(cluster.up).toHaveLength(2);
    cluster.submit(2);
    cluster.run(5);
    expect(cluster.node(0).mempool.size).toBe(0);
    cluster.restart(0);
    cluster.restart(0);
    const machine = machineOf(cluster.node(0));
    expect(machine.restored.length).toBe(records);
    // From the snapshot at 4, and the rest from the log.
    expect(cluster.node(0).ledger.tip.sequence).toBe(6);
    expect(cluster.node(0).ledger.tip.digest).toBe(cluster.node(1).ledger.at(6)!.digest);
    expect(cluster.runUntil(() => cluster.settled(), 1_000)).toBe(true);
  });

  test('a tripwire cuts a step between two effects, or a broadcast between two packets', () => {
    for (const [receiver, reached] of [
      [undefined, []],
      [1, []],
      [2, [1]],
    ] as const) {
      const cluster = toyCluster({ clientRetryMs: 0 });
      cluster.node(0).tripwire = (effect, to) => effect.kind === 'send' && to === receiver;
      cluster.submit(1);
      cluster.run(10);
      expect(cluster.node(0).up).toBe(false);
      const got = cluster.nodes.filter((node) => node.id > 0 && node.ledger.tip.sequence === 1);
      expect(got.map((node) => node.id)).toEqual(reached);
      // What was sent is in the log; what was not sent may be.
      if (reached.length > 0) expect(cluster.node(0).disk.records).toHaveLength(1);
    }
  });

  test('a record that was not written yet may be lost, or not', () => {
    const kept = new Set<number>();
    for (let seed = 0; seed < 30; seed++) {
      const cluster = toyCluster({ seed });
      cluster.node(0).tripwire = (effect) => effect.kind === 'send';
      cluster.submit(1);
      cluster.run(3);
      kept.add(cluster.node(0).disk.records.length);
    }
    expect([...kept].sort()).toEqual([0, 1]);
  });

  test('an honest machine that throws is a violation; a liar that does is a crash', () => {
    const broken = {
      ...toy,
      create: (...args: Parameters<typeof toy.create>) => {
        const machine = toy.create(...args);
        machine.step = () => {
          throw new Error('oops');
        };
        return machine;
      },
    };
    const cluster = new Cluster({ protocol: broken, n: 3, seed: 1 });
    cluster.submit(1);
    expect(() => cluster.run(5)).toThrow(Violation);
    const liars = new Map(
      [0, 1, 2].map((id) => [id, () => (machine: ReturnType<typeof toy.create>) => machine]),
    );
    const lying = new Cluster({ protocol: broken, n: 3, seed: 1, adversaries: liars });
    lying.submit(1);
    lying.run(5);
    expect(lying.up).toHaveLength(0);
    expect(lying.honest).toHaveLength(0);
  });

  test('slots that leave a gap, or come again differently, are violations', () => {
    const cluster = toyCluster();
    const node = cluster.node(1);
    const deliver = (sequence: number, timeMs: number): void => {
      const batch = cluster.clients.batch(timeMs, []);
      machineOf(node).step = (_event, _now, out) => {
        machineOf(node).step = () => {};
        out.push({ kind: 'deliver', sequence, view: 0, batch, fast: false });
      };
      node.feed({ kind: 'timer', timer: 'x' });
    };
    deliver(1, 0);
    deliver(1, 0);
    expect(() => deliver(1, 5)).toThrow('twice');
  });
});

test('timers run out once, can be set anew and be cancelled', () => {
  const cluster = toyCluster();
  const node = cluster.node(2);
  const machine = machineOf(node);
  const fired: [string, number][] = [];
  machine.step = (event, nowMs, out) => {
    if (event.kind === 'timer') fired.push([event.timer, nowMs]);
    if (event.kind !== 'connected') return;
    if (event.peer === 0) {
      out.push({ kind: 'timer', timer: 'a', delayMs: 5 }, { kind: 'timer', timer: 'b', delayMs: 6 });
      out.push({ kind: 'timer', timer: 'c', delayMs: 7 });
    } else
      out.push(
        { kind: 'timer', timer: 'a', delayMs: 9 },
        { kind: 'cancel', timer: 'b' },
        { kind: 'cancel', timer: 'z' },
      );
  };
  node.feed({ kind: 'connected', peer: 0 });
  node.feed({ kind: 'connected', peer: 1 });
  cluster.run(20);
  expect(fired).toEqual([
    ['c', 7],
    ['a', 9],
  ]);
});

test('a state transfer asks until somebody has the state, and takes no other', () => {
  const cluster = toyCluster({ maxBatch: 1, rule: { ...CALM, loss: 0.5 } });
  const node = cluster.node(2);
  cluster.network.isolate(2);
  cluster.submit(9);
  cluster.run(50);
  cluster.network.mend();
  const state = cluster.node(0).disk.snapshots.at(-1)!;
  expect(state.sequence).toBe(8);
  const machine = machineOf(node);
  const step = machine.step.bind(machine);
  machine.step = (event, nowMs, out) => {
    step(event, nowMs, out);
    if (event.kind === 'timer')
      out.push({ kind: 'transfer', sequence: 8, digest: state.digest, certificate: [] });
  };
  const other = cluster.node(0).ledger.at(4)!;
  node.feed({ kind: 'timer', timer: 'x' });
  node.fire(TAG.stateReply, other);
  expect(node.ledger.tip.sequence).toBe(0);
  expect(cluster.runUntil(() => node.ledger.tip.sequence === 8, 2_000)).toBe(true);
  expect(node.ledger.executed.size).toBe(8);
  expect(machine.delivered).toBe(8);
  expect(node.disk.snapshots.at(-1)).toBe(state);
  // A second copy changes nothing.
  node.fire(TAG.stateReply, state);
  expect(machine.events.filter((event) => event.kind === 'installed')).toHaveLength(1);
});

test('a relayed mempool arrives', () => {
  const cluster = toyCluster({ clientRetryMs: 0 });
  cluster.submit(3, [1]);
  cluster.run(2);
  const machine = machineOf(cluster.node(1));
  machine.step = (_event, _now, out) => {
    out.push({ kind: 'relay', to: 0 });
  };
  cluster.node(1).feed({ kind: 'timer', timer: 'x' });
  cluster.run(5);
  expect(cluster.node(0).ledger.executed.size).toBe(3);
});

describe('a cluster', () => {
  test('clients send again what is not executed', () => {
    const cluster = toyCluster();
    cluster.crash(0);
    cluster.submit(2);
    cluster.run(10);
    expect(cluster.outstanding.size).toBe(2);
    cluster.restart(0);
    cluster.run(1_000);
    expect(cluster.outstanding.size).toBe(0);
    expect(cluster.settled()).toBe(true);
  });

  test('time passes even where nothing happens', () => {
    const cluster = toyCluster({ clientRetryMs: 0 });
    expect(cluster.runUntil(() => false, 100)).toBe(false);
    expect(cluster.scheduler.nowMs).toBe(100);
    cluster.run(50);
    expect(cluster.scheduler.nowMs).toBe(150);
  });

  test('one seed, one trace', () => {
    const run = (seed: number, verbose: boolean) => {
      const cluster = toyCluster({ seed, verbose, rule: { ...CALM, duplicate: 0.2 } });
      cluster.submit(5);
      cluster.run(10);
      cluster.partition([0, 1], [2]);
      cluster.crash(1);
      cluster.run(10);
      cluster.heal();
      cluster.run(10);
      return cluster.trace;
    };
    expect(run(4, false).hash).toBe(run(4, true).hash);
    expect(run(4, true).lines).toEqual(run(4, true).lines);
    expect(run(4, true).hash).not.toBe(run(5, true).hash);
    expect(run(4, false).lines).toEqual([]);
    const text = run(4, true).lines.join('\n');
    for (const part of ['0 → 1', 'order sequence=1', 'executes 1', '-- crash 1', '-- partition', '-- heal']) {
      expect(text).toContain(part);
    }
  });
});
