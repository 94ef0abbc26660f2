/** Progress on standard error: one line that is rewritten in a terminal, a line now and then elsewhere. */

const EVERY_MS = 2_000;

export class Progress {
  private readonly terminal = process.stderr.isTTY === true;
  private shown = '';
  private lastMs = 0;
  private lastStep = '';

  /** `step` names what goes on; `detail` changes as it does. */
  update(step: string, detail = ''): void {
    const line = detail === '' ? step : `${step}: ${detail}`;
    if (this.terminal) {
      const width = Math.max(20, (process.stderr.columns || 80) - 1);
      this.shown = line.slice(0, width);
      process.stderr.write(`\r\x1b[K${this.shown}`);
      return;
    }
    const nowMs = performance.now();
    if (step === this.lastStep && nowMs - this.lastMs < EVERY_MS) return;
    this.lastMs = nowMs;
    this.lastStep = step;
    process.stderr.write(`${line}\n`);
  }

  /** Clears the line, for what stays. */
  clear(): void {
    if (this.terminal && this.shown !== '') process.stderr.write('\r\x1b[K');
    this.shown = '';
    this.lastStep = '';
  }
}
