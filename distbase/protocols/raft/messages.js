/** Raft's messages (figure 2 of the paper) and log records, and their shapes on the wire and on disk. */
import { MAX_VALIDATORS } from '../../core/limits.js';
import { attested, bool, digest, list, uint } from '../../core/schema.js';
export const messages = {
    // Replicas may crash here and none lies, so the leader's word vouches for what it sends.
    append: {
        tag: 1,
        signed: 'vote',
        role: 'proposal',
        batch: true,
        vouched: true,
        fields: {
            epoch: uint(),
            term: uint(),
            sequence: uint(),
            entryTerm: uint(),
            previousTerm: uint(),
            commit: uint(),
            digest,
        },
    },
    heartbeat: {
        tag: 2,
        signed: 'vote',
        fields: {
            epoch: uint(),
            term: uint(),
            round: uint(),
            last: uint(),
            lastTerm: uint(),
            commit: uint(),
            stable: uint(),
            base: uint(),
        },
    },
    commit: { tag: 3, signed: 'vote', fields: { epoch: uint(), term: uint(), commit: uint() } },
    appended: {
        tag: 4,
        signed: 'vote',
        role: 'vote',
        first: 'one',
        fields: {
            epoch: uint(),
            term: uint(),
            match: uint(),
            last: uint(),
            lastTerm: uint(),
            round: uint(),
            missing: bool,
            stable: uint(),
        },
    },
    'vote-request': {
        tag: 5,
        signed: 'vote',
        role: 'view-change',
        fields: { epoch: uint(), term: uint(), pre: bool, last: uint(), lastTerm: uint() },
    },
    vote: {
        tag: 6,
        signed: 'vote',
        first: 'one',
        fields: { epoch: uint(), term: uint(), pre: bool, granted: bool },
    },
    checkpoint: {
        tag: 7,
        signed: 'always',
        fields: { epoch: uint(), sequence: uint(), digest, entryTerm: uint(), term: uint() },
    },
};
export const records = {
    term: { tag: 1, signed: 'vote', fields: { term: uint(), vote: uint() } },
    entry: {
        tag: 2,
        signed: 'vote',
        batch: true,
        fields: { sequence: uint(), term: uint(), digest },
    },
    base: { tag: 3, signed: 'vote', fields: { sequence: uint(), term: uint() } },
    certificate: {
        tag: 4,
        signed: 'vote',
        fields: { sequence: uint(), digest, votes: list(attested('checkpoint'), MAX_VALIDATORS) },
    },
    attested: { tag: 5, signed: 'vote', fields: { attested: attested('checkpoint') } },
};
//# sourceMappingURL=messages.js.map