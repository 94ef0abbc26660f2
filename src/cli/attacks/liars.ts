/**
 * One validator of four lies, each process a real one: who is accused of what, with what proof, and what the ledger makes of
 * it. Where sessions vouch for votes, the honest first have to ask the liar for signatures.
 */

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '../../client/index.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { createVerifier } from '../../crypto/verifier.ts';
import type { StatusDocument } from '../../ops/status.ts';
import { EvidenceChecker } from '../../replica/watch/evidence.ts';
import { askSet } from '../changes.ts';
import { httpUrl, LocalCluster } from '../cluster.ts';
import { loadHome } from '../home.ts';
import { getText } from '../http.ts';
import { MISBEHAVIOURS, type Misbehaviour } from '../sim/detect/tactics.ts';
import { quantileOf } from '../torture/figures.ts';
import { pause } from './line.ts';

/** Those that two messages of one validator prove, over real sockets. */
export const LIES: readonly Misbehaviour[] = MISBEHAVIOURS.filter(({ provable }) => provable);

export interface LiarRow {
  readonly lie: string;
  readonly auth: AuthSetting;
  readonly liar: ReplicaId;
  /** Honest validators that found it at equivocation, and that hold evidence which the genesis alone proves. */
  readonly foundBy: readonly ReplicaId[];
  readonly provenBy: readonly ReplicaId[];
  /** Offences that were proven, by the type of the message. */
  readonly offences: readonly string[];
  /** From the first write on, ms; null: not in time. */
  readonly foundMs: number | null;
  readonly convictedMs: number | null;
  /** Honest ones that anybody found at equivocation, holds proof against, or thinks suspicious. */
  readonly accused: readonly string[];
  readonly writes: number;
  readonly failedWrites: number;
  readonly p50Ms: number;
  readonly viewChanges: number;
  readonly failures: readonly string[];
}

/** How long a lie has to come out, ms. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 100;
const WRITE_PAUSE_MS = 15;

const BAD_HEALTH: ReadonlySet<string> = new Set(['suspicious', 'quarantined']);

async function startLiar(home: string, lie: string) {
  const built = import.meta.url.endsWith('.ts') ? '../../../dist/cli/attacks/liar-main.js' : './liar-main.js';
  const child = fork(fileURLToPath(new URL(built, import.meta.url)), [home, lie], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', () => reject(new Error('the lying validator ended')));
  });
  return child;
}

/** What the honest say of the liar, and of each other. */
class Findings {
  readonly foundBy = new Set<ReplicaId>();
  readonly accused: string[] = [];
  private readonly seen = new Set<string>();
  private readonly liar: ReplicaId;

  constructor(liar: ReplicaId) {
    this.liar = liar;
  }

