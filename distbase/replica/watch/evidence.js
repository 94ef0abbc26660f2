/**
 * Evidence: two messages that one validator signed and no honest one signs both. In memory and on the disk so many of
 * each validator are kept; as a file it is judged by anybody who has the genesis, and by nothing else.
 */
import { epochOfBody } from '../../codec/body-epoch.js';
import { bytesEqual, fromHex, toHex } from '../../core/bytes.js';
import { MAX_EVIDENCE_PER_VALIDATOR } from '../../core/limits.js';
import { certificateClaims, voteClaims } from '../../crypto/certificate-claims.js';
import { protocolByName } from '../../protocols/registry.js';
import { Judges } from '../judges.js';
/** Of one offence by one validator so many are kept: the rest would only crowd out other offences. */
const MAX_PER_OFFENCE = 4;
/** What this process has found. */
export class EvidenceBook {
    #found = [];
    /** Whether it is new, and there is room for it. */
    add(evidence) {
        const own = this.#found.filter(({ from }) => from === evidence.from);
        if (own.length >= MAX_EVIDENCE_PER_VALIDATOR)
            return false;
        const alike = own.filter(({ offence }) => offence === evidence.offence);
        if (alike.length >= MAX_PER_OFFENCE || alike.some((other) => samePair(other, evidence)))
            return false;
        this.#found.push(evidence);
        return true;
    }
    has(evidence) {
        return this.#found.some((other) => other.from === evidence.from && samePair(other, evidence));
    }
    against(from) {
        return this.#found.reduce((sum, evidence) => sum + Number(evidence.from === from), 0);
    }
    list() {
        return this.#found;
    }
}
function samePair(a, b) {
    const same = (x, y) => bytesEqual(x.envelope.body, y.envelope.body);
    return ((same(a.first, b.first) && same(a.second, b.second)) ||
        (same(a.first, b.second) && same(a.second, b.first)));
}
export const EVIDENCE_FORMAT = 'lockstep-evidence/1';
/** `sets`: who the validators of an epoch were; `proofs`: of all epochs, oldest first. */
export function evidenceDocument(chain, evidence, sets = () => undefined, proofs = []) {
    const { from, offence, seenMs, first, second } = evidence;
    const epoch = epochOfBody(first.body) ?? 0;
    const validators = epoch === 0 ? chain.genesis.validators : sets(epoch)?.members;
    return {
        format: EVIDENCE_FORMAT,
        chain: chain.idHex,
        validator: validators?.[from]?.name ?? String(from),
        from,
        offence,
        seenMs,
        epochs: proofs.slice(0, epoch).map(toHex),
        messages: [first, second].map(({ body, signature }) => ({
            body: toHex(body),
            signature: toHex(signature),
        })),
    };
}
/** Longest message that evidence may have, in hex digits: a VIEW-CHANGE of the widest window. */
const MAX_HEX = 32 << 20;
/** Judges evidence with the genesis alone, and what it says itself of the validator sets since. */
export class EvidenceChecker {
    chain;
    judges;
    constructor(chain, hasher, verifier) {
        this.chain = chain;
        this.judges = new Judges(chain, hasher, verifier, []);
    }
    /** A document as it was read, by whomever it was given; the reason where it proves nothing. */
    check(document) {
        const parsed = parse(document);
        if (typeof parsed === 'string')
            return parsed;
        if (parsed.chain !== this.chain.idHex)
            return `it is of the chain ${parsed.chain}, and this is ${this.chain.idHex}`;
        if (!this.judges.learn(parsed.epochs))
            return 'what it says of the validator sets since the genesis does not hold';
        return this.judge(parsed.messages[0], parsed.messages[1]);
    }
    /** Two signed bodies. */
    judge(first, second) {
        if (bytesEqual(first.body, second.body))
            return 'both messages are the same';
        const epoch = epochOfBody(first.body);
        const judge = this.judges.of(epoch ?? 0);
        if (judge === undefined)
            return `nothing here proves who the validators of epoch ${epoch} were`;
        const { codec, set } = judge;
        const a = codec.decodeBody(first.body);
        const b = codec.decodeBody(second.body);
        if (typeof a === 'string' || typeof b === 'string') {
            return `a message is none of this chain's protocol (${typeof a === 'string' ? a : b})`;
        }
        if (a.from !== b.from)
            return 'the messages are of different validators';
        const { genesis } = this.chain;
        const offence = protocolByName(genesis.protocol).contradiction?.(a.message, b.message);
        if (offence === undefined)
            return 'an honest validator may have signed both messages';
        const validator = set.members[a.from];
        for (const [{ body, signature }, { message }] of [
            [first, a],
            [second, b],
        ]) {
            const { signed } = codec.schemaOf(message);
            const claims = signed === 'always'
                ? certificateClaims(this.chain, set.epoch, validator, body, signature)
                : voteClaims(this.chain, set.epoch, validator, body, signature);
            if (signed === 'session' || claims?.length === 0) {
                return 'the messages carry no signatures: a session vouched for them, which convinces nobody else';
            }
            if (claims === undefined || !claims.every(this.judges.verify)) {
                return `a signature of validator ${validator.name} does not hold`;
            }
        }
        return { validator: validator.name, from: a.from, offence, messages: [a.message, b.message] };
    }
}
function parse(document) {
    if (typeof document !== 'object' || document === null)
        return 'it is no evidence';
    const { format, chain, messages, epochs: sets = [] } = document;
    if (format !== EVIDENCE_FORMAT)
        return `its format is not ${EVIDENCE_FORMAT}`;
    if (typeof chain !== 'string' || !Array.isArray(messages) || messages.length !== 2)
        return 'it is no evidence';
    if (!Array.isArray(sets))
        return 'it is no evidence';
    const epochs = [];
    for (const hex of sets) {
        const bytes = typeof hex === 'string' && hex.length <= MAX_HEX ? fromHex(hex) : undefined;
        if (bytes === undefined)
            return 'what it says of the validator sets is not hex';
        epochs.push(bytes);
    }
    const read = [];
    for (const message of messages) {
        const { body, signature } = (message ?? {});
        if (typeof body !== 'string' || typeof signature !== 'string')
            return 'a message is not body and signature';
        if (body.length > MAX_HEX || signature.length > MAX_HEX)
            return 'a message is longer than any';
        const bytes = fromHex(body);
        const signed = signature === '' ? new Uint8Array(0) : fromHex(signature);
        if (bytes === undefined || signed === undefined)
            return 'a message is not hex';
        read.push({ body: bytes, signature: signed });
    }
    return { chain, epochs, messages: read };
}
//# sourceMappingURL=evidence.js.map