/** What clients did with the keys of a key-value store and were told, and whether it is linearizable. */

import { checkLinearizable, type Model, type Operation } from './linearizability.ts';

/** `null`: nothing is there. */
export type Value = string | null;

export type KvInput =
  | { readonly op: 'get' }
  | { readonly op: 'put'; readonly value: string }
  | { readonly op: 'delete' }
  | { readonly op: 'cas'; readonly expected: Value; readonly value: string };

/** What is there, of a `get`; whether there was something, of a `delete`; whether it took effect, of a `cas`. */
export type KvOutput = { readonly value: Value } | { readonly done: boolean };

export type KvOperation = Operation<KvInput, KvOutput>;

const ABSENT = '-';
const stateOf = (value: Value): string => (value === null ? ABSENT : `=${value}`);

/** One key. */
export const KEY_MODEL: Model<KvInput, KvOutput> = {
  initial: ABSENT,
  step(state, input, output) {
    const done = output !== undefined && 'done' in output ? output.done : undefined;
    switch (input.op) {
      case 'get':
        return output === undefined || ('value' in output && stateOf(output.value) === state)
          ? state
          : undefined;
      case 'put':
        return done === false ? undefined : stateOf(input.value);
      case 'delete':
        return done === undefined || done === (state !== ABSENT) ? ABSENT : undefined;
      case 'cas': {
        const matches = state === stateOf(input.expected);
        if (done !== undefined && done !== matches) return undefined;
        return matches ? stateOf(input.value) : state;
      }
    }
  },
};

const describe = ({ input, output, called, returned }: KvOperation): string =>
  `${JSON.stringify(input)} → ${JSON.stringify(output) ?? 'unknown'} [${called}, ${returned ?? '∞'}]`;

/** Operations named in a failure. */
const MOST_NAMED = 12;

export class KvHistory {
  /** Operations whose outcome is known. */
  known = 0;
  private readonly byKey = new Map<string, KvOperation[]>();
  private instant = 0;

  /** Something happens now: calls and returns are told apart by the order in which they happen in this process. */
  now(): number {
    return this.instant++;
  }

  add(key: string, operation: KvOperation): void {
    if (operation.returned !== undefined) this.known++;
    const operations = this.byKey.get(key);
    if (operations === undefined) this.byKey.set(key, [operation]);
    else operations.push(operation);
  }

  get keys(): number {
    return this.byKey.size;
  }

  /** Judges every key; gives what is wrong. `each` is called after every key. */
  async judge(each: (done: number) => void = () => {}): Promise<string[]> {
    const failures: string[] = [];
    let done = 0;
    for (const [key, operations] of this.byKey) {
      const verdict = checkLinearizable(KEY_MODEL, operations);
      if (verdict.kind === 'undecided') {
        failures.push(`key ${key}: undecided after ${verdict.steps} steps, ${operations.length} operations`);
      } else if (verdict.kind === 'not-linearizable') {
        const stuck = verdict.stuck.slice(0, MOST_NAMED).map(describe).join('; ');
        failures.push(
          `key ${key} is not linearizable: after ${verdict.placed} of ${operations.length} operations, in the state ${verdict.state}, none of these fits: ${stuck}`,
        );
      }
      each(++done);
      // Others in this process have timers to keep.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return failures;
  }
}
