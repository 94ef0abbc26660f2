/** Reads a command's arguments by its declaration. */
import { parseArgs } from 'node:util';
import { LockstepError } from '../core/errors.js';
import { didYouMean } from './suggest.js';
function badFlag(command, message) {
    return new LockstepError('bad-flag', `${message} (see \`lockstep ${command} --help\`)`);
}
/**
 * `--json` may stand alone or have a file after it, which `parseArgs` cannot say: it is taken out first. Where a
 * command takes words as well, only a name that ends in .json is the file.
 */
function takeJson(args, takesWords) {
    const rest = [];
    let json;
    for (let i = 0; i < args.length; i++) {
        const arg = args[i];
        if (arg === '--') {
            rest.push(...args.slice(i));
            break;
        }
        if (arg === '--json') {
            const next = args[i + 1];
            const isFile = next !== undefined && (takesWords ? next.endsWith('.json') : !next.startsWith('-'));
            const file = isFile ? next : undefined;
            json = file ?? '-';
            if (file !== undefined)
                i++;
        }
        else if (arg.startsWith('--json='))
            json = arg.slice('--json='.length) || '-';
        else
            rest.push(arg);
    }
    return { rest, json };
}
function readNumber(command, name, option, text) {
    const value = /^-?(\d+\.?\d*|\.\d+)(e\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
    const whole = option.kind === 'number' || Number.isSafeInteger(value);
    if (!whole || !(value >= option.min && value <= option.max)) {
        const unit = option.unit ? ` ${option.unit}` : '';
        const what = option.kind === 'integer' ? 'a whole number' : 'a number';
        throw badFlag(command, `--${name} must be ${what} from ${option.min} to ${option.max}${unit}, not "${text}"`);
    }
    return value;
}
function readChoice(command, name, of, text) {
    if (of.includes(text))
        return text;
    throw badFlag(command, `--${name} must be one of ${of.join(', ')}, not "${text}"`);
}
function readOption(command, name, option, given) {
    switch (option.kind) {
        case 'flag':
            return given === true;
        case 'texts':
            return given ?? [];
        case 'text':
            return given ?? option.default;
        case 'choice':
            return given === undefined ? option.default : readChoice(command, name, option.of, given);
        case 'choices':
            if (given === undefined)
                return option.default;
            return given.split(',').map((part) => readChoice(command, name, option.of, part.trim()));
        case 'integer':
        case 'number':
            return given === undefined ? option.default : readNumber(command, name, option, given);
    }
}
/** Reads a command's arguments. Throws `bad-flag` with one line that says what to do. */
export function readArguments(command, args) {
    const { name, options } = command;
    const { rest, json } = takeJson(args, (command.words ?? 0) > 0);
    if (json !== undefined && !command.json)
        throw badFlag(name, `lockstep ${name} has no --json`);
    const config = Object.fromEntries(Object.entries(options).map(([key, option]) => [
        key,
        {
            type: option.kind === 'flag' ? 'boolean' : 'string',
            ...(option.kind === 'texts' && { multiple: true }),
            ...(option.short !== undefined && { short: option.short }),
        },
    ]));
    const { tokens } = parseArgs({
        args: rest,
        options: config,
        strict: false,
        tokens: true,
        allowPositionals: true,
    });
    const given = {};
    const words = [];
    for (const token of tokens) {
        if (token.kind === 'positional')
            words.push(token.value);
        if (token.kind !== 'option')
            continue;
        const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
        if (!option) {
            const known = [...Object.keys(options), ...(command.json ? ['json'] : []), 'help'];
            throw badFlag(name, `unknown flag ${token.rawName}${didYouMean(token.name, known, (flag) => `--${flag}`)}`);
        }
        if (option.kind === 'flag') {
            if (token.value !== undefined)
                throw badFlag(name, `--${token.name} takes no value`);
            given[token.name] = true;
            continue;
        }
        // A value that looks like a flag is a forgotten value, unless it was written with `=`.
        const missing = token.value === undefined || (!token.inlineValue && /^--?[a-z]/i.test(token.value));
        if (missing)
            throw badFlag(name, `--${token.name} needs a value (${option.value ?? 'VALUE'})`);
        if (option.kind === 'texts')
            given[token.name] = [...(given[token.name] ?? []), token.value];
        else
            given[token.name] = token.value;
    }
    const most = command.words ?? 0;
    if (words.length > most) {
        throw badFlag(name, `unexpected "${words[most]}"${most === 0 ? `; lockstep ${name} takes flags only` : ''}`);
    }
    const values = {};
    for (const [key, option] of Object.entries(options))
        values[key] = readOption(name, key, option, given[key]);
    return { values: values, words, json };
}
//# sourceMappingURL=arguments.js.map