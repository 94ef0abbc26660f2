/** The keys of both files as text, for `--help`: from the tables that check them. */
import { CONFIG_RULES } from './config.js';
import { GENESIS_RULES } from './genesis.js';
import { columns } from './help.js';
import { defaultOf, describeRule } from './rules.js';
function rows(rules, path) {
    const out = [];
    for (const [name, rule] of Object.entries(rules)) {
        const key = path ? `${path}.${name}` : name;
        if (rule.kind === 'group') {
            out.push(...rows(rule.keys, key));
            continue;
        }
        const fallback = defaultOf(rule);
        const shown = fallback === undefined || typeof fallback === 'object' ? '' : ` Default: ${String(fallback)}.`;
        const what = describeRule(rule);
        out.push([key, `${rule.doc} ${what[0].toUpperCase()}${what.slice(1)}.${shown}`]);
    }
    return out;
}
/** `config.yaml`: every key with its range, unit and default. */
export const configReference = () => columns(rows(CONFIG_RULES, ''));
/** `genesis.json`: the same. */
export const genesisReference = () => columns(rows(GENESIS_RULES, ''));
//# sourceMappingURL=reference.js.map