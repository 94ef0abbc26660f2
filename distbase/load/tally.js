/** Counts of a run. */
export class Tally {
    submitted = 0;
    committed = 0;
    failed = 0;
    failures = {};
    fail(code) {
        this.failed++;
        this.failures[code] = (this.failures[code] ?? 0) + 1;
    }
    /** Submitted, and neither committed nor failed yet. */
    unsettled() {
        return this.submitted - this.committed - this.failed;
    }
    counts() {
        return { committed: this.committed, failed: this.failed };
    }
    result() {
        return {
            submitted: this.submitted,
            committed: this.committed,
            failed: this.failed,
            failures: this.failures,
        };
    }
    /** CPU time of this process since `cpuUsage()` gave `since`, in cores. */
    cores(since, elapsedMs) {
        const { user, system } = process.cpuUsage(since);
        return (user + system) / 1000 / elapsedMs;
    }
}
/** A failure's stable code, for counting. */
export function failureCode(error) {
    const { code } = error;
    return typeof code === 'string' ? code : error.name;
}
//# sourceMappingURL=tally.js.map