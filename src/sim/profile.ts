/** Kinds of scenarios that a campaign draws from, each aimed at something else. */

import type { FaultKind } from './faults.ts';
import type { Subject } from './subject.ts';

/** What `--faults` names: groups of faults that belong together. */
export const FAULT_GROUPS = [
  'crash',
  'partition',
  'loss',
  'disk',
  'clock',
  'memory',
  'byzantine',
  'twins',
  'mutate',
  'sets',
] as const;
export type FaultGroup = (typeof FAULT_GROUPS)[number];

const KINDS_OF: Readonly<Partial<Record<FaultGroup, readonly FaultKind[]>>> = {
  crash: ['crash', 'crash', 'crashAll', 'pause', 'busy'],
  partition: ['partition', 'oneWay', 'isolate', 'isolatePrimary', 'flap'],
  loss: ['lossy', 'slow'],
  disk: ['disk', 'slowDisk'],
  clock: ['clock'],
  sets: ['join', 'join', 'leave', 'leave', 'rotate', 'rotate'],
};

export interface Profile {
  readonly name: string;
  readonly doc: string;
  /** How often it is drawn, next to the others; 0: for the protocols that ask for it, and by its name. */
  readonly weight: number;
  /** Sizes of the cluster, drawn alike. */
  readonly sizes: readonly number[];
  /** Groups of faults that it can use; without all of `needs` it has no scenarios. */
  readonly groups: readonly FaultGroup[];
  readonly needs: readonly FaultGroup[];
  /** How liars are made; none: nobody lies. */
  readonly liars?: 'independent' | 'colluding' | 'mutating';
  /** Whether there are always as many liars as the protocol tolerates. */
  readonly allLiars?: true;
  /** Mean number of faults on the network and the hosts. */
  readonly faults: number;
  readonly faultyMs: number;
  readonly transactions: number;
  /** Ends once everything is executed: no quiet time after it. */
  readonly brief?: true;
  /** Nodes that are no validators at first, where the set changes. */
  readonly joiners?: number;
  readonly cluster?: {
    readonly checkpointInterval?: number;
    readonly window?: number;
    readonly maxBatch?: number;
    readonly pipeline?: number;
  };
}

const SMALL = { checkpointInterval: 2, window: 4, maxBatch: 1, pipeline: 3 } as const;
const NETWORK = ['crash', 'partition', 'loss', 'disk', 'clock', 'memory'] as const;

export const PROFILES: readonly Profile[] = [
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
    groups: ['crash', 'partition', 'loss', 'clock', 'memory', 'byzantine', 'sets'],
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

export const PROFILE_NAMES: readonly string[] = PROFILES.map(({ name }) => name);

/** Kinds of faults on network and hosts that a profile may use where these groups are allowed. */
export function kindsOf(
  profile: Profile,
  groups: ReadonlySet<FaultGroup>,
  faults: Subject['faults'] = {},
): FaultKind[] {
  const kinds = profile.groups.flatMap((group) =>
    groups.has(group) ? [...(KINDS_OF[group] ?? []), ...(faults[group] ?? [])] : [],
  );
  return kinds.length === 0 ? kinds : [...kinds, 'mend'];
}

/** Tactics of liars that act each on their own. */
export function tacticsOf({ tactics }: Subject, groups: ReadonlySet<FaultGroup>): string[] {
  return Object.keys(tactics).filter((name) => groups.has(name === 'mutating' ? 'mutate' : 'byzantine'));
}

/** Groups in which somebody breaks the protocol's rules. */
const LYING: ReadonlySet<FaultGroup> = new Set(['byzantine', 'twins', 'mutate']);

/** What may go wrong for a protocol: where it tolerates crashes only, nobody lies. */
export function groupsFor({ parts }: Subject, groups: ReadonlySet<FaultGroup>): ReadonlySet<FaultGroup> {
  return parts.protocol.byzantine ? groups : new Set([...groups].filter((group) => !LYING.has(group)));
}
