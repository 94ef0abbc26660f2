/** Mistakes in Streamlet's rules. */
import { maxFaulty } from '../../core/quorum.js';
import { RULES } from '../../protocols/streamlet/rules.js';
import { Streamlet } from '../../protocols/streamlet/streamlet.js';
const ruledBy = (rules) => (parts) => ({
    ...parts,
    protocol: {
        ...parts.protocol,
        create: (config, log, nowMs, out) => new Streamlet(config, log, nowMs, out, { ...RULES, ...rules }),
    },
});
export const bugs = [
    {
        name: 'streamlet-off-longest-chain',
        doc: 'A vote asks that the parent is notarised, and not that no longer chain is.',
        plant: ruledBy({
            mayVote: (block, parent, _longest, voted) => block.round > voted && block.round > parent.round && block.height === parent.height + 1,
        }),
    },
    {
        name: 'streamlet-two-in-a-row',
        doc: 'Two blocks of consecutive rounds finalise the first of them.',
        plant: ruledBy({
            finalises: (_first, second, third) => third.parent === second.round && third.round === second.round + 1,
        }),
    },
    {
        name: 'streamlet-rounds-not-consecutive',
        doc: 'Three blocks of one chain finalise the second, whatever their rounds.',
        plant: ruledBy({
            finalises: (first, second, third) => second.parent === first.round && third.parent === second.round,
        }),
    },
    {
        name: 'streamlet-votes-again',
        doc: 'A replica that restarts forgets in which round it voted.',
        plant: (parts) => ({
            ...parts,
            protocol: {
                ...parts.protocol,
                create: (config, log, nowMs, out) => {
                    const kept = [...log].filter((record) => record.type !== 'attested' || record.attested.message.type !== 'vote');
                    return new Streamlet(config, kept, nowMs, out);
                },
            },
        }),
    },
    {
        name: 'streamlet-quorum-2f',
        doc: 'A block is notarised by 2f votes.',
        plant: ruledBy({ quorum: (n) => 2 * maxFaulty(n) }),
    },
];
//# sourceMappingURL=streamlet.js.map