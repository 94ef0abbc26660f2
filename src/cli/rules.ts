/**
 * A file's keys said once: type, unit, range, default and documentation. Checking (`settings.ts`), the comments of a
 * file that we write, and the reference in `--help` all come from the same table.
 */

interface Documented {
  readonly doc: string;
}

export type Rule =
  | (Documented & {
      readonly kind: 'integer' | 'number';
      readonly min: number;
      readonly max: number;
      readonly unit?: string;
      readonly default?: number;
    })
  | (Documented & { readonly kind: 'boolean'; readonly default?: boolean })
  | (Documented & {
      readonly kind: 'string';
      /** What the text must match, and how to say so. */
      readonly pattern?: RegExp;
      readonly shape?: string;
      readonly default?: string;
    })
  | (Documented & {
      readonly kind: 'choice';
      readonly of: readonly string[];
      readonly default?: string;
      readonly optional?: true;
    })
  /** An integer in a range, or one word that stands for “decide yourself”. */
  | (Documented & {
      readonly kind: 'integer-or';
      readonly word: string;
      readonly min: number;
      readonly max: number;
      readonly unit?: string;
      readonly default: number | string;
    })
  /** Optional: a file without it is as good, and nothing is put in its place. */
  | (Documented & { readonly kind: 'group'; readonly keys: Rules; readonly optional?: true })
  /** Names of the file's own choice, each with a value by the same rule. */
  | (Documented & { readonly kind: 'map'; readonly of: Rule })
  | (Documented & { readonly kind: 'list'; readonly of: Rule; readonly max: number })
  /** Somebody else checks what is inside. */
  | (Documented & { readonly kind: 'open'; readonly optional?: true });

export type Rules = { readonly [key: string]: Rule };

/** What a rule accepts, for a person. */
export function describeRule(rule: Rule): string {
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
export function defaultOf(rule: Rule): unknown {
  switch (rule.kind) {
    case 'group': {
      const out: Record<string, unknown> = {};
      for (const [name, inner] of Object.entries(rule.keys)) {
        const value = defaultOf(inner);
        if (value === undefined) return undefined;
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
