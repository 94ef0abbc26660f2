/** Runs a scenario script. */
import { Violation } from '../observer.js';
import { ACTING, DECLARING, readIds } from './commands.js';
import { readExpectation, unfinished } from './expectations.js';
import { parseScript, Reader } from './parse.js';
import { ScriptWorld } from './world.js';
/** How long `expect progress` waits unless it says so itself, in virtual ms. */
const PROGRESS_MS = 20_000;
/** Runs the script to its end, or to the first thing in it that is not so. Throws a `ScriptError` where it makes no sense. */
export function runScript(text, options = {}) {
    return new Run(text, options).toEnd();
}
class Run {
    #world;
    #statements;
    #lines;
    #rewrite;
    #guards = [];
    #traces = [];
    #met = 0;
    constructor(text, { parts, rewrite = false }) {
        this.#world = new ScriptWorld(parts);
        this.#statements = parseScript(text);
        this.#lines = text.split('\n');
        this.#rewrite = rewrite;
    }
    toEnd() {
        let failure;
        for (const statement of this.#statements) {
            const message = this.#do(statement);
            if (message === undefined)
                continue;
            failure = { line: statement.line, message: `line ${statement.line}: ${message}` };
            break;
        }
        return {
            failure,
            rewritten: this.#rewritten(),
            guards: this.#guards,
            met: this.#met,
            virtualMs: this.#world.built ? this.#world.cluster.scheduler.nowMs : 0,
        };
    }
    /** What went wrong. */
    #do(statement) {
        const reader = new Reader(statement);
        const name = reader.word('a command');
        if (statement.block !== undefined && name !== 'trace')
            reader.fail('only a trace has lines below it');
        if (name === 'guards') {
            this.#guards.push(...reader.until('a name'));
            return undefined;
        }
        const declaring = DECLARING[name];
        if (declaring !== undefined && this.#world.built)
            reader.fail(`${name} comes before anything happens`);
        if (name !== 'cluster' && this.#world.n === 0)
            reader.fail('there is no cluster yet');
        try {
            if (name === 'expect')
                return this.#expect(reader);
            if (name === 'trace')
                return this.#trace(reader, statement.block);
            const command = declaring ?? ACTING[name];
            if (command === undefined)
                return reader.fail(`${name} is no command`);
            command(reader, this.#world);
            reader.end();
        }
        catch (error) {
            if (error instanceof Violation)
                return error.message;
            throw error;
        }
        return undefined;
    }
    #expect(reader) {
        const world = this.#world;
        const progress = reader.take('progress');
        const holds = progress
            ? () => unfinished(world)
            : readExpectation(reader, world, (what) => readIds(reader, world, what));
        const withinMs = reader.take('within') ? reader.duration('a time') : progress ? PROGRESS_MS : 0;
        reader.end();
        const { cluster } = world;
        if (progress)
            cluster.submit(1);
        if (withinMs > 0)
            cluster.runUntil(() => holds() === undefined, withinMs);
        const otherwise = holds();
        if (otherwise === undefined)
            this.#met++;
        return otherwise;
    }
    #trace(reader, block) {
        const from = reader.take('of') ? readIds(reader, this.#world) : undefined;
        reader.end();
        const lines = this.#world.journal
            .take()
            .filter((line) => from === undefined || line.startsWith('--') || from.includes(Number.parseInt(line, 10)));
        if (block === undefined)
            return undefined;
        this.#traces.push({ block, lines });
        if (this.#rewrite)
            return undefined;
        const at = lines.findIndex((line, i) => line !== block.lines[i]);
        if (at < 0 && lines.length === block.lines.length) {
            this.#met++;
            return undefined;
        }
        const where = at < 0 ? lines.length : at;
        return `the trace has "${lines[where] ?? ''}" where line ${block.from + where + 1} has "${block.lines[where] ?? ''}"`;
    }
    #rewritten() {
        const lines = this.#lines.slice();
        for (const { block, lines: traced } of this.#traces.toReversed())
            lines.splice(block.from, block.to - block.from, ...traced);
        return lines.join('\n');
    }
}
//# sourceMappingURL=run.js.map