/** The file behind `--delays`: one-way delays between regions. YAML, JSON (which is YAML too), or CSV by its name. */
import type { Delays } from '../core/delays.ts';
/** What `--help` says of it. */
export declare const DELAYS_HELP = "A delays file says how long a message takes from region to region, one way, on top of what this machine takes. Validator i is in the i-th region of the list, and it starts over at its end; a region may be listed several times. A pair that is given one way only holds both ways; within a region it is localMs (default 0). YAML or JSON:\n  regions: [frankfurt, virginia, tokyo, frankfurt]\n  localMs: 0.3\n  oneWayMs:\n    frankfurt: { virginia: 44, tokyo: 112 }\n    virginia: { tokyo: 73 }\nor CSV, from the region of the row to that of the column, where the rows are the list of regions:\n  ,frankfurt,virginia,tokyo\n  frankfurt,0.3,44,112\n  virginia,44,0.3,73\n  tokyo,112,73,0.3";
/** Reads and checks a delays file. Throws `bad-flag` with file and line. */
export declare function readDelays(file: string): Delays;
export declare function parseDelays(text: string, file: string): Delays;
//# sourceMappingURL=delays.d.ts.map