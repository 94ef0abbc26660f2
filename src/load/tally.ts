/** Counts of a run. */

export class Tally {
  submitted = 0;
  committed = 0;
  failed = 0;
  readonly failures: Record<string, number> = {};

  fail(code: string): void {
    this.failed++;
    this.failures[code] = (this.failures[code] ?? 0) + 1;
  }

  /** Submitted, and neither committed nor failed yet. */
  unsettled(): number {
    return this.submitted - this.committed - this.failed;
  }

  counts(): { committed: number; failed: number } {
    return { committed: this.committed, failed: this.failed };
  }

  result(): { submitted: number; committed: number; failed: number; failures: Record<string, number> } {
    return {
      submitted: this.submitted,
      committed: this.committed,
      failed: this.failed,
      failures: this.failures,
    };
  }

  /** CPU time of this process since `cpuUsage()` gave `since`, in cores. */
  cores(since: NodeJS.CpuUsage, elapsedMs: number): number {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000 / elapsedMs;
  }
}

/** A failure's stable code, for counting. */
export function failureCode(error: Error): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
