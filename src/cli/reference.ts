/** The keys of both files as text, for `--help`: from the tables that check them. */

import { CONFIG_RULES } from './config.ts';
import { GENESIS_RULES } from './genesis.ts';
import { columns } from './help.ts';
import { defaultOf, describeRule, type Rules } from './rules.ts';

function rows(rules: Rules, path: string): [string, string][] {
  const out: [string, string][] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const key = path ? `${path}.${name}` : name;
    if (rule.kind === 'group') {
      out.push(...rows(rule.keys, key));
      continue;
    }
    const fallback = defaultOf(rule);
    const shown =
      fallback === undefined || typeof fallback === 'object' ? '' : ` Default: ${String(fallback)}.`;
    const what = describeRule(rule);
    out.push([key, `${rule.doc} ${what[0]!.toUpperCase()}${what.slice(1)}.${shown}`]);
  }
  return out;
}

/** `config.yaml`: every key with its range, unit and default. */
export const configReference = (): string => columns(rows(CONFIG_RULES, ''));

/** `genesis.json`: the same. */
export const genesisReference = (): string => columns(rows(GENESIS_RULES, ''));
