/** What a run is built from. Each part can be replaced by one with a mistake in it, to see whether it is found. */
import type { AnyMessage, Protocol } from '../core/machine.ts';
import type { ProtocolSchema } from '../core/schema.ts';
import { Disk } from './disk.ts';
import { Ledger } from './ledger.ts';
import { type Clients, SymbolicVerifier } from './symbolic.ts';
/** Parts that know no protocol; every node of a run gets its own ledger and disk. */
export interface DriverParts {
    ledger(clients: Clients): Ledger;
    disk<R>(): Disk<R>;
    /** Checks signatures before a message reaches the machine. */
    verifier(schema: ProtocolSchema): SymbolicVerifier;
    /** Whether an epoch ends where its last checkpoint is executed here, or certified. */
    ends(at: 'executed' | 'certified'): boolean;
}
export declare const DRIVER_PARTS: DriverParts;
export interface SimParts<M extends AnyMessage = AnyMessage, R extends AnyMessage = AnyMessage> extends DriverParts {
    readonly protocol: Protocol<M, R>;
}
export interface PlantedBug<M extends AnyMessage = AnyMessage, R extends AnyMessage = AnyMessage> {
    /** Lowercase words with hyphens: `--bug` takes it. */
    readonly name: string;
    /** One sentence: what is wrong. */
    readonly doc: string;
    /** The parts with the mistake in them; called anew for every run, so that it may keep state in closures. */
    plant(parts: SimParts<M, R>): SimParts<M, R>;
}
//# sourceMappingURL=parts.d.ts.map