/** A key-value store. Requests and results as bytes: see `kv-codec.ts`. */
import type { Hasher } from '../crypto/hash.ts';
import { type MapSnapshot } from './authenticated-map.ts';
import type { Command, ExecutionContext, StateMachine } from './interface.ts';
import { type AppParams } from './params.ts';
export declare class KeyValueStore implements StateMachine {
    readonly name = "kv";
    private state;
    /** Sum of the lengths of keys and values. */
    private bytes;
    private readonly hasher;
    private readonly maxEntries;
    private readonly maxBytes;
    /** Parameters: `maxEntries` (1,000,000) and `maxBytes` (1 GiB), keys and values together. Throws `bad-genesis`. */
    constructor(params: AppParams, hasher: Hasher);
    check(command: Command): string | undefined;
    execute(_context: ExecutionContext, commands: readonly Command[]): Uint8Array[];
    query(payload: Uint8Array): Uint8Array;
    stateHash(): Uint8Array;
    snapshot(): MapSnapshot;
    restore(chunks: Iterable<Uint8Array>, root: Uint8Array): void;
    adopt(state: MapSnapshot): void;
    private run;
    private read;
    private write;
    private remove;
}
//# sourceMappingURL=kv.d.ts.map