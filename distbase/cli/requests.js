/** What a person writes after `submit` and `query`, as the object that an application takes. */
import { LockstepError } from '../core/errors.js';
const COMMANDS = {
    kv: {
        put: { fields: ['key', 'value'] },
        delete: { fields: ['key'] },
        cas: { fields: ['key', 'expected', 'value'] },
    },
    ledger: { transfer: { fields: ['to', 'amount', 'memo?'], numbers: ['amount'] } },
};
const QUERIES = {
    kv: { get: { fields: ['key'] }, size: { fields: [] } },
    ledger: { balance: { fields: ['account?'] }, supply: { fields: [] } },
};
function mistake(message) {
    return new LockstepError('bad-flag', message);
}
function usage(op, { fields }) {
    const words = fields.map((name) => name.endsWith('?') ? `[${name.slice(0, -1).toUpperCase()}]` : name.toUpperCase());
    return [op, ...words].join(' ');
}
/** All forms of one kind, for `--help`. */
export function formsHelp(kind) {
    return Object.entries(kind === 'command' ? COMMANDS : QUERIES)
        .map(([app, forms]) => `  ${app.padEnd(8)}${Object.entries(forms)
        .map(([op, form]) => usage(op, form))
        .join(' | ')}`)
        .join('\n');
}
function parseJson(text) {
    try {
        const value = JSON.parse(text);
        if (typeof value === 'object' && value !== null && !Array.isArray(value))
            return value;
    }
    catch {
        // Said below.
    }
    throw mistake(`"${text.slice(0, 60)}" starts like JSON and is no JSON object`);
}
/**
 * The request of `put greeting hello`, or of one word that is a JSON object. Throws `bad-flag`; what a field may hold
 * is the application's to say.
 */
export function parseRequest(kind, app, words) {
    const [op, ...rest] = words;
    const forms = (kind === 'command' ? COMMANDS : QUERIES)[app] ?? {};
    const known = Object.entries(forms)
        .map(([name, form]) => usage(name, form))
        .join(' | ');
    if (op === undefined)
        throw mistake(`what to ${kind === 'command' ? 'submit' : 'ask'} is missing; the application ${app} takes: ${known}`);
    if (op.startsWith('{')) {
        if (rest.length > 0)
            throw mistake('after a JSON object there is nothing more to say');
        return parseJson(op);
    }
    const form = Object.hasOwn(forms, op) ? forms[op] : undefined;
    if (!form)
        throw mistake(`the application ${app} has no ${kind} "${op}"; it takes: ${known}`);
    const least = form.fields.filter((name) => !name.endsWith('?')).length;
    if (rest.length < least || rest.length > form.fields.length)
        throw mistake(`"${op}" is written: ${usage(op, form)}`);
    const request = { op };
    rest.forEach((word, i) => {
        const name = form.fields[i].replace('?', '');
        request[name] = form.numbers?.includes(name) ? Number(word) : word;
    });
    return request;
}
/** A result as JSON has it: bytes as hex. */
export function plainResult(value) {
    if (value instanceof Uint8Array)
        return { hex: Buffer.from(value).toString('hex') };
    if (Array.isArray(value))
        return value.map(plainResult);
    if (typeof value !== 'object' || value === null)
        return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainResult(inner)]));
}
//# sourceMappingURL=requests.js.map