/** Mistakes about what a view change must carry over. */
import { NULL_DIGEST } from '../../core/ids.js';
import { quorumSize, weakQuorumSize } from '../../core/quorum.js';
import { RULES } from '../../protocols/pbft/rules.js';
import { meddled } from '../bug-kit.js';
import { plainRule } from '../models/view-change.js';
import { ruled } from './ruled.js';
const preparedDropped = {
    name: 'prepared-dropped',
    doc: 'A VIEW-CHANGE says what was pre-prepared, and leaves out what prepared.',
    plant: (parts) => ({
        ...parts,
        protocol: meddled(parts.protocol, () => ({
            effect: (effect) => effect.kind === 'attest' && effect.message.type === 'view-change'
                ? [{ ...effect, message: { ...effect.message, prepared: [] } }]
                : [effect],
        })),
    }),
};
/** Takes VIEW-CHANGEs for older views as if they were for this one, and gives the signed ones back on the way out. */
class Replays {
    #originals = new WeakMap();
    raise(attested, view) {
        if (attested.message.view >= view)
            return attested;
        const raised = { ...attested, message: { ...attested.message, view } };
        this.#originals.set(raised, attested);
        return raised;
    }
    raiseAll(attested) {
        const { message } = attested;
        const viewChanges = message.viewChanges.map((vc) => this.raise(vc, message.view));
        if (viewChanges.every((vc, i) => vc === message.viewChanges[i]))
            return attested;
        const raised = { ...attested, message: { ...message, viewChanges } };
        this.#originals.set(raised, attested);
        return raised;
    }
    original(attested) {
        return this.#originals.get(attested) ?? attested;
    }
}
const viewChangeReplayed = {
    name: 'view-change-replayed',
    doc: 'A VIEW-CHANGE for an older view counts for the present one.',
    plant: (parts) => {
        const replays = new Replays();
        const given = (attested) => attested.message.type === 'new-view' ? replays.raiseAll(attested) : attested;
        return {
            ...parts,
            protocol: meddled(parts.protocol, () => ({
                records: (records) => records.map((record) => record.type === 'attested' ? { ...record, attested: given(record.attested) } : record),
                before(event, state) {
                    if (event.kind !== 'message')
                        return event;
                    const { attested } = event;
                    if (attested.message.type === 'view-change' && !state.active && attested.from !== state.self) {
                        return { ...event, attested: replays.raise(attested, state.view) };
                    }
                    return { ...event, attested: given(attested) };
                },
                effect(effect) {
                    if (effect.kind === 'forward')
                        return [{ ...effect, attested: replays.original(effect.attested) }];
                    if (effect.kind === 'attest' && effect.message.type === 'new-view') {
                        const viewChanges = effect.message.viewChanges.map((vc) => replays.original(vc));
                        return [{ ...effect, message: { ...effect.message, viewChanges } }];
                    }
                    if (effect.kind === 'persist' && effect.record.type === 'attested') {
                        return [
                            { ...effect, record: { ...effect.record, attested: replays.original(effect.record.attested) } },
                        ];
                    }
                    return [effect];
                },
            })),
        };
    },
};
/** A rule for one slot, for every slot from the latest checkpoint on that f + 1 hold and q do not contradict. */
const bySlot = (rule) => (viewChanges, n) => {
    const from = latestCheckpoint(viewChanges, n);
    if (from === undefined)
        return undefined;
    let last = from.sequence;
    for (const { prepared } of viewChanges)
        for (const { sequence } of prepared)
            last = Math.max(last, sequence);
    const digests = [];
    for (let sequence = from.sequence + 1; sequence <= last; sequence++) {
        const here = (claim) => claim.sequence === sequence;
        const covering = viewChanges
            .filter((m) => m.stable < sequence)
            .map((m) => ({ ...m, prepared: m.prepared.filter(here), preprepared: m.preprepared.filter(here) }));
        const decision = rule(covering, n);
        if (decision === undefined)
            return undefined;
        digests.push(decision.digests[0] ?? NULL_DIGEST);
    }
    return { checkpoint: from, digests };
};
function latestCheckpoint(viewChanges, n) {
    let latest;
    for (const claim of viewChanges.flatMap((m) => m.checkpoints)) {
        if (latest !== undefined && claim.sequence <= latest.sequence)
            continue;
        const holders = viewChanges.filter((m) => m.checkpoints.some((c) => c.sequence === claim.sequence && c.digest === claim.digest));
        const notAbove = viewChanges.filter((m) => m.stable <= claim.sequence);
        if (holders.length >= weakQuorumSize(n) && notAbove.length >= quorumSize(n))
            latest = claim;
    }
    return latest;
}
const plainRuleOn = {
    name: 'plain-rule',
    doc: 'A view change follows the paper to the letter (A1, A2, B), which knows of no fast path.',
    plant: (parts) => ({
        ...parts,
        protocol: ruled(parts.protocol, { ...RULES, decide: bySlot(plainRule) }),
    }),
};
const fastPathIgnored = {
    name: 'fast-path-ignored',
    doc: 'A view change looks for prepared batches alone, and gives every slot away at which nobody shows one.',
    plant: (parts) => ({
        ...parts,
        protocol: ruled(parts.protocol, { ...RULES, decide: bySlot(preparedAlone) }),
    }),
};
/** A1 and A2 where they choose something; else the slot is free, without a look at what was pre-prepared. */
const preparedAlone = (viewChanges, n) => {
    const decision = plainRule(viewChanges, n);
    return decision ?? { checkpoint: viewChanges[0].checkpoints[0], digests: [] };
};
export const bugs = [preparedDropped, viewChangeReplayed, plainRuleOn, fastPathIgnored];
//# sourceMappingURL=view-changes.js.map