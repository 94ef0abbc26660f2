/** Progress on standard error: one line that is rewritten in a terminal, a line now and then elsewhere. */
const EVERY_MS = 2_000;
export class Progress {
    terminal = process.stderr.isTTY === true;
    shown = '';
    lastMs = 0;
    lastStep = '';
    /** `step` names what goes on; `detail` changes as it does. */
    update(step, detail = '') {
        const line = detail === '' ? step : `${step}: ${detail}`;
        if (this.terminal) {
            const width = Math.max(20, (process.stderr.columns || 80) - 1);
            this.shown = line.slice(0, width);
            process.stderr.write(`\r\x1b[K${this.shown}`);
            return;
        }
        const nowMs = performance.now();
        if (step === this.lastStep && nowMs - this.lastMs < EVERY_MS)
            return;
        this.lastMs = nowMs;
        this.lastStep = step;
        process.stderr.write(`${line}\n`);
    }
    /** Clears the line, for what stays. */
    clear() {
        if (this.terminal && this.shown !== '')
            process.stderr.write('\r\x1b[K');
        this.shown = '';
        this.lastStep = '';
    }
}
//# sourceMappingURL=progress.js.map