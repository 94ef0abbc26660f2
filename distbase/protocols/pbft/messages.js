/** PBFT's messages (Castro & Liskov, TOCS 2002, §4) and log records, and their shapes on the wire and on disk. */
import { MAX_PREPREPARED_PER_SLOT, MAX_VALIDATORS, MAX_WINDOW } from '../../core/limits.js';
import { attested, bool, digest, list, record, uint } from '../../core/schema.js';
const slotFields = { epoch: uint(), view: uint(), sequence: uint(), digest };
const pointFields = { epoch: uint(), sequence: uint(), digest };
const claim = record({ view: uint(), sequence: uint(), digest });
// A lagging replica may hold two windows of slots: its own and the one that a new view moved it to.
const MAX_PREPARED_CLAIMS = 2 * MAX_WINDOW;
const MAX_PREPREPARED_CLAIMS = MAX_PREPARED_CLAIMS * MAX_PREPREPARED_PER_SLOT;
export const messages = {
    'pre-prepare': { tag: 1, signed: 'vote', role: 'proposal', batch: true, fields: slotFields },
    prepare: { tag: 2, signed: 'vote', role: 'vote', fields: slotFields },
    commit: { tag: 3, signed: 'vote', role: 'commit-vote', fields: slotFields },
    checkpoint: { tag: 4, signed: 'always', fields: pointFields },
    'view-change': {
        tag: 5,
        signed: 'always',
        role: 'view-change',
        fields: {
            epoch: uint(),
            view: uint(),
            stable: uint(),
            checkpoints: list(record({ sequence: uint(), digest }), MAX_WINDOW + 1),
            prepared: list(claim, MAX_PREPARED_CLAIMS),
            preprepared: list(claim, MAX_PREPREPARED_CLAIMS),
        },
    },
    'new-view': {
        tag: 6,
        signed: 'always',
        role: 'new-view',
        fields: { epoch: uint(), view: uint(), viewChanges: list(attested('view-change'), MAX_VALIDATORS) },
    },
    status: {
        tag: 7,
        signed: 'vote',
        fields: { epoch: uint(), view: uint(), active: bool, asked: uint(), stable: uint(), delivered: uint() },
    },
    committed: { tag: 8, signed: 'vote', fields: pointFields },
    fetch: { tag: 9, signed: 'vote', role: 'fetch', fields: pointFields },
    fetched: { tag: 10, signed: 'vote', batch: true, vouched: true, fields: pointFields },
};
const claimFields = { view: uint(), sequence: uint(), digest };
export const records = {
    batch: { tag: 1, signed: 'vote', batch: true, fields: { sequence: uint(), digest } },
    'pre-prepare': { tag: 2, signed: 'vote', fields: claimFields },
    prepared: { tag: 3, signed: 'vote', fields: claimFields },
    committed: { tag: 4, signed: 'vote', fields: claimFields },
    stable: {
        tag: 5,
        signed: 'vote',
        fields: { sequence: uint(), digest, certificate: list(attested('checkpoint'), MAX_VALIDATORS) },
    },
    attested: {
        tag: 6,
        signed: 'vote',
        fields: { attested: attested('checkpoint', 'view-change', 'new-view') },
    },
};
//# sourceMappingURL=messages.js.map