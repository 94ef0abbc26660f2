/** Mistakes around the change of views. */
import { type PbftBug } from '../bug-kit.ts';
export declare const bugs: readonly PbftBug[];
//# sourceMappingURL=classic-views.d.ts.map