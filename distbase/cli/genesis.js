/** The genesis file: how it is checked, and how one is made. `genesis-rules.ts` has its keys. */
import { readFileSync } from 'node:fs';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { MIN_VALIDATORS, maxFaulty, toleranceOf } from '../core/quorum.js';
import { protocolByName } from '../protocols/registry.js';
import { PARAMETER_RULES, rulesFor } from './genesis-rules.js';
import { defaultOf } from './rules.js';
import { checkText } from './settings.js';
export { APPS, AUTH_SETTINGS, GENESIS_RULES, NAME_PATTERN, PROTOCOLS } from './genesis-rules.js';
/** Room for what surrounds a batch in a frame: the message's body, both signatures, the frame's own bytes. */
const ENVELOPE_BYTES = 64 << 10;
/** The parameters where nothing else is said. */
export const DEFAULT_PARAMETERS = defaultOf({
    kind: 'group',
    keys: PARAMETER_RULES,
    doc: '',
});
/** What no single key can say. Throws `bad-genesis`. */
function checkWhole(genesis, file) {
    const fail = (why) => {
        throw new LockstepError('bad-genesis', `${file}: ${why}`);
    };
    const { parameters: p, validators } = genesis;
    const n = validators.length;
    if (genesis.byzantine && n < MIN_VALIDATORS)
        fail(tooFew(n));
    if (n < 1)
        fail('validators is empty');
    const protocol = protocolByName(genesis.protocol);
    if (genesis.byzantine && !protocol.byzantine) {
        fail(`protocol ${protocol.name} tolerates validators that crash and none that lies, and byzantine is true; set byzantine to false where every validator is trusted, or choose another protocol`);
    }
    const refusal = protocol.refuses?.({
        n,
        auth: genesis.auth,
        parameters: genesis.protocolParameters ?? {},
    });
    if (refusal !== undefined)
        fail(refusal);
    for (const key of ['name', 'ed25519', 'mlDsa87']) {
        const seen = new Map();
        validators.forEach((validator, id) => {
            const other = seen.get(validator[key]);
            if (other !== undefined)
                fail(`validators[${other}] and validators[${id}] have the same ${key}`);
            seen.set(validator[key], id);
        });
    }
    if (p.window % p.checkpointInterval !== 0 || p.window < 2 * p.checkpointInterval) {
        const example = 4 * p.checkpointInterval;
        fail(`parameters.window must be a multiple of checkpointInterval and at least twice it, such as ${example}`);
    }
    if (p.viewChangeTimeoutMaxMs < p.viewChangeTimeoutMs) {
        fail('parameters.viewChangeTimeoutMaxMs must be at least viewChangeTimeoutMs');
    }
    if (p.maxBatchBytes < p.maxTransactionBytes)
        fail('parameters.maxBatchBytes must be at least maxTransactionBytes');
    if (p.maxMessageBytes < p.maxBatchBytes + ENVELOPE_BYTES) {
        fail(`parameters.maxMessageBytes must be at least maxBatchBytes + ${ENVELOPE_BYTES}`);
    }
}
/** Why n validators are too few to tolerate a Byzantine one. */
export function tooFew(n) {
    return (`${n} ${n === 1 ? 'validator' : 'validators'} cannot tolerate a faulty one: with n validators f = ⌊(n − 1) / 3⌋ ` +
        `may be Byzantine, and f ≥ 1 needs n ≥ ${MIN_VALIDATORS} (f is ${maxFaulty(Math.max(1, n))} here)`);
}
/** Why a new chain of this protocol cannot have n validators; undefined where it can. */
export function refusedSize(protocol, n) {
    const lies = protocolByName(protocol)?.byzantine ?? true;
    if (lies)
        return n < MIN_VALIDATORS ? tooFew(n) : undefined;
    return n < 1 ? 'a chain needs at least one validator' : undefined;
}
/** What a chain's validators bear, for people: `1 of them may be faulty`. */
export function toleranceText({ byzantine, validators }) {
    const { faulty } = toleranceOf(byzantine, validators.length);
    return byzantine ? `${faulty} of them may be faulty` : `${faulty} of them may crash, and none may lie`;
}
/** Checks a genesis text. Throws `bad-genesis` with `file:line`. */
export function parseGenesis(text, file) {
    let draft;
    try {
        draft = JSON.parse(text);
    }
    catch (error) {
        throw new LockstepError('bad-genesis', `${file} is not JSON: ${error.message}`);
    }
    // A default could change between releases and the genesis may not, so every key must be there.
    const named = typeof draft?.protocol === 'string' ? draft.protocol : undefined;
    const genesis = checkText(text, rulesFor(named), {
        file,
        code: 'bad-genesis',
        defaults: false,
    });
    checkWhole(genesis, file);
    return genesis;
}
/** Reads and checks a genesis file. Throws `bad-genesis`. */
export function readGenesis(file) {
    let text;
    try {
        text = readFileSync(file, 'utf8');
    }
    catch (error) {
        const why = error.code === 'ENOENT' ? 'there is no such file' : error.message;
        throw new LockstepError('bad-genesis', `cannot read the genesis ${file}: ${why}`);
    }
    return parseGenesis(text, file);
}
/** A protocol's own parameters where nothing else is said; none for a name that is no protocol's. */
export function defaultParameters(protocol) {
    const rules = Object.entries(protocolByName(protocol)?.parameters ?? {});
    return Object.fromEntries(rules.map(([name, rule]) => [name, rule.default]));
}
/** A genesis with the defaults filled in and checked. Throws `bad-genesis`. */
export function makeGenesis(options) {
    const own = { ...defaultParameters(options.protocol ?? 'pbft'), ...options.protocolParameters };
    const genesis = {
        version: 1,
        chain: options.chain,
        createdMs: options.createdMs,
        protocol: options.protocol ?? 'pbft',
        ...(Object.keys(own).length > 0 && { protocolParameters: own }),
        byzantine: options.byzantine ?? true,
        auth: options.auth ?? 'ed25519',
        hash: options.hash ?? 'blake3',
        parameters: { ...DEFAULT_PARAMETERS, ...options.parameters },
        app: { name: options.app?.name ?? 'kv', params: options.app?.params ?? {} },
        ...(options.onEvidence !== undefined && { onEvidence: options.onEvidence }),
        validators: options.validators,
    };
    return parseGenesis(formatGenesis(genesis), 'the new genesis');
}
export function formatGenesis(genesis) {
    return `${JSON.stringify(genesis, null, 2)}\n`;
}
/** A validator's public part, as the genesis lists it. */
export function validatorInfo(name, identity) {
    return { name, ed25519: toHex(identity.ed25519.publicKey), mlDsa87: toHex(identity.mlDsa87.publicKey) };
}
//# sourceMappingURL=genesis.js.map