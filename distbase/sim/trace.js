/** What makes two runs comparable: a hash of everything sent and executed, and on request the lines behind it. */
import { Mixer } from './symbolic.js';
const KIND = { sent: 1, executed: 2, note: 3 };
export class Trace {
    /** One line per thing that happened; empty unless lines were asked for. */
    lines = [];
    #mixer = new Mixer();
    #scheduler;
    #schema;
    #verbose;
    constructor(scheduler, schema, verbose) {
        this.#scheduler = scheduler;
        this.#schema = schema;
        this.#verbose = verbose;
    }
    /** 16 hex digits: equal for equal runs. */
    get hash() {
        return this.#mixer.hex();
    }
    sent(from, to, { from: author, message }) {
        this.#mixer
            .int(KIND.sent)
            .int(this.#scheduler.nowMs)
            .int(from * 256 + to);
        this.#mixer.int(this.#schema[message.type]?.tag ?? 0);
        if (this.#verbose)
            this.#line(`${from} → ${to}  ${author === from ? '' : `(of ${author}) `}${legible(message)}`);
    }
    executed(replica, sequence, history) {
        this.#mixer.int(KIND.executed).int(replica).int(sequence).digest(history);
        if (this.#verbose)
            this.#line(`${replica} executes ${sequence}, history ${history.slice(0, 8)}`);
    }
    /** A fault, or anything else that a reader of the lines should know. */
    note(text) {
        this.#mixer.int(KIND.note).int(this.#scheduler.nowMs).text(text);
        if (this.#verbose)
            this.#line(`-- ${text}`);
    }
    #line(text) {
        this.lines.push(`${this.#scheduler.nowMs.toFixed(3).padStart(10)}  ${text}`);
    }
}
function legible(message) {
    const parts = [message.type];
    for (const [name, value] of Object.entries(message)) {
        if (name !== 'type' && name !== 'epoch' && name !== 'batch')
            parts.push(`${name}=${brief(value)}`);
    }
    return parts.join(' ');
}
function brief(value) {
    if (typeof value === 'string')
        return value.slice(0, 8);
    if (Array.isArray(value))
        return `[${value.map(brief).join(', ')}]`;
    if (typeof value !== 'object' || value === null)
        return String(value);
    if ('message' in value && 'from' in value)
        return `${value.from}:(${legible(value.message)})`;
    return `{${Object.values(value).map(brief).join(' ')}}`;
}
//# sourceMappingURL=trace.js.map