/** What a checker may see of a run, and how it says that something is wrong. */
/** A property that does not hold. The seed in its message replays the run that shows it. */
export class Violation extends Error {
    name = 'Violation';
    checker;
    constructor(checker, message, options) {
        super(`${checker}: ${message}`, options);
        this.checker = checker;
    }
}
/** The observers of one run by what they watch: most of them watch two or three things of nine. */
export class Hooks {
    sent = [];
    persisted = [];
    attested = [];
    executed = [];
    stable = [];
    viewChanged = [];
    crashed = [];
    restarted = [];
    entered = [];
    stepped = [];
    #observers;
    #known = 0;
    /** Whoever is added to the array later is found by `refresh`. */
    constructor(observers) {
        this.#observers = observers;
        this.refresh();
    }
    refresh() {
        while (this.#known < this.#observers.length)
            this.#add(this.#observers[this.#known++]);
    }
    #add(observer) {
        if (observer.sent !== undefined)
            this.sent.push(observer);
        if (observer.persisted !== undefined)
            this.persisted.push(observer);
        if (observer.attested !== undefined)
            this.attested.push(observer);
        if (observer.executed !== undefined)
            this.executed.push(observer);
        if (observer.stable !== undefined)
            this.stable.push(observer);
        if (observer.viewChanged !== undefined)
            this.viewChanged.push(observer);
        if (observer.crashed !== undefined)
            this.crashed.push(observer);
        if (observer.restarted !== undefined)
            this.restarted.push(observer);
        if (observer.entered !== undefined)
            this.entered.push(observer);
        if (observer.stepped !== undefined)
            this.stepped.push(observer);
    }
}
//# sourceMappingURL=observer.js.map