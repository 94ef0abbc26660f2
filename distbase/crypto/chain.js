/** A chain's identity: the digest of its genesis. */
import { invariant } from '../core/assert.js';
import { toHex } from '../core/bytes.js';
/** JSON without white space whose objects have their keys in code-unit order, so that equal values are equal bytes. */
export function canonicalJson(value) {
    if (Array.isArray(value))
        return `[${value.map(canonicalJson).join(',')}]`;
    if (typeof value === 'object' && value !== null) {
        const record = value;
        const keys = Object.keys(record)
            .filter((key) => record[key] !== undefined)
            .sort();
        return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(record[key])}`).join(',')}}`;
    }
    return JSON.stringify(value ?? null);
}
/** The genesis with its identity: id = H('genesis', UTF-8 of `canonicalJson(genesis)`), by the hash that it names. */
export function chainOf(genesis, hasher) {
    invariant(hasher.name === genesis.hash, 'a genesis is hashed by the hash that it names');
    const id = hasher.hash('genesis', new TextEncoder().encode(canonicalJson(genesis)));
    return { genesis, id, idHex: toHex(id) };
}
//# sourceMappingURL=chain.js.map