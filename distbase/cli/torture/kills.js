/** kill −9 under load: of up to f validators at a time, and of the whole cluster at once. */
import { CEILING_MS } from './arena.js';
import { spread } from './figures.js';
import { LANES_PER_CLIENT } from './load.js';
/** Longest wait between two faults, ms: the moment of a kill is anywhere in whatever goes on. */
const BETWEEN_MS = 600;
/** Share of the victims that are killed once more while they come back, and how soon. */
const AGAIN = 0.15;
const AGAIN_MS = 1_500;
/** Longest that a victim stays down, ms. */
const DOWN_MS = 300;
/** Victims in turn, so that all have their share, in an order drawn anew each time. */
class Turns {
    queue = [];
    arena;
    constructor(arena) {
        this.arena = arena;
    }
    next(count) {
        const victims = [];
        while (victims.length < count) {
            if (this.queue.length === 0)
                this.queue = this.arena.random.shuffle([...this.arena.ids]);
            const index = this.queue.findIndex((id) => !victims.includes(id));
            if (index < 0)
                this.queue = [];
            else
                victims.push(...this.queue.splice(index, 1));
        }
        return victims;
    }
}
export const kills = {
    name: 'kills',
    runs: 500,
    title: 'kill −9 and restart, up to f validators at a time',
    async run(arena) {
        const { cluster, random, settings, load } = arena;
        const turns = new Turns(arena);
        const restartsMs = [];
        const gapsMs = [];
        const perValidator = new Array(settings.validators).fill(0);
        for (let done = 0; done < settings.runs && !arena.over;) {
            await arena.moment(BETWEEN_MS);
            const most = Math.min(arena.faulty, settings.runs - done);
            const victims = turns.next(1 + random.below(most));
            await Promise.all(victims.map((id) => arena.sampler.lookAt(id)));
            load.openGap();
            await arena.kill(victims);
            await arena.moment(DOWN_MS);
            let sinceMs = arena.standstill.nowMs();
            for (const id of victims)
                cluster.restart(id);
            for (const id of victims) {
                done++;
                perValidator[id]++;
                if (done >= settings.runs || !random.chance(AGAIN))
                    continue;
                await arena.moment(AGAIN_MS);
                await arena.kill([id]);
                sinceMs = arena.standstill.nowMs();
                cluster.restart(id);
                done++;
                perValidator[id]++;
            }
            restartsMs.push(await arena.voting(victims, sinceMs));
            gapsMs.push(load.gapMs());
            arena.progress.update('kills', `${done} of ${settings.runs}, ${load.acknowledged} transfers at ${load.ratePerSecond.toFixed(0)}/s`);
        }
        return {
            kills: perValidator.reduce((a, b) => a + b, 0),
            killsPerValidator: perValidator,
            ...spread('restart', restartsMs),
            ...spread('pause', gapsMs),
            restartsMs: restartsMs.map(Math.round),
        };
    },
};
export const clusterKills = {
    name: 'cluster-kills',
    runs: 50,
    title: 'kill −9 of all validators at once, and restart',
    async run(arena) {
        const { cluster, settings, load } = arena;
        const restartsMs = [];
        const gapsMs = [];
        let done = 0;
        for (; done < settings.runs && !arena.over; done++) {
            await arena.moment(2 * BETWEEN_MS);
            await arena.sampler.look();
            load.openGap();
            await arena.kill(arena.ids);
            const sinceMs = arena.standstill.nowMs();
            cluster.start();
            restartsMs.push(await arena.voting(arena.ids, sinceMs));
            await commits(arena);
            gapsMs.push(load.gapMs());
            arena.progress.update('cluster-kills', `${done + 1} of ${settings.runs}, ${load.acknowledged} transfers at ${load.ratePerSecond.toFixed(0)}/s`);
        }
        return {
            kills: done * settings.validators,
            ...spread('restart', restartsMs),
            ...spread('pause', gapsMs),
            restartsMs: restartsMs.map(Math.round),
        };
    },
};
/** Who leads by the word of most; where leaders change too fast for that, anyone, since he is the next one's turn. */
async function leader(arena) {
    for (let tries = 0; tries < 20; tries++) {
        const words = await Promise.all(arena.ids.map((id) => arena.cluster.status(id).catch(() => undefined)));
        const named = words.flatMap((status) => (status?.active ? [status.primary.id] : []));
        const led = arena.ids.find((id) => 2 * named.filter((other) => other === id).length > arena.ids.length);
        if (led !== undefined)
            return led;
        await arena.moment(20);
    }
    return arena.random.below(arena.ids.length);
}
export const primaryKills = {
    name: 'primary-kills',
    runs: 50,
    title: 'kill −9 of whoever leads, and restart',
    async run(arena) {
        const { cluster, settings, load } = arena;
        const gapsMs = [];
        const restartsMs = [];
        for (let done = 0; done < settings.runs && !arena.over;) {
            await arena.moment(BETWEEN_MS);
            const victim = await leader(arena);
            await arena.sampler.lookAt(victim);
            load.openGap();
            await arena.kill([victim]);
            // The pause that counts is the others' alone: the victim comes back when they have gone on without it.
            await commits(arena, 2 * settings.clients * LANES_PER_CLIENT);
            gapsMs.push(load.gapMs());
            const sinceMs = arena.standstill.nowMs();
            cluster.restart(victim);
            restartsMs.push(await arena.voting([victim], sinceMs));
            done++;
            const last = gapsMs.at(-1).toFixed(0);
            arena.progress.update('primary-kills', `${done} of ${settings.runs}, the last pause ${last} ms`);
        }
        return {
            kills: gapsMs.length,
            ...spread('pause', gapsMs),
            ...spread('restart', restartsMs),
            pausesMs: gapsMs.map(Math.round),
            restartsMs: restartsMs.map(Math.round),
        };
    },
};
/**
 * Waits until `count` more requests are acknowledged. Answers of what was decided before a fault still come after it:
 * twice as many as were under way show that new ones are decided.
 */
export async function commits(arena, count = 1) {
    const wanted = arena.load.acknowledged + count;
    let before = arena.load.acknowledged;
    let sinceMs = arena.standstill.nowMs();
    while (arena.load.acknowledged < wanted) {
        arena.signal.throwIfAborted();
        if (arena.load.acknowledged > before) {
            before = arena.load.acknowledged;
            sinceMs = arena.standstill.nowMs();
        }
        else if (arena.standstill.nowMs() - sinceMs > CEILING_MS) {
            throw new Error(`${CEILING_MS} ms after the fault nothing commits`);
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}
//# sourceMappingURL=kills.js.map