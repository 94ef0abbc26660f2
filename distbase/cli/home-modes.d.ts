/** Who may write to a home: somebody who changes its log makes its validator contradict itself. */
import type { HomePaths } from './home.ts';
/**
 * Throws `bad-config` where everybody on the machine may write to the home, its data, its configuration or its genesis. Key
 * files are checked where they are read: nobody else may even read those.
 */
export declare function requireModes(dir: string, paths: HomePaths): void;
//# sourceMappingURL=home-modes.d.ts.map