/** `lockstep profile cluster`: one setting after the other, each on a cluster of its own. */

import { LockstepError } from '../../core/errors.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import type { LoadProgress } from '../../load/generator.ts';
import { describeMachine, machine, versions } from '../bench/machine.ts';
import { Progress } from '../bench/progress.ts';
import type { Setting } from '../bench/row.ts';
import { Stopped, stopSignal } from '../bench/session.ts';
import { note, writeJson } from '../output.ts';
import { attribute } from './attribution.ts';
import {
  type ClusterProfile,
  clusterHtml,
  clusterJson,
  clusterText,
  type SettingProfile,
} from './cluster-report.ts';
import {
  makeProfileFolder,
  observe,
  type Subject,
  type SubjectOptions,
  subjectOf,
  tracesOf,
} from './cluster-run.ts';
import { writePage } from './page.ts';

export interface ClusterProfileOptions {
  readonly settings: readonly Setting[];
  readonly home: string | undefined;
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly saturate: boolean;
  readonly clients: number;
  readonly cpuProfileDir: string | undefined;
  readonly html: string | undefined;
  readonly json: string | undefined;
}

async function profileSetting(
  options: ClusterProfileOptions,
  subject: Subject,
  progress: Progress,
  signal: AbortSignal,
): Promise<SettingProfile> {
  const { cluster, setting } = subject;
  const { warmupMs, durationMs, clients } = options;
  const common = {
    home: cluster.folder,
    txAuth: setting.txAuth as SuiteName,
    payloadBytes: setting.payloadBytes,
    warmupMs,
    durationMs,
  };
  const tell = (what: string) => (state: LoadProgress) =>
    progress.update(
      `${setting.auth}: ${what}`,
      `${state.phase} ${Math.round(100 * Math.min(1, state.done))} %, ${state.committed} committed`,
    );
  const closed = await observe(
    subject,
    { kind: 'latency', ...common, trace: true },
    tell('latency, one closed-loop client'),
    signal,
  );
  progress.update(`${setting.auth}: following ${closed.load.committed} commits`);
  const attribution = attribute(closed.load, await tracesOf(subject));
  if (attribution === undefined) {
    throw new LockstepError(
      'internal',
      `none of ${closed.load.committed} commits could be followed from end to end`,
    );
  }
  const { latency } = closed.load;
  const result: SettingProfile = { setting, latency, attribution, processes: closed.processes };
  if (!options.saturate) return result;
  const full = await observe(
    subject,
    { kind: 'throughput', ...common, clients },
    tell('throughput, saturated'),
    signal,
  );
  const { throughputTps, outstanding } = full.load;
  return {
    ...result,
    saturated: { throughputTps, outstanding, latency: full.load.latency, processes: full.processes },
  };
}

/** Resolves with the exit code: 1 where the parts do not add up to what the client measured. */
export async function profileCluster(options: ClusterProfileOptions): Promise<number> {
  if (options.cpuProfileDir !== undefined) makeProfileFolder(options.cpuProfileDir);
  const progress = new Progress();
  const { signal } = stopSignal();
  const profiles: SettingProfile[] = [];
  note(describeMachine());
  try {
    for (const setting of options.settings) {
      const { home, cpuProfileDir } = options;
      const dir =
        cpuProfileDir && options.settings.length > 1 ? `${cpuProfileDir}/${setting.auth}` : cpuProfileDir;
      if (dir !== undefined) makeProfileFolder(dir);
      const subjectOptions: SubjectOptions = { setting, home, cpuProfileDir: dir };
      const subject = await subjectOf(subjectOptions, progress);
      try {
        signal.throwIfAborted();
        profiles.push(await profileSetting(options, subject, progress, signal));
      } finally {
        progress.clear();
        await subject.leave();
      }
    }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    note('stopped before the figures were complete');
    return 130;
  } finally {
    progress.clear();
  }
  const profile: ClusterProfile = { machine: machine(), versions: versions(), profiles };
  const { html, json, settings: asked, ...rest } = options;
  if (html !== undefined) writePage(html, clusterHtml(profile));
  const settings = { command: 'profile cluster', auth: asked.map(({ auth }) => auth), ...rest };
  if (json !== undefined) writeJson(json, clusterJson(profile, machine(), settings));
  if (json !== '-') process.stdout.write(`${clusterText(profile)}\n`);
  if (html !== undefined) note(`wrote ${html}`);
  return profiles.every(({ attribution }) => attribution.addsUp) ? 0 : 1;
}
