/** What a run is built from. Each part can be replaced by one with a mistake in it, to see whether it is found. */
import { Disk } from './disk.js';
import { Ledger } from './ledger.js';
import { SymbolicVerifier } from './symbolic.js';
export const DRIVER_PARTS = {
    ledger: (clients) => new Ledger(clients),
    disk: () => new Disk(),
    verifier: (schema) => new SymbolicVerifier(schema),
    ends: (at) => at === 'certified',
};
//# sourceMappingURL=parts.js.map