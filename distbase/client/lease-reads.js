/** Reads that the leader answers by itself: finds it, asks it, and gives up soon where there is none with a lease. */
/** Validators asked for one read: one that we guess, the leader that it names, and the one that this one names. */
const MAX_HOPS = 3;
/** How long one of them may take, ms. */
const PATIENCE_MS = 500;
export class LeaseReads {
    links;
    questions;
    /** Who answered the last one. */
    leader;
    constructor(links, questions) {
        this.links = links;
        this.questions = questions;
    }
    /** The answer, or undefined where nobody with a lease was found. */
    async read(payload, timeoutMs) {
        const startedMs = performance.now();
        let link = this.leader?.ready ? this.leader : this.links.find(({ ready }) => ready);
        for (let hop = 0; hop < MAX_HOPS && link !== undefined; hop++) {
            const leftMs = timeoutMs - (performance.now() - startedMs);
            if (leftMs <= 0)
                return undefined;
            const answer = await this.questions.lease(link, payload, Math.min(leftMs, PATIENCE_MS));
            if (answer === undefined)
                break;
            if ('result' in answer) {
                this.leader = link;
                const { sequence, result } = answer;
                return { sequence, result: result.slice(), latencyMs: performance.now() - startedMs };
            }
            const asked = link;
            link = this.links.find(({ ready, validator }) => ready && validator === answer.leader);
            if (link === asked)
                break;
        }
        this.leader = undefined;
        return undefined;
    }
}
//# sourceMappingURL=lease-reads.js.map