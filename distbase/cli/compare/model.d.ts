/**
 * The simulator as a measuring instrument: the machines of production, in virtual time, with costs. Costs of signatures
 * and of a write to the log are measured alone. What moving a frame and waking a process cost is fitted to the floors of
 * the smallest size that was measured, and what the driver costs to the latencies there. At every other size that was
 * measured, what it foretells is set against the real figure.
 */
import { type Delays } from '../../core/delays.ts';
import { type CostedResult, type FrameCosts } from '../../sim/costed/index.ts';
import type { Setting } from '../bench/row.ts';
import { type Calibration } from './calibration.ts';
import type { MeasuredCosts } from './measured-costs.ts';
import { type CompareRow } from './row.ts';
/** What the floors give. */
export type FloorCosts = Pick<FrameCosts, 'wakeUs' | 'frameInUs' | 'kilobyteUs'>;
/** What the latencies give: a message of a peer or of our own, and a slot. */
export interface DriverCosts {
    readonly messageUs: number;
    readonly slotUs: number;
    /** How much what a turn takes differs from turn to turn: the standard deviation of its logarithm. */
    readonly spread: number;
}
export interface Model {
    readonly measured: MeasuredCosts;
    readonly frames: FrameCosts;
    readonly driver: DriverCosts;
    /** Its smallest size, whose figures were used. */
    readonly fittedTo: number;
}
/** One computer with so many cores for all, or one for each. */
export type Place = number | undefined;
export declare function simulateFloor(setting: Setting, frames: FrameCosts, place: Place, delays: Delays | undefined): number;
export declare function simulate(setting: Setting, measured: MeasuredCosts, frames: FrameCosts, driver: DriverCosts, place: Place, delays: Delays | undefined, commits?: number): CostedResult | undefined;
/** `rows`: measured ones. `pause` is awaited between two steps, so that the process can be told to end. */
export declare function makeModel(rows: readonly CompareRow[], measured: MeasuredCosts, delays: Delays | undefined, pause: (step: string) => Promise<void>): Promise<Model>;
/** The simulator against every row that was measured. */
export declare function calibrate(rows: readonly CompareRow[], model: Model, delays: Delays | undefined, pause: (step: string) => Promise<void>): Promise<Calibration[]>;
/** A size that was not measured. `hosts`: one computer for all, like this one, or one for each. */
export declare function foretell(setting: Setting, contender: string, model: Model, hosts: 'one' | 'each', delays: Delays | undefined): CompareRow | undefined;
//# sourceMappingURL=model.d.ts.map