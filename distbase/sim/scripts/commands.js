/** What a script may do. Each statement is read whole before anything of it is done. */
import { messages, records } from '../../protocols/pbft/messages.js';
import { CALM } from '../network.js';
import { readTactic } from './liars.js';
/** Replicas by number; `0'` is the twin of 0. At least one, up to a word that is none. */
export function readIds(reader, world, what = 'replicas') {
    const ids = [];
    for (let word = reader.peek(); word !== undefined && /^\d+'?$/.test(word); word = reader.peek()) {
        reader.word(what);
        const id = Number(word.replace("'", ''));
        if (id >= world.n)
            reader.fail(`there is no replica ${id}`);
        const twin = world.twins.indexOf(id);
        if (word.endsWith("'") && twin < 0)
            reader.fail(`${id} has no twin`);
        ids.push(word.endsWith("'") ? world.n + twin : id);
    }
    if (ids.length === 0)
        reader.fail(`${what} are missing`);
    return ids;
}
const DECLARATIONS = {
    seed: (reader) => ({ seed: reader.integer('a seed') }),
    slow: () => ({ fastPath: false }),
    interval: (reader) => ({ checkpointInterval: reader.integer('slots') }),
    window: (reader) => ({ window: reader.integer('slots') }),
    batch: (reader) => ({ maxBatch: reader.integer('transactions') }),
    pipeline: (reader) => ({ pipeline: reader.integer('slots') }),
    timeout: (reader) => ({ timeoutFloorMs: reader.duration('a time') }),
    'timeout-max': (reader) => ({ timeoutCeilingMs: reader.duration('a time') }),
    retry: (reader) => ({ clientRetryMs: reader.duration('a time') }),
    drift: (reader) => ({ driftMs: reader.duration('a time') }),
};
const cluster = (reader, world) => {
    if (world.n > 0)
        reader.fail('there is a cluster already');
    world.n = reader.integer('the number of replicas');
    if (world.n < 4 || world.n > 30)
        reader.fail('a cluster has 4 to 30 replicas');
    // One transaction per batch, so that a script's sequences are its transactions.
    let declared = { maxBatch: 1 };
    while (!reader.done) {
        const name = reader.word('a setting');
        const read = DECLARATIONS[name];
        if (read === undefined)
            return reader.fail(`${name} is no setting`);
        declared = { ...declared, ...read(reader) };
    }
    world.declared = declared;
};
const byzantine = (reader, world) => {
    const [id] = readIds(reader, world, 'a replica');
    const tactic = readTactic(reader, () => readIds(reader, world));
    world.liars.set(id, [...(world.liars.get(id) ?? []), tactic]);
    if (world.faulty > world.mayBeFaulty)
        reader.fail(`more than ${world.mayBeFaulty} faulty replicas`);
};
const twin = (reader, world) => {
    for (const id of readIds(reader, world))
        world.twins.push(id);
    if (world.faulty > world.mayBeFaulty)
        reader.fail(`more than ${world.mayBeFaulty} faulty replicas`);
};
const submit = (reader, world) => {
    const count = reader.integer('how many transactions');
    const to = reader.take('to') ? readIds(reader, world) : undefined;
    const everyMs = reader.take('every') ? reader.duration('a time') : 0;
    reader.end();
    if (everyMs === 0)
        world.cluster.submit(count, to);
    for (let i = 0; everyMs > 0 && i < count; i++) {
        world.cluster.submit(1, to);
        world.cluster.run(everyMs);
    }
};
const partition = (reader, world) => {
    const groups = [readIds(reader, world)];
    while (reader.take('|'))
        groups.push(readIds(reader, world));
    reader.end();
    world.cluster.partition(...groups);
};
const isolate = (reader, world) => {
    for (const id of readIds(reader, world))
        world.cluster.network.isolate(id);
};
const cut = (reader, world) => {
    const from = readIds(reader, world);
    if (!reader.take('to'))
        reader.fail('"to" is missing');
    world.cluster.network.partitionOneWay(from, readIds(reader, world));
};
const network = (reader, world) => {
    let rule = CALM;
    while (!reader.done) {
        if (reader.take('loss'))
            rule = { ...rule, loss: reader.percentage('a share') };
        else if (reader.take('duplicate'))
            rule = { ...rule, duplicate: reader.percentage('a share') };
        else if (reader.take('delay'))
            rule = { ...rule, delayMs: reader.duration('a time') };
        else if (reader.take('jitter'))
            rule = { ...rule, jitterMs: reader.duration('a time') };
        else if (reader.take('ordered'))
            rule = { ...rule, ordered: true };
        else
            reader.fail('what the network does is not understood');
    }
    world.cluster.network.setRule(rule);
};
function typeOf(reader) {
    const type = reader.word('a type of message');
    if (type === 'everything')
        return undefined;
    if (messages[type] === undefined)
        reader.fail(`${type} is no message`);
    return type;
}
/** `drop TYPE [from IDS] [to IDS] [by TIME] [times N]`. */
const filter = (kind) => (reader, world) => {
    const type = typeOf(reader);
    const from = reader.take('from') ? readIds(reader, world) : undefined;
    const to = reader.take('to') ? readIds(reader, world) : undefined;
    if (kind === 'delay' && !reader.take('by'))
        reader.fail('"by" and a time are missing');
    const act = kind === 'delay' ? { kind, ms: reader.duration('a time') } : { kind };
    const left = reader.take('times') ? reader.integer('how many') : Number.POSITIVE_INFINITY;
    reader.end();
    world.filters.push({ type, from, to, act, left });
};
/** What a crash waits for, and to whom it is sent. */
function readMoment(reader, world) {
    if (reader.take('logging')) {
        const type = reader.word('a type of record');
        if (records[type] === undefined)
            reader.fail(`${type} is no record`);
        return (effect) => effect.kind === 'persist' && effect.record.type === type;
    }
    if (reader.take('executing'))
        return (effect) => effect.kind === 'deliver';
    reader.take('sending');
    const type = typeOf(reader);
    const whom = reader.take('to') ? readIds(reader, world, 'a replica')[0] : undefined;
    return (effect, to) => (effect.kind === 'send' || effect.kind === 'attest') &&
        (type === undefined || effect.message.type === type) &&
        to === whom;
}
const crash = (reader, world) => {
    const ids = readIds(reader, world);
    const before = reader.take('before');
    const after = !before && reader.take('after');
    if (!before && !after) {
        reader.end();
        for (const id of ids)
            world.cluster.crash(id);
        return;
    }
    const meets = readMoment(reader, world);
    for (const id of ids) {
        const node = world.cluster.nodes[id];
        let met = false;
        node.tripwire = (effect, to) => {
            // After: at the next thing that it would do.
            const now = before ? meets(effect, to) : met;
            met ||= meets(effect, to);
            if (!now)
                return false;
            node.tripwire = undefined;
            world.journal.note(`crash ${id}`);
            return true;
        };
    }
};
const restart = (reader, world) => {
    const ids = reader.take('all') ? [...world.cluster.nodes.keys()] : readIds(reader, world);
    for (const id of ids)
        if (!world.cluster.nodes[id].up)
            world.cluster.restart(id);
};
/** `clock 2 +5s`: its clocks jump; `clock 2 rate 3`: its clock runs at three times the true pace. */
const clock = (reader, world) => {
    const ids = readIds(reader, world);
    const { nowMs } = world.cluster.scheduler;
    const rate = reader.take('rate') ? Number(reader.word('a pace')) : undefined;
    const ms = rate === undefined ? reader.duration('a time', true) : 0;
    if (rate !== undefined && !(rate > 0 && rate <= 100))
        reader.fail('a pace is above 0 and at most 100');
    for (const id of ids) {
        const { host } = world.cluster.nodes[id];
        if (rate !== undefined)
            host.setRate(nowMs, rate);
        else {
            host.wallSkewMs += ms;
            if (ms > 0)
                host.jump(ms);
        }
    }
};
const pause = (reader, world) => {
    const ids = readIds(reader, world);
    if (!reader.take('for'))
        reader.fail('"for" and a time are missing');
    const ms = reader.duration('a time');
    for (const id of ids)
        world.cluster.nodes[id].host.pause(world.cluster.scheduler.nowMs, ms);
};
/** Before anything happens. */
export const DECLARING = { cluster, byzantine, twin };
export const ACTING = {
    submit,
    run: (reader, world) => world.cluster.run(reader.duration('a time')),
    partition,
    isolate,
    cut,
    network,
    heal: (_reader, world) => world.mend(),
    drop: filter('drop'),
    delay: filter('delay'),
    corrupt: filter('corrupt'),
    crash,
    restart,
    clock,
    pause,
    mark: (_reader, world) => world.journal.mark(),
};
//# sourceMappingURL=commands.js.map