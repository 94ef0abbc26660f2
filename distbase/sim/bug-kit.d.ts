/** Tools to plant a mistake in PBFT from outside: between its events and its effects, and in its state. */
import type { ReplicaId } from '../core/ids.ts';
import type { Effect, Effects, Machine, MachineConfig, MachineEvent, Protocol } from '../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import type { State } from '../protocols/pbft/state.ts';
import type { PlantedBug, SimParts } from './parts.ts';
export type PbftParts = SimParts<PbftMessage, PbftRecord>;
export type PbftBug = PlantedBug<PbftMessage, PbftRecord>;
export type PbftEvent = MachineEvent<PbftMessage>;
export type PbftEffect = Effect<PbftMessage, PbftRecord>;
export type PbftEffects = Effects<PbftMessage, PbftRecord>;
/** `State` without its `readonly`, for those who meddle with it. */
export type OpenState = {
    -readonly [K in keyof State]: State[K];
};
/** What one replica's meddler does; made anew for every machine, hence anew after a crash. */
export interface Meddler {
    /** Alters the records before the machine reads them, oldest first. */
    records?(records: PbftRecord[], config: MachineConfig): PbftRecord[];
    /** The machine is made; `out` holds what it does at once. */
    created?(state: OpenState, out: PbftEffects): void;
    /** Before a step: the event to take instead, or undefined to take none. May alter the state. */
    before?(event: PbftEvent, state: OpenState, nowMs: number): PbftEvent | undefined;
    /** What stands in place of an effect, in order. */
    effect?(effect: PbftEffect, state: OpenState): readonly PbftEffect[];
    /** After a step, with all its effects, which it may reorder, remove or add to. */
    after?(event: PbftEvent, state: OpenState, out: PbftEffects, nowMs: number): void;
    /** Overrides `relevant`; undefined: as it was. */
    relevant?(message: PbftMessage, from: ReplicaId, state: OpenState): boolean | undefined;
    /** What a fresh log gets in place of the machine's live records. */
    live?(records: PbftRecord[], state: OpenState): PbftRecord[];
}
/** Does something of the machine's own in a step, after all that the step did; called by `after`. */
export declare function further(state: OpenState, out: PbftEffects, nowMs: number, act: () => void): void;
/** A mistake that a meddler makes. */
export declare function planted(name: string, doc: string, make: (config: MachineConfig) => Meddler): PbftBug;
/** The state inside a machine that `pbft.create` made. */
export declare function stateOf(machine: Machine<PbftMessage, PbftRecord>): OpenState;
/** The protocol with a meddler at each of its machines. */
export declare function meddled(protocol: Protocol<PbftMessage, PbftRecord>, make: (config: MachineConfig) => Meddler): Protocol<PbftMessage, PbftRecord>;
//# sourceMappingURL=bug-kit.d.ts.map