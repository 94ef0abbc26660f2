/** What clients did with the keys of a key-value store and were told, and whether it is linearizable. */
import { type Model, type Operation } from './linearizability.ts';
/** `null`: nothing is there. */
export type Value = string | null;
export type KvInput = {
    readonly op: 'get';
} | {
    readonly op: 'put';
    readonly value: string;
} | {
    readonly op: 'delete';
} | {
    readonly op: 'cas';
    readonly expected: Value;
    readonly value: string;
};
/** What is there, of a `get`; whether there was something, of a `delete`; whether it took effect, of a `cas`. */
export type KvOutput = {
    readonly value: Value;
} | {
    readonly done: boolean;
};
export type KvOperation = Operation<KvInput, KvOutput>;
/** One key. */
export declare const KEY_MODEL: Model<KvInput, KvOutput>;
export declare class KvHistory {
    /** Operations whose outcome is known. */
    known: number;
    private readonly byKey;
    private instant;
    /** Something happens now: calls and returns are told apart by the order in which they happen in this process. */
    now(): number;
    add(key: string, operation: KvOperation): void;
    get keys(): number;
    /** Judges every key; gives what is wrong. `each` is called after every key. */
    judge(each?: (done: number) => void): Promise<string[]>;
}
//# sourceMappingURL=kv-history.d.ts.map