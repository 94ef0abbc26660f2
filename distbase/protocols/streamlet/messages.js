/** Streamlet's messages (Chan & Shi 2020, §3) and log records, and their shapes on the wire and on disk. */
import { MAX_VALIDATORS } from '../../core/limits.js';
import { attested, bool, digest, list, uint } from '../../core/schema.js';
/** A day: a round longer than that says nothing. */
const MAX_DELAY_MS = 86_400_000;
const common = {
    epoch: uint(),
    round: uint(),
    parent: uint(),
    height: uint(),
    sequence: uint(),
    delayMs: uint(MAX_DELAY_MS),
};
// Proposals and votes are echoed, so they are signed under every setting.
export const messages = {
    proposal: { tag: 1, signed: 'always', role: 'proposal', batch: true, fields: { ...common, digest } },
    tail: { tag: 2, signed: 'always', role: 'proposal', fields: { ...common, digest } },
    vote: { tag: 3, signed: 'always', role: 'vote', fields: { ...common, digest } },
    checkpoint: { tag: 4, signed: 'always', fields: { epoch: uint(), sequence: uint(), digest } },
    status: {
        tag: 5,
        signed: 'session',
        fields: {
            epoch: uint(),
            round: uint(),
            wants: uint(),
            voted: uint(),
            height: uint(),
            gap: uint(),
            delivered: uint(),
            stable: uint(),
        },
    },
    fetch: { tag: 6, signed: 'session', role: 'fetch', fields: { epoch: uint(), round: uint(), bytes: bool } },
    fetched: {
        tag: 7,
        signed: 'session',
        first: 'one',
        batch: true,
        vouched: true,
        fields: { epoch: uint(), round: uint(), digest },
    },
};
export const records = {
    batch: { tag: 1, signed: 'vote', batch: true, fields: { sequence: uint(), digest } },
    notarised: { tag: 2, signed: 'vote', fields: { votes: list(attested('vote'), MAX_VALIDATORS) } },
    stable: {
        tag: 3,
        signed: 'vote',
        fields: { sequence: uint(), digest, certificate: list(attested('checkpoint'), MAX_VALIDATORS) },
    },
    attested: {
        tag: 4,
        signed: 'vote',
        fields: { attested: attested('proposal', 'tail', 'vote', 'checkpoint') },
    },
};
//# sourceMappingURL=messages.js.map