/** Writes `config.yaml`: every key with its documentation, range and default. */
import { stringify } from 'yaml';
import { CONFIG_RULES } from './config.js';
import { defaultOf, describeRule } from './rules.js';
function wrap(text, indent) {
    const lines = [];
    let line = '';
    for (const word of text.split(' ')) {
        if (line && line.length + word.length + indent.length > 96) {
            lines.push(line);
            line = '';
        }
        line += line ? ` ${word}` : word;
    }
    return [...lines, line].map((part) => `${indent}# ${part}\n`).join('');
}
function writeRules(rules, values, indent) {
    let out = '';
    for (const [name, rule] of Object.entries(rules)) {
        const value = values[name];
        if (indent === '' && out)
            out += '\n';
        out += wrap(rule.doc, indent);
        if (rule.kind === 'group') {
            out += `${indent}${name}:\n${writeRules(rule.keys, value, `${indent}  `)}`;
            continue;
        }
        const fallback = defaultOf(rule);
        if (rule.kind !== 'map') {
            const text = describeRule(rule);
            out += wrap(`${text[0].toUpperCase()}${text.slice(1)}. Default: ${String(fallback)}.`, indent);
        }
        out += stringify({ [name]: value }).replace(/^(?=.)/gm, indent);
    }
    return out;
}
/** `config.yaml` with every key, its documentation, range and default. */
export function formatConfig(config) {
    const head = '# A Lockstep validator’s own settings. What all validators agree on is in genesis.json.\n\n';
    return head + writeRules(CONFIG_RULES, config, '');
}
//# sourceMappingURL=config-text.js.map