/** HotStuff's messages and log records, and their shapes on the wire and on disk. */
import { MAX_VALIDATORS } from '../../core/limits.js';
import { attested, bool, certificate, digest, list, record, uint, } from '../../core/schema.js';
const header = { round: uint(), parent: uint(), sequence: uint(), digest };
const point = { epoch: uint(), sequence: uint(), digest };
/** Tails that a block may have: as many as the deepest rule set needs. */
const MAX_TAILS = 2;
export const messages = {
    // What a session carries first-hand and nobody forwards needs no signature: the vote inside a block has the leader's.
    block: {
        tag: 1,
        signed: 'session',
        role: 'proposal',
        batch: true,
        fields: { epoch: uint(), digest, tails: uint(MAX_TAILS), vote: attested('vote') },
    },
    vote: { tag: 2, signed: 'always', role: 'vote', fields: { epoch: uint(), ...header } },
    timeout: { tag: 3, signed: 'always', role: 'view-change', fields: { epoch: uint(), view: uint() } },
    'new-view': {
        tag: 4,
        signed: 'session',
        role: 'new-view',
        fields: {
            epoch: uint(),
            view: uint(),
            round: uint(),
            high: list(certificate('vote'), 1),
            timeouts: list(certificate('timeout'), 1),
        },
    },
    checkpoint: { tag: 5, signed: 'always', fields: point },
    status: {
        tag: 6,
        signed: 'session',
        fields: { epoch: uint(), view: uint(), left: bool, high: uint(), stable: uint(), delivered: uint() },
    },
    committed: { tag: 7, signed: 'session', fields: point },
    fetch: { tag: 8, signed: 'session', role: 'fetch', fields: point },
    ask: { tag: 10, signed: 'session', fields: { epoch: uint(), round: uint() } },
    ancestor: { tag: 11, signed: 'session', fields: { epoch: uint(), ...header } },
    fetched: { tag: 9, signed: 'session', batch: true, vouched: true, fields: point },
};
export const records = {
    batch: { tag: 1, signed: 'vote', batch: true, fields: { sequence: uint(), digest } },
    certified: {
        tag: 2,
        signed: 'vote',
        fields: { header: record(header), locked: uint(), certificate: list(certificate('vote'), 1) },
    },
    proposed: { tag: 3, signed: 'vote', fields: { round: uint(), tails: uint(MAX_TAILS) } },
    committed: { tag: 4, signed: 'vote', fields: { sequence: uint(), digest } },
    stable: {
        tag: 5,
        signed: 'vote',
        fields: { sequence: uint(), digest, certificate: list(attested('checkpoint'), MAX_VALIDATORS) },
    },
    entered: { tag: 7, signed: 'vote', fields: { certificate: certificate('timeout') } },
    attested: { tag: 6, signed: 'vote', fields: { attested: attested('vote', 'timeout', 'checkpoint') } },
};
//# sourceMappingURL=messages.js.map