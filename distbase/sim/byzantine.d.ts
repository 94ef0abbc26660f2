/**
 * Liars, made by standing between an honest machine and its node and bending what it says. Honest code knows nothing
 * of them. A liar signs as itself alone (the node signs what it is told to send), and may pass on whatever it heard.
 * The tactics here know no protocol; pbft-adversary.ts has those that do.
 */
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Certificate, Effect, Effects, Machine, MachineEvent, MachineStatus } from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { ProtocolSchema } from '../core/schema.ts';
import type { Clients } from './symbolic.ts';
/** What a liar knows of its world. */
export interface LiarSetting {
    readonly self: ReplicaId;
    readonly n: number;
    readonly random: SeededRandom;
    readonly clients: Clients;
}
/** One way to misbehave. Tactics are chained: what one lets through, the next may bend again. */
export interface Tactic<M extends AnyMessage, R> {
    /** Sees every event before the machine does. */
    hear?(event: MachineEvent<M>, nowMs: number): void;
    /** Appends to `out` whatever stands in place of this effect: itself, others, or nothing. */
    bend?(effect: Effect<M, R>, out: Effects<M, R>, nowMs: number): void;
    /** Adds effects of its own at the end of a step. */
    add?(out: Effects<M, R>, nowMs: number): void;
}
/** An honest machine in the hands of its tactics. */
export declare class Liar<M extends AnyMessage, R> implements Machine<M, R> {
    #private;
    constructor(inner: Machine<M, R>, tactics: readonly Tactic<M, R>[]);
    step(event: MachineEvent<M>, nowMs: number, out: Effects<M, R>): void;
    /** A liar listens to everything. */
    relevant(): boolean;
    proposable(): boolean;
    drives(): boolean;
    /** A liar may be lied to: the checks are those of the machine inside. */
    certified(certificate: Certificate<M>): boolean;
    status(): MachineStatus;
    liveRecords(): R[];
}
/** Whether this effect puts a message on the wire. */
export declare function speaks<M extends AnyMessage, R>(effect: Effect<M, R>): effect is Extract<Effect<M, R>, {
    kind: 'send' | 'attest' | 'forward';
}>;
/** One `send` to each of these replicas in place of one to all. */
export declare function sendEach<M extends AnyMessage, R>(message: M, to: Iterable<ReplicaId>, self: ReplicaId, out: Effects<M, R>): void;
/** All replicas in a random order, cut into two halves. */
export declare function halves({ n, self, random }: LiarSetting): [ReplicaId[], ReplicaId[]];
/** Says nothing. */
export declare function silent<M extends AnyMessage, R>(): Tactic<M, R>;
/** Says nothing to these replicas. */
export declare function silentTo<M extends AnyMessage, R>(setting: LiarSetting, deaf: readonly ReplicaId[]): Tactic<M, R>;
/** Loses each message that it should send with this probability; of these types only, where types are given. */
export declare function withholding<M extends AnyMessage, R>({ n, self, random }: LiarSetting, probability: number, types?: readonly string[]): Tactic<M, R>;
/** Says everything later, in a random order. */
export declare function delaying<M extends AnyMessage, R>({ random }: LiarSetting, upToMs: number): Tactic<M, R>;
/** Sends what it once heard, or once said, to anybody, again. */
export declare function replaying<M extends AnyMessage, R>({ n, self, random }: LiarSetting, probability: number): Tactic<M, R>;
/** Changes a field of some messages to another value of the right shape, differently for each receiver. */
export declare function garbling<M extends AnyMessage, R>({ n, self, random }: LiarSetting, schema: ProtocolSchema, probability: number): Tactic<M, R>;
//# sourceMappingURL=byzantine.d.ts.map