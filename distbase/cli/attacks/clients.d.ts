/** What clients, and crowds of nobody, can do to a validator's port. */
import { type Attack } from './attack.ts';
import type { Scene } from './scene.ts';
export declare function disperse(scene: Scene): void;
export declare const CLIENTS: readonly Attack[];
//# sourceMappingURL=clients.d.ts.map