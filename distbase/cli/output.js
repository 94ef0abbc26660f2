/** What commands print: one JSON object, tables, progress. */
import { writeFileSync } from 'node:fs';
import { LockstepError } from '../core/errors.js';
/** Progress and remarks: never on standard output, which may be JSON that somebody reads. */
export function note(line) {
    process.stderr.write(`${line}\n`);
}
/** Writes a `--json` object: `-` is standard output. Throws `bad-flag` where the file cannot be written. */
export function writeJson(target, value) {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    if (target === '-') {
        process.stdout.write(text);
        return;
    }
    try {
        writeFileSync(target, text);
    }
    catch (error) {
        throw new LockstepError('bad-flag', `--json ${target} cannot be written: ${error.message}`);
    }
}
/** A plain table; columns are as wide as their widest cell. */
export function table(head, rows, align = head.map((_, i) => (i === 0 ? 'left' : 'right'))) {
    const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
    const line = (cells) => cells
        .map((cell, i) => (align[i] === 'right' ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join('  ')
        .trimEnd();
    return [line(head), widths.map((width) => '─'.repeat(width)).join('──'), ...rows.map(line)].join('\n');
}
//# sourceMappingURL=output.js.map