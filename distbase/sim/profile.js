/** Kinds of scenarios that a campaign draws from, each aimed at something else. */
/** What `--faults` names: groups of faults that belong together. */
export const FAULT_GROUPS = [
    'crash',
    'partition',
    'loss',
    'disk',
    'clock',
    'byzantine',
    'twins',
    'mutate',
    'sets',
];
const KINDS_OF = {
    crash: ['crash', 'crash', 'crashAll', 'pause', 'busy'],
    partition: ['partition', 'oneWay', 'isolate', 'isolatePrimary', 'flap'],
    loss: ['lossy', 'slow'],
    disk: ['disk', 'slowDisk'],
    clock: ['clock'],
    sets: ['join', 'join', 'leave', 'leave', 'rotate', 'rotate'],
};
const SMALL = { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 3 };
const NETWORK = ['crash', 'partition', 'loss', 'disk', 'clock'];
export const PROFILES = [
    {
        name: 'twins',
        doc: 'One replica runs twice under one key; seven rounds, each with its own partition in two; then all heals.',
        weight: 12,
        sizes: [4],
        groups: ['twins'],
        needs: ['twins'],
        faults: 0,
        faultyMs: 0,
        transactions: 7,
    },
    {
        name: 'full',
        doc: 'Everything at once: crashes, partitions, loss, disks, clocks and up to f liars.',
        weight: 3,
        sizes: [4, 4, 4, 5, 6, 7, 10],
        groups: [...NETWORK, 'byzantine', 'mutate'],
        needs: [],
        liars: 'independent',
        faults: 10,
        faultyMs: 200,
        transactions: 16,
    },
    {
        name: 'small',
        doc: 'The same with windows of four slots and a checkpoint every other slot.',
        weight: 3,
        sizes: [4, 4, 4, 5, 7],
        groups: [...NETWORK, 'byzantine', 'mutate'],
        needs: [],
        liars: 'independent',
        faults: 10,
        faultyMs: 200,
        transactions: 12,
        cluster: SMALL,
    },
    {
        name: 'byzantine',
        doc: 'As many liars as the protocol tolerates, on a network that loses little.',
        weight: 3,
        sizes: [4, 4, 4, 5, 6, 7],
        groups: ['partition', 'byzantine'],
        needs: ['byzantine'],
        liars: 'independent',
        allLiars: true,
        faults: 2,
        faultyMs: 120,
        transactions: 12,
        cluster: { checkpointInterval: 4, window: 8, maxBatch: 2 },
    },
    {
        name: 'collusion',
        doc: 'Two liars of seven, or three of ten, with one plan.',
        weight: 1,
        sizes: [7, 7, 7, 10],
        groups: ['partition', 'byzantine'],
        needs: ['byzantine'],
        liars: 'colluding',
        allLiars: true,
        faults: 3,
        faultyMs: 100,
        transactions: 8,
        cluster: { checkpointInterval: 4, window: 8, maxBatch: 1 },
    },
    {
        name: 'mutation',
        doc: 'An honest replica but for one field in each of a few of its messages; the network is partitioned meanwhile.',
        weight: 3,
        sizes: [4, 4, 4, 5, 7],
        groups: ['partition', 'mutate'],
        needs: ['mutate'],
        liars: 'mutating',
        allLiars: true,
        faults: 3,
        faultyMs: 100,
        transactions: 8,
        cluster: { checkpointInterval: 4, window: 8, maxBatch: 1 },
    },
    {
        name: 'brief',
        doc: 'A few transactions and a few faults of any kind in 60 ms: several of these in the time of one of the others.',
        weight: 0,
        sizes: [4],
        groups: [...NETWORK, 'byzantine', 'mutate'],
        needs: [],
        liars: 'independent',
        faults: 3,
        faultyMs: 40,
        transactions: 3,
        brief: true,
        cluster: SMALL,
    },
    {
        name: 'sets',
        doc: 'Validators join, leave and rotate their keys by transactions while faults strike; one may lie.',
        weight: 2,
        // As long as no set is larger than six, no more than one liar is tolerated in any.
        sizes: [4, 4, 5],
        groups: ['crash', 'partition', 'loss', 'clock', 'byzantine', 'sets'],
        needs: ['sets'],
        liars: 'independent',
        faults: 10,
        faultyMs: 300,
        transactions: 30,
        joiners: 2,
        cluster: SMALL,
    },
    {
        name: 'calm',
        doc: 'Nothing goes wrong: no view may change, and everything is executed at once.',
        weight: 1,
        sizes: [4, 5, 6, 7, 10],
        groups: [],
        needs: [],
        faults: 0,
        faultyMs: 60,
        transactions: 20,
    },
];
export const PROFILE_NAMES = PROFILES.map(({ name }) => name);
/** Kinds of faults on network and hosts that a profile may use where these groups are allowed. */
export function kindsOf(profile, groups, faults = {}) {
    const kinds = profile.groups.flatMap((group) => groups.has(group) ? [...(KINDS_OF[group] ?? []), ...(faults[group] ?? [])] : []);
    return kinds.length === 0 ? kinds : [...kinds, 'mend'];
}
/** Tactics of liars that act each on their own. */
export function tacticsOf({ tactics }, groups) {
    return Object.keys(tactics).filter((name) => groups.has(name === 'mutating' ? 'mutate' : 'byzantine'));
}
/** Groups in which somebody breaks the protocol's rules. */
const LYING = new Set(['byzantine', 'twins', 'mutate']);
/** What may go wrong for a protocol: where it tolerates crashes only, nobody lies. */
export function groupsFor({ parts }, groups) {
    return parts.protocol.byzantine ? groups : new Set([...groups].filter((group) => !LYING.has(group)));
}
//# sourceMappingURL=profile.js.map