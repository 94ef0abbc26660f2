/** Liars that know PBFT: each tactic aims at one argument of its proof. */
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { type LiarSetting, type Tactic } from './byzantine.ts';
import type { AdversaryOf } from './cluster.ts';
type PbftTactic = Tactic<PbftMessage, PbftRecord>;
/**
 * As primary, proposes one batch to some and another one, of the same transactions, to the others, and votes for
 * whichever each of them has: two quorums with too few honest replicas in common would commit both.
 */
export declare function equivocating(setting: LiarSetting): PbftTactic;
/** Votes for whatever anybody proposed or voted for, at once and for all of it. */
export declare function votingForAll({ self, n }: LiarSetting): PbftTactic;
/**
 * Lies in its VIEW-CHANGEs: hides what prepared, claims what never did (in views that were, and with digests that
 * some replicas have pre-prepared), lies about its checkpoints; tells each replica something else, and serves
 * the bytes of its inventions to whoever asks.
 */
export declare function lyingInViewChanges(setting: LiarSetting): PbftTactic;
/** As the primary of a new view, justifies it with one set of VIEW-CHANGEs here and with another one there. */
export declare function twoNewViews(setting: LiarSetting): PbftTactic;
/** Proposes where it is not its turn: what the primary proposed for one slot, at another, to some. */
export declare function usurping(setting: LiarSetting, probability: number): PbftTactic;
/** Asks for later and later views that nobody wants. */
export declare function restless({ self, n, random }: LiarSetting, probability: number): PbftTactic;
/** Says that slots committed which did not, and asks everybody for everything. */
export declare function misinforming({ self, n, random }: LiarSetting, probability: number): PbftTactic;
/** The tactics by name, for scenarios that draw them and for messages that name them. */
export declare const PBFT_TACTICS: Readonly<Record<string, (setting: LiarSetting) => PbftTactic>>;
export type PbftTacticName = keyof typeof PBFT_TACTICS & string;
/** An adversary that follows these tactics, in this order. */
export declare function pbftLiar(...names: readonly PbftTacticName[]): AdversaryOf<PbftMessage, PbftRecord>;
export {};
//# sourceMappingURL=pbft-adversary.d.ts.map