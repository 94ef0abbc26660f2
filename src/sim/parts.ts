/** What a run is built from. Each part can be replaced by one with a mistake in it, to see whether it is found. */

import type { Protocol } from '../core/machine.ts';
import type { ProtocolSchema } from '../core/schema.ts';
import type { PbftMessage, PbftRecord } from '../protocols/pbft/messages.ts';
import { pbft } from '../protocols/pbft/pbft.ts';
import { Disk } from './disk.ts';
import { Ledger } from './ledger.ts';
import { type Clients, SymbolicVerifier } from './symbolic.ts';

/** Parts that know no protocol; every node of a run gets its own ledger and disk. */
export interface DriverParts {
  ledger(clients: Clients): Ledger;
  disk<R>(): Disk<R>;
  /** Checks signatures before a message reaches the machine. */
  verifier(schema: ProtocolSchema): SymbolicVerifier;
}

export const DRIVER_PARTS: DriverParts = {
  ledger: (clients) => new Ledger(clients),
  disk: () => new Disk(),
  verifier: (schema) => new SymbolicVerifier(schema),
};

export interface SimParts extends DriverParts {
  readonly protocol: Protocol<PbftMessage, PbftRecord>;
}

/** All parts as they should be. */
export const HONEST_PARTS: SimParts = { ...DRIVER_PARTS, protocol: pbft };

export interface PlantedBug {
  /** Lowercase words with hyphens: `--bug` takes it. */
  readonly name: string;
  /** One sentence: what is wrong. */
  readonly doc: string;
  /** The parts with the mistake in them; called anew for every run, so that it may keep state in closures. */
  plant(parts: SimParts): SimParts;
}
