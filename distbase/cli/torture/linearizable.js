/** Kills, pauses and cut lines under clients that read, write, and compare and swap: is what they saw linearizable? */
import { spread } from './figures.js';
import { commits } from './kills.js';
const BETWEEN_MS = 500;
/** Longest pause or cut, ms: longer than a view change and than any lease. */
const LONGEST_MS = 2_500;
const some = (arena, most = arena.faulty) => arena.random.shuffle([...arena.ids]).slice(0, 1 + arena.random.below(Math.max(1, most)));
const others = (arena, ids) => arena.ids.filter((id) => !ids.includes(id));
const spell = (arena) => arena.moment(LONGEST_MS);
async function primary(arena) {
    const status = await arena.cluster.status(arena.random.below(arena.ids.length)).catch(() => undefined);
    return status?.primary.id ?? 0;
}
async function stopped(arena, ids) {
    await Promise.all(ids.map((id) => arena.cluster.kill(id, 'SIGSTOP')));
    try {
        await spell(arena);
    }
    finally {
        await Promise.all(ids.map((id) => arena.cluster.kill(id, 'SIGCONT')));
    }
    return ids;
}
async function killed(arena, ids) {
    await arena.kill(ids);
    await arena.moment(LONGEST_MS / 4);
    for (const id of ids)
        arena.cluster.restart(id);
    return ids;
}
async function cut(arena, strike) {
    strike();
    try {
        await spell(arena);
    }
    finally {
        arena.wires.heal();
    }
    return arena.ids;
}
const FAULTS = {
    kill: (arena) => killed(arena, some(arena)),
    killPrimary: async (arena) => killed(arena, [await primary(arena)]),
    killAll: (arena) => killed(arena, arena.ids),
    pause: (arena) => stopped(arena, some(arena)),
    pausePrimary: async (arena) => stopped(arena, [await primary(arena)]),
    pauseAll: (arena) => stopped(arena, arena.ids),
    /** The primary alone: a leader that does not know yet that it is none. */
    cutPrimary: async (arena) => {
        const id = await primary(arena);
        return cut(arena, () => arena.wires.split([id], others(arena, [id])));
    },
    /** Two parts, of which perhaps neither has a quorum. */
    split: (arena) => {
        const ids = some(arena, arena.ids.length - 1);
        return cut(arena, () => arena.wires.split(ids, others(arena, ids)));
    },
    /** Deaf in one direction. */
    oneWay: (arena) => {
        const ids = some(arena);
        const away = arena.random.chance(0.5);
        return cut(arena, () => away ? arena.wires.cut(ids, others(arena, ids)) : arena.wires.cut(others(arena, ids), ids));
    },
    tear: async (arena) => {
        const ids = some(arena, arena.ids.length - 1);
        arena.wires.tear(ids, others(arena, ids));
        return arena.ids;
    },
};
export const linearizable = {
    name: 'linearizable',
    runs: 60,
    rate: 400,
    title: 'kills, pauses and cut lines while clients read, write, and compare and swap',
    ground: { app: 'kv', cuts: true },
    async run(arena) {
        const { settings, load, random } = arena;
        const names = Object.keys(FAULTS);
        const counts = Object.fromEntries(names.map((name) => [name, 0]));
        const backMs = [];
        let order = [];
        for (let done = 0; done < settings.runs && !arena.over; done++) {
            await arena.moment(BETWEEN_MS);
            if (order.length === 0)
                order = random.shuffle([...names]);
            const name = order.pop();
            await arena.sampler.look();
            const struck = await FAULTS[name](arena);
            counts[name]++;
            const sinceMs = arena.standstill.nowMs();
            await arena.voting(struck, sinceMs);
            await commits(arena);
            backMs.push(arena.standstill.nowMs() - sinceMs);
            arena.progress.update('linearizable', `${done + 1} of ${settings.runs}, ${load.acknowledged} operations at ${load.ratePerSecond.toFixed(0)}/s`);
        }
        const { history } = load;
        return {
            ...counts,
            ...spread('back', backMs),
            leftTheirViewAlone: arena.leftAlone,
            operationsJudged: history.known,
            keys: history.keys,
        };
    },
};
//# sourceMappingURL=linearizable.js.map