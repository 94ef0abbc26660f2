/** A soak as one HTML page: disk, memory and event loop by transactions settled. */
import type { SoakRow } from './row.ts';
export declare function soakPage(row: SoakRow, machine: string): string;
//# sourceMappingURL=page.d.ts.map