/** Flags that `bench` and `demo` share. */
import { LockstepError } from '../../core/errors.js';
import { MAX_VALIDATORS } from '../../core/limits.js';
import { MIN_VALIDATORS } from '../../core/quorum.js';
import { protocolByName } from '../../protocols/registry.js';
import { AUTH_SETTINGS, defaultParameters, PROTOCOLS, refusedSize } from '../genesis.js';
import { note } from '../output.js';
export const CLUSTER_OPTIONS = {
    validators: {
        kind: 'integer',
        min: 0,
        max: MAX_VALIDATORS,
        default: 4,
        doc: `How many processes; at least ${MIN_VALIDATORS}, or 1 where the protocol tolerates crashes only.`,
    },
    protocol: { kind: 'choice', of: PROTOCOLS, default: 'pbft', doc: 'The consensus protocol.' },
    'tx-auth': {
        kind: 'choice',
        of: ['ed25519', 'ml-dsa-87'],
        default: 'ed25519',
        doc: 'What clients sign transactions with.',
    },
    payload: {
        kind: 'integer',
        value: 'BYTES',
        min: 0,
        max: 100_000,
        unit: 'bytes',
        default: 64,
        doc: 'Length of the value that each transaction writes.',
    },
    clients: {
        kind: 'integer',
        min: 1,
        max: 256,
        default: 4,
        doc: 'Clients of a throughput run, each with a key and connections of its own.',
    },
    warmup: {
        kind: 'number',
        value: 'SECONDS',
        min: 0,
        max: 600,
        unit: 's',
        default: 1.5,
        doc: 'Load before a measured window that is not counted.',
    },
    outstanding: {
        kind: 'integer',
        min: 1,
        max: 100_000,
        doc: 'Transactions in flight in a throughput run, all clients together. Default: searched for.',
    },
    durability: {
        kind: 'choice',
        of: ['process', 'power'],
        default: 'process',
        doc: 'What a vote survives before it is sent: kill -9, or loss of power.',
    },
};
/** The settings to measure, one for each way to authenticate votes. Throws `bad-flag` for too few validators. */
export function settingsOf(values, auths) {
    const refused = refusedSize(values.protocol, values.validators);
    if (refused !== undefined)
        throw new LockstepError('bad-flag', `--validators ${values.validators} is refused: ${refused}`);
    const { validators, protocol, durability, payload: payloadBytes } = values;
    return allowed(protocol, validators, [...new Set(auths)]).map((auth) => ({
        protocol,
        auth,
        txAuth: values['tx-auth'],
        durability,
        validators,
        payloadBytes,
    }));
}
/** Without the settings that the protocol refuses; says which and why. Throws `bad-flag` where none is left. */
function allowed(protocol, n, auths) {
    const parameters = defaultParameters(protocol);
    return auths.filter((auth) => {
        const why = protocolByName(protocol)?.refuses?.({ n, auth: auth, parameters });
        if (why === undefined)
            return true;
        if (auths.length === 1)
            throw new LockstepError('bad-flag', `--auth ${auth} is refused: ${why}`);
        note(`${auth} is left out: ${why}`);
        return false;
    });
}
export const AUTHS = AUTH_SETTINGS;
//# sourceMappingURL=options.js.map