  private note(by: ReplicaId, of: ReplicaId, what: string, found: Readonly<Record<string, number>>): void {
    const key = `${by} ${of} ${what}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const why = Object.entries(found).map(([kind, count]) => `${kind} ${count}`);
    this.accused.push(`validator ${by} accuses validator ${of} (${what}; ${why.join(', ')})`);
  }

  take(by: ReplicaId, { peers }: StatusDocument): void {
    for (const { id, conduct } of peers) {
      if (conduct === null) continue;
      const lies = (conduct.detections.equivocation ?? 0) > 0;
      if (id === this.liar) {
        if (lies) this.foundBy.add(by);
      } else if (lies || BAD_HEALTH.has(conduct.judgement.health))
        this.note(by, id, lies ? 'equivocation' : conduct.judgement.health, conduct.detections);
    }
  }
}

/** One lie on a cluster of its own. */
export async function runLiar(lie: Misbehaviour, auth: AuthSetting): Promise<LiarRow> {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-liar-'));
  const liar = lie.primary ? 0 : 3;
  const honest = [0, 1, 2, 3].filter((id) => id !== liar);
  let cluster: LocalCluster | undefined;
  let child: Awaited<ReturnType<typeof startLiar>> | undefined;
  let client: Client | undefined;
  try {
    cluster = await LocalCluster.make({
      folder: join(folder, 'net'),
      auth,
      parameters: { checkpointInterval: 64 },
      config: { logLevel: 'warn' },
    });
    for (const id of honest) cluster.restart(id);
    child = await startLiar(cluster.homes[liar]!, lie.name);
    await cluster.waitReady(60_000);
    client = await Client.connect({ home: cluster.folder });
    return await watch(lie, auth, liar, honest, cluster, client);
  } finally {
    await client?.close();
    child?.kill('SIGKILL');
    await cluster?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function watch(
  lie: Misbehaviour,
  auth: AuthSetting,
  liar: ReplicaId,
  honest: readonly ReplicaId[],
  cluster: LocalCluster,
  client: Client,
): Promise<LiarRow> {
  const findings = new Findings(liar);
  const latencies: number[] = [];
  let failedWrites = 0;
  let over = false;
  const startedMs = performance.now();
  const since = () => performance.now() - startedMs;
  const writing = (async () => {
    for (let i = 0; !over; i++) {
      const fromMs = performance.now();
      const written = await client
        .submit({ op: 'put', key: `k${i % 64}`, value: String(i) })
        .then(({ result }) => result.ok)
        .catch(() => false);
      if (!written) failedWrites++;
      latencies.push(performance.now() - fromMs);
      await pause(WRITE_PAUSE_MS);
    }
  })();
  let foundMs: number | null = null;
  let convictedMs: number | null = null;
  let views = 0;
  let proven = new Map<ReplicaId, string[]>();
  for (;;) {
    for (const id of honest) {
      const status = await cluster.status(id).catch(() => undefined);
      if (status === undefined) continue;
      findings.take(id, status);
      views = Math.max(views, status.view);
    }
    if (foundMs === null && findings.foundBy.size > 0) foundMs = since();
    const { set } = await askSet(
      honest.map((id) => cluster.urls[id]!),
      2_000,
    ).catch(() => ({ set: undefined }));
    if (convictedMs === null && set?.convicted?.some(({ name }) => name === cluster.names[liar]))
      convictedMs = since();
    proven = await provenBy(cluster, honest, liar, findings.accused);
    const done = convictedMs !== null && proven.size === honest.length;
    if (done || since() > PATIENCE_MS) break;
    await pause(LOOK_MS);
  }
  over = true;
  await writing;
  const failures: string[] = [...findings.accused];
  if (foundMs === null) failures.push('nobody found it');
  if (lie.brief !== true || auth !== 'channel') {
    if (proven.size < honest.length) failures.push(`${proven.size} of ${honest.length} hold proof`);
    if (convictedMs === null) failures.push('the ledger did not convict it');
  }
  if (failedWrites > 0) failures.push(`${failedWrites} writes failed`);
  if (honest.some((id) => !cluster.alive(id))) failures.push('an honest validator died');
  return {
    lie: lie.name,
    auth,
    liar,
    foundBy: [...findings.foundBy],
    provenBy: [...proven.keys()],
    offences: [...new Set([...proven.values()].flat())],
    foundMs,
    convictedMs,
    accused: [...findings.accused],
    writes: latencies.length,
    failedWrites,
    p50Ms: quantileOf(latencies, 0.5),
    viewChanges: views,
    failures,
  };
}

/** Whose evidence, fetched as anybody can, convinces somebody who has the genesis and nothing else. */
async function provenBy(
  cluster: LocalCluster,
  honest: readonly ReplicaId[],
  liar: ReplicaId,
  accused: string[],
): Promise<Map<ReplicaId, string[]>> {
  const { chain, hasher } = await loadHome(cluster.homes[honest[0]!]!);
  const verifier = await createVerifier({ threads: 0 });
  const out = new Map<ReplicaId, string[]>();
  for (const id of honest) {
    const text = await getText(`${httpUrl(cluster.urls[id]!)}/evidence`, 5_000).catch(() => '[]');
    for (const document of JSON.parse(text) as unknown[]) {
      const fact = new EvidenceChecker(chain, hasher, verifier).check(document);
      if (typeof fact === 'string') continue;
      if (fact.from !== liar) accused.push(`validator ${id} holds proof against validator ${fact.from}`);
      else out.set(id, [...(out.get(id) ?? []), fact.offence]);
    }
  }
  await verifier.close();
  return out;
}
