/**
 * What a protocol brings to the simulator. Everything else there (network, disks, clocks, clients, the checkers that hold
 * for every protocol) knows no protocol. `protocols/` has one of these for each.
 */

import type { ReplicaId, Sequence } from '../core/ids.ts';
import type { AnyMessage, Machine, ProtocolParameters } from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { LiarSetting, Tactic } from './byzantine.ts';
import type { AdversaryOf } from './cluster.ts';
import type { FaultKind } from './faults.ts';
import type { Observer } from './observer.ts';
import type { PlantedBug, SimParts } from './parts.ts';
import type { FaultGroup, Profile } from './profile.ts';

/** Made for one liar; some look at the machine that they stand before. */
export type TacticMaker<M extends AnyMessage, R extends AnyMessage> = (
  setting: LiarSetting,
  machine: () => Machine<M, R>,
) => Tactic<M, R>;

/** What an epoch begins with; a chain whose set never changes has but one. */
export interface Beginning {
  readonly n: number;
  /** Those of them that keep to the rules. */
  readonly honest: ReadonlySet<ReplicaId>;
  /** The checkpoint after which its slots follow. */
  readonly base: Sequence;
}

export interface Subject<M extends AnyMessage = AnyMessage, R extends AnyMessage = AnyMessage> {
  /** All parts as they should be. Where its protocol tolerates no lies, no profile with liars or twins is run. */
  readonly parts: SimParts<M, R>;
  /** Ways to lie, by name. `mutating` is drawn by the profile of mutations alone. */
  readonly tactics: Readonly<Record<string, TacticMaker<M, R>>>;
  /** Several liars with one plan; absent: profiles with colluding liars are left out. */
  conspire?(n: number, liars: readonly ReplicaId[], seed: number): AdversaryOf<M, R>;
  /** Checkers beyond those that hold for every protocol, made anew for every run, and there for every epoch. */
  checkers(beginning: Beginning): readonly Observer<M, R>[];
  /** Its time-outs grow until a commit fits into them: some networks stay slow after all faults. */
  readonly growsPatience?: true;
  /** Its machines may let a leader be read by itself (`Machine.readable`): such reads are checked. */
  readonly reads?: true;
  /** Its checkers know that an epoch begins at a checkpoint: the profile of validator sets that change is run. */
  readonly sets?: true;
  /**
   * Where its replicas are far apart, a leader's turn may pass it by though nothing goes wrong, at the price of one round: what it
   * proposed is free again. Absent: that is a failure.
   */
  readonly missesTurns?: true;
  /** Mistakes to plant: `--bug`. */
  readonly bugs: readonly PlantedBug<M, R>[];
  /** What is under way in a machine as a number below 2¹⁴, so that a campaign can say how much it has seen. */
  situation(machine: Machine<M, R>): number;
  /** Entries that a machine of n replicas may hold in all its collections together. */
  entriesAllowed(n: number): number;
  /** Kinds of faults that try this protocol beyond those of each group. */
  readonly faults?: Readonly<Partial<Record<FaultGroup, readonly FaultKind[]>>>;
  /** Profiles that are drawn otherwise for this protocol: how often, and with how many replicas. */
  readonly profiles?: Readonly<Partial<Record<string, Partial<Pick<Profile, 'weight' | 'sizes'>>>>>;
  /** The protocol's own parameters in a scenario. Default: its defaults. */
  parameters?(random: SeededRandom): ProtocolParameters;
}

/** A subject among others: what its messages are, it alone has to know. */
export function anySubject<M extends AnyMessage, R extends AnyMessage>(subject: Subject<M, R>): Subject {
  return subject as unknown as Subject;
}
