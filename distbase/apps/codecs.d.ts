/** The codecs of all applications by name: what a client needs and no more. Browser-safe. */
import type { AppCodec } from './codec.ts';
export type { AppCodec } from './codec.ts';
export type { AppResult } from './results.ts';
export declare const APP_NAMES: readonly string[];
/** Throws `bad-genesis` where there is no such application. */
export declare function appCodec(name: string): AppCodec;
//# sourceMappingURL=codecs.d.ts.map