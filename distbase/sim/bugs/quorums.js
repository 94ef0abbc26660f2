/** A mistake of counting, as the pattern for the others. */
import { meddled } from '../bug-kit.js';
export const bugs = [
    {
        name: 'quorum-2f',
        doc: 'A quorum is 2f instead of ⌈(n + f + 1) / 2⌉.',
        plant: (parts) => ({
            ...parts,
            protocol: meddled(parts.protocol, ({ n }) => ({
                created(state) {
                    state.quorum = 2 * Math.floor((n - 1) / 3);
                },
            })),
        }),
    },
];
//# sourceMappingURL=quorums.js.map