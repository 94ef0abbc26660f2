import { describe, expect, it } from 'vitest';
import type { Genesis } from '../../src/core/genesis.ts';
import {
  COUNT_BOUNDS,
  FINALITY_BOUNDS_MS,
  Histogram,
  LabelCounts,
  MAX_LABELS,
  Telemetry,
} from '../../src/core/telemetry.ts';
import { createLogger } from '../../src/ops/log.ts';
import { createMetrics } from '../../src/ops/metrics.ts';
import { addOpsRoutes, type OpsReply } from '../../src/ops/routes.ts';
import {
  type NodeState,
  type StatusDocument,
  type StatusSource,
  statusDocument,
} from '../../src/ops/status.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends object ? Mutable<T[K]> : T[K] };

function makeSource() {
  const telemetry = new Telemetry();
  const state = {
    machine: {
      view: 5,
      active: true,
      primary: 1,
      lowWatermark: 64,
      highWatermark: 320,
      delivered: 70,
      behind: 0,
      inFlight: 3,
      timeoutMs: 500,
    },
    executed: { sequence: 70, header: 'ab'.repeat(32), timeMs: 1000 },
    checkpoint: { sequence: 64, stateHash: 'cd'.repeat(32) },
    mempool: { transactions: 12, bytes: 3400 },
    verifier: {
      threads: 1,
      inline: 10,
      pooled: 30,
      failed: 1,
      queued: 2,
      queuedMax: 9,
      cacheHits: 3,
      cacheMisses: 1,
      cacheKeys: 1,
      cacheEvictions: 0,
      workersReplaced: 0,
      backends: { ed25519: 'noble', 'ml-dsa-87': 'noble' },
    },
    transport: {
      framesIn: 100,
      framesOut: 90,
      bytesIn: 1000,
      bytesOut: 900,
      dropped: 4,
      reconnects: 2,
      clients: 6,
      peers: [0, -1, -1, 77],
      server: 'ws',
    },
    banned: [3],
    membership: { epoch: 0, since: 0, members: [], pending: null },
  } satisfies NodeState as Mutable<NodeState> & NodeState;
  const source: StatusSource = {
    facts: {
      chain: { name: 'local', id: '12'.repeat(32) },
      protocol: 'pbft',
      auth: 'ed25519',
      hash: 'blake3',
      app: 'kv',
      durability: 'process',
      version: '0.1.0',
      self: 1,
      names: ['v0', 'v1', 'v2', 'v3'],
      name: 'v1',
      n: 4,
      faulty: 1,
      quorum: 3,
      byzantine: true,
      startedMs: 500,
    },
    telemetry,
    state: () => state,
  };
  return { telemetry, state, source };
}

/** The value of one series of an exposition. */
function series(text: string, name: string, labels = ''): number | undefined {
  const wanted = labels ? `${name}{${labels},validator="v1"} ` : `${name}{validator="v1"} `;
  const line = text.split('\n').find((candidate) => candidate.startsWith(wanted));
  return line === undefined ? undefined : Number(line.slice(wanted.length));
}

describe('a histogram', () => {
  it('puts a value into the first bucket whose bound is not below it', () => {
    const histogram = new Histogram([1, 2, 5]);
    for (const value of [0, 1, 1.01, 2, 5, 5.01, 1000]) histogram.observe(value);
    expect([...histogram.counts]).toEqual([2, 2, 1, 2]);
    expect(histogram.count).toBe(7);
    expect(histogram.sum).toBeCloseTo(1014.02);
  });

  it('estimates quantiles within the bucket', () => {
    const histogram = new Histogram([10, 20, 40]);
    expect(histogram.quantile(0.5)).toBe(0);
    for (let i = 0; i < 100; i++) histogram.observe(15);
    expect(histogram.quantile(0.5)).toBe(15);
    expect(histogram.quantile(1)).toBe(20);
    histogram.observe(1e9);
    expect(histogram.quantile(1), 'beyond every bound').toBe(40);
  });

  it('has bounds that ascend, from 50 µs to 5 s where it counts commits', () => {
    for (const bounds of [FINALITY_BOUNDS_MS, COUNT_BOUNDS]) {
      expect(bounds.every((bound, i) => i === 0 || bound > bounds[i - 1]!)).toBe(true);
    }
    expect(FINALITY_BOUNDS_MS[0]).toBe(0.05);
    expect(FINALITY_BOUNDS_MS.at(-1)).toBe(5000);
  });
});

