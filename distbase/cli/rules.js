/**
 * A file's keys said once: type, unit, range, default and documentation. Checking (`settings.ts`), the comments of a
 * file that we write, and the reference in `--help` all come from the same table.
 */
/** What a rule accepts, for a person. */
export function describeRule(rule) {
    const unit = 'unit' in rule && rule.unit ? ` ${rule.unit}` : '';
    switch (rule.kind) {
        case 'integer':
        case 'number':
            return `${rule.kind === 'integer' ? 'a whole number' : 'a number'} from ${rule.min} to ${rule.max}${unit}`;
        case 'integer-or':
            return `"${rule.word}" or a whole number from ${rule.min} to ${rule.max}${unit}`;
        case 'boolean':
            return 'true or false';
        case 'string':
            return rule.shape ?? 'text';
        case 'choice':
            return `one of ${rule.of.join(', ')}`;
        case 'list':
            return `a list of at most ${rule.max}`;
        case 'group':
        case 'map':
        case 'open':
            return 'a group of keys';
    }
}
/** What a key has when the file does not name it; undefined where the file must. */
export function defaultOf(rule) {
    switch (rule.kind) {
        case 'group': {
            const out = {};
            for (const [name, inner] of Object.entries(rule.keys)) {
                const value = defaultOf(inner);
                if (value === undefined)
                    return undefined;
                out[name] = value;
            }
            return out;
        }
        case 'map':
            return {};
        case 'list':
        case 'open':
            return undefined;
        default:
            return rule.default;
    }
}
//# sourceMappingURL=rules.js.map