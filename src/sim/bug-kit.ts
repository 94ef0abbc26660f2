/** Tools to plant a mistake in PBFT from outside: between its events and its effects, and in its state. */

import type { ReplicaId } from '../core/ids.ts';
import type { Effect, Effects, Machine, MachineConfig, MachineEvent, Protocol } from '../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { arm } from '../protocols/pbft/pacemaker.ts';
import type { State } from '../protocols/pbft/state.ts';
import type { PlantedBug, SimParts } from './parts.ts';

export type PbftParts = SimParts<PbftMessage, PbftRecord>;
export type PbftBug = PlantedBug<PbftMessage, PbftRecord>;
export type PbftEvent = MachineEvent<PbftMessage>;
export type PbftEffect = Effect<PbftMessage, PbftRecord>;
export type PbftEffects = Effects<PbftMessage, PbftRecord>;

/** `State` without its `readonly`, for those who meddle with it. */
export type OpenState = { -readonly [K in keyof State]: State[K] };

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
export function further(state: OpenState, out: PbftEffects, nowMs: number, act: () => void): void {
  state.out = out;
  state.nowMs = nowMs;
  act();
  arm(state);
}

/** A mistake that a meddler makes. */
export function planted(name: string, doc: string, make: (config: MachineConfig) => Meddler): PbftBug {
  return { name, doc, plant: (parts) => ({ ...parts, protocol: meddled(parts.protocol, make) }) };
}

/** The state inside a machine that `pbft.create` made. */
export function stateOf(machine: Machine<PbftMessage, PbftRecord>): OpenState {
  return (machine as unknown as { s: OpenState }).s;
}

/** The protocol with a meddler at each of its machines. */
export function meddled(
  protocol: Protocol<PbftMessage, PbftRecord>,
  make: (config: MachineConfig) => Meddler,
): Protocol<PbftMessage, PbftRecord> {
  return {
    ...protocol,
    create(config, records, nowMs, out) {
      const meddler = make(config);
      const read = meddler.records?.([...records], config) ?? records;
      const own: PbftEffects = [];
      const machine = protocol.create(config, read, nowMs, own);
      meddler.created?.(stateOf(machine), own);
      pass(own, out, meddler, stateOf(machine));
      return new MeddledMachine(machine, meddler);
    },
  };
}

class MeddledMachine implements Machine<PbftMessage, PbftRecord> {
  /** So that one bug can be planted over another: `stateOf` works on this, too. */
  readonly s: OpenState;
  readonly #inner: Machine<PbftMessage, PbftRecord>;
  readonly #meddler: Meddler;

  constructor(inner: Machine<PbftMessage, PbftRecord>, meddler: Meddler) {
    this.#inner = inner;
    this.#meddler = meddler;
    this.s = stateOf(inner);
  }

  step(event: PbftEvent, nowMs: number, out: PbftEffects): void {
    const meddler = this.#meddler;
    const taken = meddler.before === undefined ? event : meddler.before(event, this.s, nowMs);
    const own: PbftEffects = [];
    if (taken !== undefined) this.#inner.step(taken, nowMs, own);
    meddler.after?.(taken ?? event, this.s, own, nowMs);
    pass(own, out, meddler, this.s);
  }

  relevant(message: PbftMessage, from: ReplicaId): boolean {
    return this.#meddler.relevant?.(message, from, this.s) ?? this.#inner.relevant(message, from);
  }

  proposable(nowMs: number): boolean {
    return this.#inner.proposable(nowMs);
  }

  status() {
    return this.#inner.status();
  }

  liveRecords(): PbftRecord[] {
    const records = this.#inner.liveRecords();
    return this.#meddler.live?.(records, this.s) ?? records;
  }
}

function pass(own: PbftEffects, out: PbftEffects, meddler: Meddler, state: OpenState): void {
  for (const effect of own) {
    if (meddler.effect === undefined) out.push(effect);
    else for (const instead of meddler.effect(effect, state)) out.push(instead);
  }
}
