/** What a script may expect: each says undefined where it holds, and else what is there instead. */
import type { Reader } from './parse.ts';
import type { ScriptWorld } from './world.ts';
export type Expectation = () => string | undefined;
/** Reads what stands after `expect`, up to `within`. */
export declare function readExpectation(reader: Reader, world: ScriptWorld, ids: (what?: string) => number[]): Expectation;
/** Who has not executed all that clients submitted. */
export declare function unfinished(world: ScriptWorld, where?: readonly number[]): string | undefined;
//# sourceMappingURL=expectations.d.ts.map