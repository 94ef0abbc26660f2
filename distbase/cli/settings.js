/** Checks a YAML or JSON text against a table of rules. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { LockstepError } from '../core/errors.js';
import { defaultOf, describeRule } from './rules.js';
import { didYouMean } from './suggest.js';
class Checker {
    #code;
    #file;
    #lines;
    /** Whether a missing key takes its default, or is an error. */
    #defaults;
    constructor(code, file, lines, defaults) {
        this.#code = code;
        this.#file = file;
        this.#lines = lines;
        this.#defaults = defaults;
    }
    fail(node, message) {
        const line = node?.range ? `:${this.#lines.linePos(node.range[0]).line}` : '';
        throw new LockstepError(this.#code, `${this.#file}${line}: ${message}`);
    }
    value(rule, node, path) {
        switch (rule.kind) {
            case 'group':
                return this.#group(rule.keys, node, path);
            case 'map': {
                const out = {};
                for (const [key, child] of this.#pairs(node, path))
                    out[key.name] = this.value(rule.of, child, join(path, key.name));
                return out;
            }
            case 'list': {
                if (!isSeq(node))
                    return this.fail(node, `${path} must be a list`);
                if (node.items.length > rule.max)
                    this.fail(node, `${path} must be ${describeRule(rule)}`);
                return node.items.map((item, i) => this.value(rule.of, item, `${path}[${i}]`));
            }
            case 'open':
                return isMap(node) ? node.toJSON() : this.fail(node, `${path} must be a group of keys`);
            default: {
                const value = isScalar(node) ? node.value : undefined;
                if (accepts(rule, value))
                    return value;
                return this.fail(node, `${path} must be ${describeRule(rule)}${shown(value)}`);
            }
        }
    }
    #pairs(node, path) {
        // An empty file, or a key with nothing after it, is an empty group.
        if (node === null || (isScalar(node) && node.value === null))
            return [];
        if (!isMap(node))
            return this.fail(node, `${path || 'the file'} must hold keys and values`);
        return node.items.map((pair) => {
            const key = pair.key;
            if (!isScalar(key))
                return this.fail(key, `${path || 'the file'} has a key that is not a word`);
            return [{ name: String(key.value), node: key }, pair.value];
        });
    }
    #group(rules, node, path) {
        const out = {};
        for (const [key, child] of this.#pairs(node, path)) {
            const rule = Object.hasOwn(rules, key.name) ? rules[key.name] : undefined;
            const where = join(path, key.name);
            if (!rule) {
                const known = Object.keys(rules);
                this.fail(key.node, `unknown key ${where}${didYouMean(key.name, known, (name) => join(path, name))}`);
            }
            out[key.name] = this.value(rule, child, where);
        }
        for (const [name, rule] of Object.entries(rules)) {
            if (Object.hasOwn(out, name) || ('optional' in rule && rule.optional))
                continue;
            const fallback = this.#defaults ? defaultOf(rule) : undefined;
            if (fallback === undefined)
                this.fail(node, `${join(path, name)} is missing; it must be ${describeRule(rule)}`);
            out[name] = fallback;
        }
        return out;
    }
}
const join = (path, key) => (path === '' ? key : `${path}.${key}`);
function shown(value) {
    if (value === undefined)
        return '';
    const text = JSON.stringify(value) ?? String(value);
    return `, not ${text.length > 40 ? `${text.slice(0, 40)}…` : text}`;
}
function accepts(rule, value) {
    switch (rule.kind) {
        case 'integer':
            return Number.isSafeInteger(value) && value >= rule.min && value <= rule.max;
        case 'number':
            return Number.isFinite(value) && value >= rule.min && value <= rule.max;
        case 'integer-or':
            if (value === rule.word)
                return true;
            return Number.isSafeInteger(value) && value >= rule.min && value <= rule.max;
        case 'boolean':
            return typeof value === 'boolean';
        case 'string':
            return typeof value === 'string' && (rule.pattern?.test(value) ?? true);
        case 'choice':
            return typeof value === 'string' && rule.of.includes(value);
        default:
            return false;
    }
}
/**
 * Checks a YAML (or JSON) text against a table. Throws `LockstepError(code)` with `file:line` and what to do.
 * `defaults` false makes every key mandatory.
 */
export function checkText(text, rules, { file, code, defaults }) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: false });
    const checker = new Checker(code, file, lines, defaults);
    const error = document.errors[0];
    if (error) {
        const line = lines.linePos(error.pos[0]).line;
        throw new LockstepError(code, `${file}:${line}: ${error.message}`);
    }
    return checker.value({ kind: 'group', keys: rules, doc: '' }, document.contents, '');
}
//# sourceMappingURL=settings.js.map