describe('counts by label', () => {
  it('keep a bounded number of labels apart', () => {
    const counts = new LabelCounts();
    for (let i = 0; i < 10 * MAX_LABELS; i++) counts.add(`label ${i}`, 2);
    expect([...counts.entries()].length).toBe(MAX_LABELS + 1);
    expect(counts.get('label 3')).toBe(2);
    expect(counts.get('other')).toBe(2 * 9 * MAX_LABELS);
    expect(counts.total()).toBe(20 * MAX_LABELS);
  });
});

describe('metrics', () => {
  it('show the counters under their names', async () => {
    const { source, telemetry: t } = makeSource();
    const metrics = createMetrics(source);
    t.proposalsSent = 7;
    t.preparesSent = 8;
    t.commitsSent = 9;
    t.finalizedSlots = 20;
    t.fastPath = 5;
    t.viewChanges = 2;
    t.retransmissions = 3;
    t.violations.add('equivocation');
    t.rejections.add('frame-mac', 4);
    const text = await metrics.text();
    metrics.close();
    expect(series(text, 'consensus_proposals_sent_total')).toBe(7);
    expect(series(text, 'consensus_prepares_sent_total')).toBe(8);
    expect(series(text, 'consensus_commits_sent_total')).toBe(9);
    expect(series(text, 'consensus_finalized_total')).toBe(20);
    expect(series(text, 'consensus_fast_path_share')).toBe(0.25);
    expect(series(text, 'consensus_view_changes_total')).toBe(2);
    expect(series(text, 'consensus_current_view')).toBe(5);
    expect(series(text, 'consensus_current_sequence')).toBe(70);
    expect(series(text, 'consensus_byzantine_violations_total', 'kind="equivocation"')).toBe(1);
    expect(series(text, 'consensus_banned_nodes')).toBe(1);
    expect(series(text, 'messages_lost_total')).toBe(4);
    expect(series(text, 'messages_retransmitted_total')).toBe(3);
    expect(series(text, 'messages_rejected_total', 'code="frame-mac"')).toBe(4);
    expect(series(text, 'verifier_queue_items')).toBe(2);
    expect(series(text, 'verifier_cache_hit_rate')).toBe(0.75);
    expect(series(text, 'peer_connected', 'peer="v0"')).toBe(1);
    expect(series(text, 'peer_connected', 'peer="v2"')).toBe(0);
    expect(series(text, 'peer_backlog_bytes', 'peer="v3"')).toBe(77);
    expect(series(text, 'event_loop_lag_ms', 'quantile="0.99"')).toBeGreaterThanOrEqual(0);
    expect(series(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(text).not.toMatch(/peer="v1"/);
  });

  it('are read anew at every scrape, never counted twice', async () => {
    const { source, telemetry, state } = makeSource();
    const metrics = createMetrics(source);
    telemetry.finalizedSlots = 1;
    await metrics.text();
    telemetry.finalizedSlots = 5;
    (state.machine as { view: number }).view = 6;
    const text = await metrics.text();
    metrics.close();
    expect(series(text, 'consensus_finalized_total')).toBe(5);
    expect(series(text, 'consensus_current_view')).toBe(6);
  });

  it('give a histogram as Prometheus wants it: cumulative, ending at +Inf', async () => {
    const { source, telemetry } = makeSource();
    for (const value of [0.04, 0.3, 0.3, 12, 6000]) telemetry.finalityMs.observe(value);
    const metrics = createMetrics(source);
    const text = await metrics.text();
    metrics.close();
    const name = 'consensus_finality_time_ms';
    expect(text).toContain(`# TYPE ${name} histogram`);
    expect(series(text, `${name}_bucket`, 'le="0.05"')).toBe(1);
    expect(series(text, `${name}_bucket`, 'le="0.3"')).toBe(3);
    expect(series(text, `${name}_bucket`, 'le="5000"')).toBe(4);
    expect(series(text, `${name}_bucket`, 'le="+Inf"')).toBe(5);
    expect(series(text, `${name}_count`)).toBe(5);
    expect(series(text, `${name}_sum`)).toBeCloseTo(6012.64);
  });

  it('of two validators in one process stay apart', async () => {
    const one = makeSource();
    const two = makeSource();
    one.telemetry.finalizedSlots = 1;
    two.telemetry.finalizedSlots = 2;
    const [a, b] = [createMetrics(one.source), createMetrics(two.source)];
    expect(series(await a.text(), 'consensus_finalized_total')).toBe(1);
    expect(series(await b.text(), 'consensus_finalized_total')).toBe(2);
    a.close();
    b.close();
  });
});

describe('the status', () => {
  it('says who, where and how far', () => {
    const { source, telemetry } = makeSource();
    telemetry.proposalsSent = 3;
    const status = statusDocument(source, 2500);
    expect(status).toMatchObject({
      self: { id: 1, name: 'v1' },
      primary: { id: 1, name: 'v1' },
      isPrimary: true,
      validators: { n: 4, faulty: 1, quorum: 3 },
      view: 5,
      sequence: 70,
      checkpoint: { sequence: 64, stateHash: 'cd'.repeat(32) },
      watermarks: { low: 64, high: 320 },
      connectedPeers: 2,
      halted: null,
      uptimeMs: 2000,
    });
    expect(status.peers.map(({ name, connected, banned }) => [name, connected, banned])).toEqual([
      ['v0', true, false],
      ['v2', false, false],
      ['v3', true, true],
    ]);
    expect(status.counters.proposalsSent).toBe(3);
    expect(JSON.parse(JSON.stringify(status))).toEqual(status);
  });
});

describe('routes', () => {
  function routes(source: StatusSource, metrics = true) {
    const handlers = new Map<string, (query: URLSearchParams) => OpsReply | Promise<OpsReply>>();
    const made = metrics ? createMetrics(source) : undefined;
    addOpsRoutes(
      (path, handler) => handlers.set(path, handler),
      source,
      { genesis: { chain: 'local' } as Genesis, urls: ['ws://h:1'] },
      made,
    );
    return {
      handlers,
      get: async (path: string) => handlers.get(path)!(new URLSearchParams()),
      close: () => made?.close(),
    };
  }

  it('answer status, health and metrics', async () => {
    const { source } = makeSource();
    const { get, close } = routes(source);
    const status = await get('/status');
    expect(status.contentType).toMatch(/^application\/json/);
    expect((JSON.parse(status.body) as StatusDocument).sequence).toBe(70);
    expect(JSON.parse((await get('/genesis')).body)).toEqual({
      genesis: { chain: 'local' },
      validators: ['ws://h:1'],
    });
    const metrics = await get('/metrics');
    expect(metrics.contentType).toMatch(/^text\/plain; version=0.0.4/);
    expect(metrics.body).toContain('consensus_current_view');
    expect(await get('/healthz')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toMatchObject({ status: 200 });
    close();
  });

  it('leave metrics out where they are not wanted', () => {
    const { source } = makeSource();
    expect([...routes(source, false).handlers.keys()].sort()).toEqual([
      '/epochs',
      '/genesis',
      '/healthz',
      '/readyz',
      '/status',
      '/validators',
    ]);
  });

  it('call a validator unready that cannot vote or is behind, and say why, and alive all the while', async () => {
    const { source, state } = makeSource();
    const { get } = routes(source, false);
    const changed = state as unknown as {
      halted?: string;
      transfer?: object | undefined;
      machine: { active: boolean; behind: number | undefined };
      transport: { peers: number[] };
    };
    changed.machine.behind = 65;
    expect((await get('/readyz')).body).toContain('65 slots behind');
    changed.machine.behind = undefined;
    expect((await get('/readyz')).body).toContain('too few validators');
    changed.transfer = { sequence: 64, share: 0.42, entries: 7, reused: 1, bytes: 90, sources: 3 };
    expect((await get('/readyz')).body).toContain('fetching the state of a checkpoint from the others, 42 %');
    changed.transfer = undefined;
    changed.transport.peers = [0, -1, -1, -1];
    expect(await get('/readyz')).toMatchObject({
      status: 503,
      body: expect.stringContaining('2 validators reachable'),
    });
    changed.machine.active = false;
    expect((await get('/readyz')).body).toContain('view 5 is not active');
    changed.halted = 'the state differs';
    expect((await get('/readyz')).body).toContain('the state differs');
    expect(await get('/healthz')).toMatchObject({ status: 200 });
  });
});

describe('the log', () => {
  it('is one JSON object a line and holds no secrets', () => {
    const lines: string[] = [];
    const log = createLogger({
      level: 'info',
      base: { validator: 'v1' },
      destination: { write: (line) => lines.push(line) },
    });
    log.debug('too fine');
    log.info(
      { home: { keys: { ed25519: { secretKey: 'deadbeef' } } }, pair: { secretKey: 'deadbeef' } },
      'started',
    );
    log.warn({ options: { identity: { a: { secretKey: 'deadbeef' } } } }, 'odd');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', validator: 'v1', msg: 'started' });
    expect(lines.join('')).not.toContain('deadbeef');
  });
});
