/** A chain's identity: the digest of its genesis. */
import type { Chain, Genesis } from '../core/genesis.ts';
import type { Hasher } from './hash.ts';
/** JSON without white space whose objects have their keys in code-unit order, so that equal values are equal bytes. */
export declare function canonicalJson(value: unknown): string;
/** The genesis with its identity: id = H('genesis', UTF-8 of `canonicalJson(genesis)`), by the hash that it names. */
export declare function chainOf(genesis: Genesis, hasher: Hasher): Chain;
//# sourceMappingURL=chain.d.ts.map