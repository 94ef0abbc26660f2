/** Mistakes in Streamlet's rules. */
import type { StreamletMessage, StreamletRecord } from '../../protocols/streamlet/messages.ts';
import type { PlantedBug } from '../parts.ts';
type Bug = PlantedBug<StreamletMessage, StreamletRecord>;
export declare const bugs: readonly Bug[];
export {};
//# sourceMappingURL=streamlet.d.ts.map