/** Scenario scripts as text: one statement per line, `#` starts a comment, `----` starts what is expected of a trace. */
/** What is wrong with a script, or with the run of one, and in which line. */
export class ScriptError extends Error {
    name = 'ScriptError';
    /** Counted from 1. */
    line;
    constructor(line, message, options) {
        super(`line ${line}: ${message}`, options);
        this.line = line;
    }
}
export function parseScript(text) {
    const lines = text.split('\n');
    const statements = [];
    for (let at = 0; at < lines.length; at++) {
        const words = lines[at].replace(/(^|\s)#.*$/, '')
            .split(/\s+/)
            .filter((word) => word !== '');
        if (words.length === 0)
            continue;
        if (words[0] === '----')
            throw new ScriptError(at + 1, 'nothing stands before this ---- that it belongs to');
        const line = at + 1;
        const block = lines[at + 1]?.trimEnd() === '----' ? blockFrom(lines, at + 2) : undefined;
        if (block !== undefined)
            at = block.to - 1;
        statements.push({ line, words, block });
    }
    return statements;
}
function blockFrom(lines, from) {
    let to = from;
    while (to < lines.length && lines[to].trim() !== '')
        to++;
    return { from, to, lines: lines.slice(from, to).map((line) => line.trimEnd()) };
}
/** Reads the words of one statement from left to right; what does not fit is an error of that line. */
export class Reader {
    line;
    #words;
    #at = 0;
    constructor({ line, words }) {
        this.line = line;
        this.#words = words;
    }
    get done() {
        return this.#at >= this.#words.length;
    }
    peek() {
        return this.#words[this.#at];
    }
    fail(message) {
        throw new ScriptError(this.line, `${message}, in "${this.#words.join(' ')}"`);
    }
    word(what) {
        const word = this.#words[this.#at];
        if (word === undefined)
            this.fail(`${what} is missing`);
        this.#at++;
        return word;
    }
    /** Whether the next words are these; if so, they are read. */
    take(...expected) {
        for (const [i, word] of expected.entries())
            if (this.#words[this.#at + i] !== word)
                return false;
        this.#at += expected.length;
        return true;
    }
    integer(what) {
        const word = this.word(what);
        if (!/^\d+$/.test(word))
            this.fail(`${what} is a whole number, not ${word}`);
        return Number(word);
    }
    /** `50ms`, `2s`; signed where `signed`. In ms. */
    duration(what, signed = false) {
        const word = this.word(what);
        const match = /^([+-]?)(\d+(?:\.\d+)?)(ms|s)$/.exec(word);
        if (match === null || (match[1] !== '' && !signed))
            this.fail(`${what} is like 50ms or 2s, not ${word}`);
        return Number(`${match[1]}${match[2]}`) * (match[3] === 's' ? 1_000 : 1);
    }
    /** `50%`, as a fraction of 1. */
    percentage(what) {
        const word = this.word(what);
        const match = /^(\d+(?:\.\d+)?)%$/.exec(word);
        if (match === null || Number(match[1]) > 100)
            this.fail(`${what} is like 50%, not ${word}`);
        return Number(match[1]) / 100;
    }
    /** Words up to the next keyword, at least one. */
    until(what, ...keywords) {
        const words = [];
        for (let word = this.peek(); word !== undefined && !keywords.includes(word); word = this.peek())
            words.push(this.word(what));
        if (words.length === 0)
            this.fail(`${what} is missing`);
        return words;
    }
    /** Nothing may be left. */
    end() {
        if (!this.done)
            this.fail(`"${this.peek()}" is not understood`);
    }
}
//# sourceMappingURL=parse.js.map