/** The text of `--help`, from a command's declaration. */
const WIDTH = 100;
/**
 * Breaks a text into lines of at most `width` at its spaces; line breaks in it stay. An indented line with a gap is
 * a row of a table and goes on under its second column; any other indented line is an example, and left alone.
 */
export function wrapText(text, width, indent = '') {
    const out = [];
    for (const paragraph of text.split('\n')) {
        const start = /^ +\S.*? {2,}/.exec(paragraph)?.[0] ?? '';
        if (paragraph.length <= width || (start === '' && paragraph.startsWith(' '))) {
            out.push(paragraph);
            continue;
        }
        const hang = ' '.repeat(start.length);
        let line = start;
        for (const word of paragraph.slice(start.length).split(' ')) {
            if (line.length > start.length && line.length + 1 + word.length > width) {
                out.push(line);
                line = hang;
            }
            line += line.length > start.length ? ` ${word}` : word;
        }
        out.push(line);
    }
    return out.map((line) => (line ? indent + line : line)).join('\n');
}
function signature(name, option) {
    const short = option.short ? `-${option.short}, ` : '';
    if (option.kind === 'flag')
        return `${short}--${name}`;
    const fallback = {
        text: 'TEXT',
        texts: 'TEXT',
        integer: 'N',
        number: 'N',
        choice: 'NAME',
        choices: 'NAME,…',
    };
    return `${short}--${name} ${option.value ?? fallback[option.kind]}`;
}
function details(option) {
    const parts = [];
    if (option.kind === 'choice')
        parts.push(`One of ${option.of.join(', ')}.`);
    if (option.kind === 'choices')
        parts.push(`Some of ${option.of.join(', ')}, separated by commas.`);
    if (option.kind === 'texts')
        parts.push('May be given several times.');
    if ('unit' in option && option.unit)
        parts.push(`In ${option.unit}.`);
    if ('default' in option && option.default !== undefined)
        parts.push(`Default: ${String(option.default)}.`);
    return [option.doc, ...parts].join(' ');
}
/** Two columns: what is written, and what it means. */
export function columns(rows) {
    const left = Math.min(30, Math.max(...rows.map(([first]) => first.length)) + 4);
    const lines = rows.map(([first, second]) => {
        const text = wrapText(second, WIDTH - left)
            .split('\n')
            .join(`\n${' '.repeat(left)}`);
        const head = `  ${first}`;
        return head.length < left ? head.padEnd(left) + text : `${head}\n${' '.repeat(left)}${text}`;
    });
    return lines.join('\n');
}
export function commandHelp(command) {
    const rows = Object.entries(command.options).map(([name, option]) => [
        signature(name, option),
        details(option),
    ]);
    if (command.json) {
        rows.push([
            '--json [FILE]',
            'Print one JSON object on standard output (progress goes to standard error), or write it to a file.',
        ]);
    }
    rows.push(['-h, --help', 'Show this.']);
    const usage = command.usage ? `${command.usage} ` : '';
    return `lockstep ${command.name}: ${command.summary}

Usage: lockstep ${command.name} ${usage}${usage.includes('[flags]') ? '' : '[flags]'}

${wrapText(command.help.trim(), WIDTH)}

Flags:
${columns(rows)}
`;
}
//# sourceMappingURL=help.js.map