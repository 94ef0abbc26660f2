/** What clients did with the keys of a key-value store and were told, and whether it is linearizable. */
import { checkLinearizable } from './linearizability.js';
const ABSENT = '-';
const stateOf = (value) => (value === null ? ABSENT : `=${value}`);
/** One key. */
export const KEY_MODEL = {
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
                if (done !== undefined && done !== matches)
                    return undefined;
                return matches ? stateOf(input.value) : state;
            }
        }
    },
};
const describe = ({ input, output, called, returned }) => `${JSON.stringify(input)} → ${JSON.stringify(output) ?? 'unknown'} [${called}, ${returned ?? '∞'}]`;
/** Operations named in a failure. */
const MOST_NAMED = 12;
export class KvHistory {
    /** Operations whose outcome is known. */
    known = 0;
    byKey = new Map();
    instant = 0;
    /** Something happens now: calls and returns are told apart by the order in which they happen in this process. */
    now() {
        return this.instant++;
    }
    add(key, operation) {
        if (operation.returned !== undefined)
            this.known++;
        const operations = this.byKey.get(key);
        if (operations === undefined)
            this.byKey.set(key, [operation]);
        else
            operations.push(operation);
    }
    get keys() {
        return this.byKey.size;
    }
    /** Judges every key; gives what is wrong. `each` is called after every key. */
    async judge(each = () => { }) {
        const failures = [];
        let done = 0;
        for (const [key, operations] of this.byKey) {
            const verdict = checkLinearizable(KEY_MODEL, operations);
            if (verdict.kind === 'undecided') {
                failures.push(`key ${key}: undecided after ${verdict.steps} steps, ${operations.length} operations`);
            }
            else if (verdict.kind === 'not-linearizable') {
                const stuck = verdict.stuck.slice(0, MOST_NAMED).map(describe).join('; ');
                failures.push(`key ${key} is not linearizable: after ${verdict.placed} of ${operations.length} operations, in the state ${verdict.state}, none of these fits: ${stuck}`);
            }
            each(++done);
            // Others in this process have timers to keep.
            await new Promise((resolve) => setImmediate(resolve));
        }
        return failures;
    }
}
//# sourceMappingURL=kv-history.js.map