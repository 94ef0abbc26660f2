/** The real disk. */
import type { Files } from './files.ts';
export declare const nodeFiles: Files;
//# sourceMappingURL=node-files.d.ts.map