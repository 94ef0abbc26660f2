/**
 * Whether a history of one object is linearizable: whether each operation can be thought to happen at one instant
 * between its call and its return, such that all answers are those of the object used by one client after the other.
 *
 * The search is Wing & Gong's (Testing and verifying concurrent objects, 1993, §4) with Lowe's memory of what was tried
 * (Testing for linearizability, 2017, §3.2): take an operation that nothing unfinished precedes, apply it, and go on; come
 * back where no answer fits. Two paths that have taken the same operations to the same state are one, so that a path is
 * never walked twice. Linearizability is local (Herlihy & Wing 1990, theorem 1): several objects are judged one by one.
 */
const DEFAULT_STEPS = 20_000_000;
class Search {
    model;
    /** In the order of their calls. */
    operations;
    taken;
    seen = new Set();
    path = [];
    /** Those taken whose outcome is unknown. */
    guessed = new Set();
    /** How many of known outcome come before each. */
    knownBefore;
    /** Of known outcome, all before this one are taken. */
    first = 0;
    known;
    unknowns;
    /** Operations whose outcome is known and which have no place yet. */
    left;
    state;
    steps = 0;
    best = { placed: -1, state: '', stuck: [] };
    constructor(model, operations) {
        this.model = model;
        this.operations = [...operations].sort((a, b) => a.called - b.called);
        this.taken = new Uint8Array(operations.length);
        let known = 0;
        this.knownBefore = this.operations.map(({ returned }) => (returned === undefined ? known : known++));
        this.left = known;
        this.known = known;
        this.unknowns = this.operations.flatMap(({ returned }, index) => (returned === undefined ? [index] : []));
        this.state = model.initial;
    }
    run(mostSteps) {
        for (let from = 0; this.left > 0;) {
            if (++this.steps > mostSteps)
                return { kind: 'undecided', steps: this.steps };
            const next = this.candidate(from);
            if (next !== undefined) {
                from = 0;
                this.take(next.index, next.state);
            }
            else {
                this.remember();
                const last = this.path.pop();
                if (last === undefined)
                    return { kind: 'not-linearizable', ...this.best };
                this.untake(last);
                from = last.taken + 1;
            }
        }
        return { kind: 'linearizable', steps: this.steps };
    }
    /** The first operation from `from` on that may come next: called before anything open returned, and fitting. */
    candidate(from) {
        const { operations, model } = this;
        let earliest = Number.POSITIVE_INFINITY;
        for (const index of this.open()) {
            const { called, returned, input, output } = operations[index];
            if (called > earliest)
                return undefined;
            if (index >= from) {
                const state = model.step(this.state, input, output);
                if (state !== undefined && this.isNew(index, state))
                    return { index, state };
            }
            earliest = Math.min(earliest, returned ?? Number.POSITIVE_INFINITY);
        }
        return undefined;
    }
    /** What is not taken, in the order of calls: below `first` there are only some of unknown outcome. */
    *open() {
        const { operations, taken, first } = this;
        for (const index of this.unknowns) {
            if (index >= first)
                break;
            if (taken[index] === 0)
                yield index;
        }
        for (let index = first; index < operations.length; index++)
            if (taken[index] === 0)
                yield index;
    }
    /** Whether nobody has been here: the operations taken, `also` among them, and the state that they led to. */
    isNew(also, state) {
        const { operations, taken } = this;
        const isKnown = operations[also].returned !== undefined;
        taken[also] = 1;
        const first = this.firstOpen();
        // All of known outcome before `first` are taken: only those that stand out from them have to be named.
        let more = this.known - this.left + (isKnown ? 1 : 0) - (this.knownBefore[first] ?? this.known);
        const extra = [...this.guessed, ...(isKnown ? [] : [also])].sort((a, b) => a - b);
        for (let index = first + 1; more > 0; index++) {
            if (taken[index] === 0 || operations[index].returned === undefined)
                continue;
            extra.push(index);
            more--;
        }
        taken[also] = 0;
        const key = `${first}|${extra.join()}|${state}`;
        if (this.seen.has(key))
            return false;
        this.seen.add(key);
        return true;
    }
    /** The first of known outcome that is not taken. */
    firstOpen() {
        const { operations, taken } = this;
        let first = this.first;
        while (first < taken.length && (taken[first] === 1 || operations[first].returned === undefined))
            first++;
        return first;
    }
    take(index, state) {
        this.path.push({ taken: index, state: this.state });
        this.taken[index] = 1;
        this.state = state;
        if (this.operations[index].returned === undefined)
            this.guessed.add(index);
        else
            this.left--;
        this.first = this.firstOpen();
    }
    untake({ taken, state }) {
        this.taken[taken] = 0;
        this.state = state;
        this.first = Math.min(this.first, taken);
        if (this.operations[taken].returned === undefined)
            this.guessed.delete(taken);
        else
            this.left++;
    }
    remember() {
        const { best, path, operations, taken } = this;
        if (path.length <= best.placed)
            return;
        const open = operations.filter((_, index) => taken[index] === 0);
        const earliest = Math.min(...open.map(({ returned }) => returned ?? Number.POSITIVE_INFINITY));
        best.placed = path.length;
        best.state = this.state;
        best.stuck = open.filter(({ called }) => called <= earliest);
    }
}
/** Judges the history of one object. `mostSteps` bounds the search, which can be exponential in what overlaps. */
export function checkLinearizable(model, operations, mostSteps = DEFAULT_STEPS) {
    return new Search(model, operations).run(mostSteps);
}
//# sourceMappingURL=linearizability.js.map