/** kill −9 under load: of up to f validators at a time, and of the whole cluster at once. */

import type { ReplicaId } from '../../core/ids.ts';
import type { Arena } from './arena.ts';
import type { Campaign, Figures } from './campaign.ts';
import { spread } from './figures.ts';

/** Longest wait between two faults, ms: the moment of a kill is anywhere in whatever goes on. */
const BETWEEN_MS = 600;
/** Share of the victims that are killed once more while they come back, and how soon. */
const AGAIN = 0.15;
const AGAIN_MS = 1_500;
/** Longest that a victim stays down, ms. */
const DOWN_MS = 300;

/** Victims in turn, so that all have their share, in an order drawn anew each time. */
class Turns {
  private queue: ReplicaId[] = [];
  private readonly arena: Arena;

  constructor(arena: Arena) {
    this.arena = arena;
  }

  next(count: number): ReplicaId[] {
    const victims: ReplicaId[] = [];
    while (victims.length < count) {
      if (this.queue.length === 0) this.queue = this.arena.random.shuffle([...this.arena.ids]);
      const index = this.queue.findIndex((id) => !victims.includes(id));
      if (index < 0) this.queue = [];
      else victims.push(...this.queue.splice(index, 1));
    }
    return victims;
  }
}

export const kills: Campaign = {
  name: 'kills',
  runs: 500,
  title: 'kill −9 and restart, up to f validators at a time',
  async run(arena): Promise<Figures> {
    const { cluster, random, settings, load } = arena;
    const turns = new Turns(arena);
    const restartsMs: number[] = [];
    const gapsMs: number[] = [];
    const perValidator = new Array<number>(settings.validators).fill(0);
    for (let done = 0; done < settings.runs && !arena.failed; ) {
      await arena.moment(BETWEEN_MS);
      const most = Math.min(arena.faulty, settings.runs - done);
      const victims = turns.next(1 + random.below(most));
      await Promise.all(victims.map((id) => arena.sampler.lookAt(id)));
      load.openGap();
      await arena.kill(victims);
      await arena.moment(DOWN_MS);
      let sinceMs = arena.standstill.nowMs();
      for (const id of victims) cluster.restart(id);
      for (const id of victims) {
        done++;
        perValidator[id]!++;
        if (done >= settings.runs || !random.chance(AGAIN)) continue;
        await arena.moment(AGAIN_MS);
        await arena.kill([id]);
        sinceMs = arena.standstill.nowMs();
        cluster.restart(id);
        done++;
        perValidator[id]!++;
      }
      restartsMs.push(await arena.voting(victims, sinceMs));
      gapsMs.push(load.gapMs());
      arena.progress.update(
        'kills',
        `${done} of ${settings.runs}, ${load.acknowledged} transfers at ${load.ratePerSecond.toFixed(0)}/s`,
      );
    }
    return {
      kills: perValidator.reduce((a, b) => a + b, 0),
      killsPerValidator: perValidator,
      ...spread('restart', restartsMs),
      ...spread('pause', gapsMs),
    };
  },
};

export const clusterKills: Campaign = {
  name: 'cluster-kills',
  runs: 50,
  title: 'kill −9 of all validators at once, and restart',
  async run(arena): Promise<Figures> {
    const { cluster, settings, load } = arena;
    const restartsMs: number[] = [];
    const gapsMs: number[] = [];
    let done = 0;
    for (; done < settings.runs && !arena.failed; done++) {
      await arena.moment(2 * BETWEEN_MS);
      await arena.sampler.look();
      load.openGap();
      await arena.kill(arena.ids);
      const sinceMs = arena.standstill.nowMs();
      cluster.start();
      restartsMs.push(await arena.voting(arena.ids, sinceMs));
      await commits(arena);
      gapsMs.push(load.gapMs());
      arena.progress.update(
        'cluster-kills',
        `${done + 1} of ${settings.runs}, ${load.acknowledged} transfers at ${load.ratePerSecond.toFixed(0)}/s`,
      );
    }
    return {
      kills: done * settings.validators,
      ...spread('restart', restartsMs),
      ...spread('pause', gapsMs),
    };
  },
};

/** Waits until the load is acknowledged again. */
export async function commits(arena: Arena): Promise<void> {
  const before = arena.load.acknowledged;
  const sinceMs = arena.standstill.nowMs();
  while (arena.load.acknowledged === before) {
    arena.signal.throwIfAborted();
    if (arena.standstill.nowMs() - sinceMs > 30_000) throw new Error('30 s after the fault nothing commits');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
