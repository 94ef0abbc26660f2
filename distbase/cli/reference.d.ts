/** The keys of both files as text, for `--help`: from the tables that check them. */
/** `config.yaml`: every key with its range, unit and default. */
export declare const configReference: () => string;
/** `genesis.json`: the same. */
export declare const genesisReference: () => string;
//# sourceMappingURL=reference.d.ts.map