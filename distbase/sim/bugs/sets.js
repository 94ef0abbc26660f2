/** Mistakes in how one validator set follows another. */
export const bugs = [
    {
        name: 'set-before-certified',
        doc: 'A change of the validator set takes effect where its checkpoint is executed, and not where it is certified.',
        plant: (parts) => ({ ...parts, ends: (at) => at === 'executed' }),
    },
];
//# sourceMappingURL=sets.js.map