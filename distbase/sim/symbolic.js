/**
 * Signatures, hashes and transactions without cryptography, after Dolev & Yao: a signature is a token that only its
 * signer's node can make, so that a scenario costs a millisecond. What a replica may assume of the real ones, it may
 * assume of these: an adversary signs as itself alone, passes on what others signed, and finds no collisions.
 */
/** A running hash of integers and text: two lanes of 32 bits, mixed as in Murmur3's finaliser. Not for adversaries. */
export class Mixer {
    #a = 0x9e3779b9;
    #b = 0x85ebca6b;
    int(value) {
        this.#word(value | 0);
        // Sequences and times may pass 2³², and times have fractions.
        if (value !== (value | 0)) {
            this.#word(Math.floor(value / 0x1_0000_0000) | 0);
            this.#word(Math.floor((value % 1) * 0x1_0000_0000) | 0);
        }
        return this;
    }
    text(value) {
        for (let i = 0; i < value.length; i++)
            this.#word(value.charCodeAt(i));
        return this;
    }
    /** A digest that is itself a mixer's value, or null: the rest of it is padding. */
    digest(value) {
        for (let i = 0; i < SIGNIFICANT; i += 2)
            this.#word((value.charCodeAt(i) << 16) | value.charCodeAt(i + 1));
        return this;
    }
    /** 16 hex digits. */
    hex() {
        return hex8(this.#a) + hex8(this.#b);
    }
    #word(word) {
        const a = Math.imul(this.#a ^ word, 0xcc9e2d51);
        this.#a = Math.imul((a << 15) | (a >>> 17), 0x1b873593);
        const b = Math.imul(this.#b + word, 0xc2b2ae35);
        this.#b = Math.imul(b ^ (b >>> 16) ^ this.#a, 0x85ebca6b);
    }
}
const HEX16 = Array.from({ length: 0x1_0000 }, (_, i) => i.toString(16).padStart(4, '0'));
function hex8(word) {
    return HEX16[word >>> 16] + HEX16[word & 0xffff];
}
/** Digits that a mixer gives; the other 48 of a digest say nothing. */
const SIGNIFICANT = 16;
const PADDING = 'd'.repeat(64 - SIGNIFICANT);
/** A mixer's value in the shape of a digest: 64 hex digits. */
export function symbolicDigest(mixer) {
    return mixer.hex() + PADDING;
}
/** Proof that `signer` signed `message`: the very object, which nobody may change afterwards. */
class Token {
    signer;
    message;
    #body;
    #signature;
    constructor(signer, message) {
        this.signer = signer;
        this.message = message;
    }
    /** Bytes that are equal for equal messages of one signer, made only where somebody asks. */
    get body() {
        this.#body ??= new TextEncoder().encode(`${this.signer}:${JSON.stringify(this.message, legible)}`);
        return this.#body;
    }
    get signature() {
        this.#signature ??= new SymbolicSignature(this);
        return this.#signature;
    }
}
/** A signature on its own, as certificates hold it: it says whose token it is, and nobody else can make it. */
class SymbolicSignature extends Uint8Array {
    token;
    constructor(token) {
        super(0);
        this.token = token;
    }
}
function legible(_key, value) {
    if (value instanceof Token)
        return undefined;
    if (typeof value === 'object' && value !== null && 'transactions' in value && 'digest' in value)
        return value.digest;
    return value;
}
/** Signs as `signer`. A node hands this to nobody but its own machine, or to the adversary that holds its key. */
export function sign(signer, message) {
    return { from: signer, message, envelope: new Token(signer, message) };
}
/** Of an epoch: what a validator signs is bound to it, since its number there may be another's elsewhere. */
function ofEpoch(message, epoch) {
    return epoch === undefined || message.epoch === epoch;
}
function holds(attested, epoch) {
    const token = attested.envelope;
    if (!ofEpoch(attested.message, epoch))
        return false;
    return token instanceof Token && token.signer === attested.from && token.message === attested.message;
}
/** Checks a message's signature and those of the messages inside it, which the protocol's schema points at. */
export class SymbolicVerifier {
    /** For each type, the fields that hold signed messages at any depth; most types have none. */
    #nested;
    constructor(schema) {
        this.#nested = nestedIn(schema);
    }
    /** `machine`: what it knows for certified is not looked at again. `epoch`: all must be of it; undefined: of any. */
    verify(attested, machine, epoch) {
        if (!holds(attested, epoch))
            return false;
        const nested = this.#nested.get(attested.message.type);
        if (nested === undefined)
            return false;
        const message = attested.message;
        const known = (certificate) => machine?.certified?.(certificate) === true;
        for (const [name, field] of nested) {
            if (!this.#within(field, message[name], known, epoch))
                return false;
        }
        return true;
    }
    /** Whether each of its signatures is its signer's, over its message. */
    certifies({ message, signers, signatures }) {
        return (signers.length === signatures.length &&
            signers.every((signer, i) => {
                const signature = signatures[i];
                if (i > 0 && signers[i - 1] >= signer)
                    return false;
                if (!(signature instanceof SymbolicSignature) || signature.token.signer !== signer)
                    return false;
                return sameFields(signature.token.message, message);
            }));
    }
    #within(field, value, known, epoch) {
        switch (field.kind) {
            case 'attested':
                return (field.types.includes(value.message.type) &&
                    this.verify(value, undefined, epoch));
            case 'certificate': {
                const certificate = value;
                if (!ofEpoch(certificate.message, epoch))
                    return false;
                return known(certificate) || this.certifies(certificate);
            }
            case 'list':
                return value.every((item) => this.#within(field.of, item, known, epoch));
            case 'record':
                return Object.entries(field.fields).every(([name, inner]) => !holdsAttested(inner) ||
                    this.#within(inner, value[name], known, epoch));
            default:
                return true;
        }
    }
}
/** The same plain fields. */
function sameFields(a, b) {
    if (a === b)
        return true;
    const left = Object.entries(a);
    return (left.length === Object.keys(b).length &&
        left.every(([name, value]) => b[name] === value));
}
/** Worked out once per schema: every run has verifiers of its own. */
const NESTED = new WeakMap();
function nestedIn(schema) {
    let nested = NESTED.get(schema);
    if (nested === undefined) {
        nested = new Map(Object.entries(schema).map(([type, { fields }]) => [
            type,
            Object.entries(fields).filter(([, field]) => holdsAttested(field)),
        ]));
        NESTED.set(schema, nested);
    }
    return nested;
}
function holdsAttested(field) {
    if (field.kind === 'attested' || field.kind === 'certificate')
        return true;
    if (field.kind === 'list')
        return holdsAttested(field.of);
    return field.kind === 'record' && Object.values(field.fields).some(holdsAttested);
}
/** The clients of a run: they alone make transactions, each a token that is told by identity. */
export class Clients {
    issued = [];
    /** A transaction that never was before. */
    issue() {
        const id = this.issued.length;
        const token = Uint8Array.of(id & 255, (id >>> 8) & 255, (id >>> 16) & 255, id >>> 24);
        this.issued.push(token);
        return token;
    }
    /** The transaction's number, or −1 where no client made it: what a check of its signature would find. */
    idOf(transaction) {
        const id = transaction[0] | (transaction[1] << 8) | (transaction[2] << 16) | (transaction[3] << 24);
        return this.issued[id] === transaction ? id : -1;
    }
    /** A batch of transactions that exist. */
    batch(timeMs, transactions) {
        const mixer = new Mixer().int(timeMs);
        let bytes = 0;
        for (const transaction of transactions) {
            mixer.int(this.idOf(transaction));
            bytes += transaction.length;
        }
        return { digest: symbolicDigest(mixer), timeMs, transactions, bytes };
    }
}
//# sourceMappingURL=symbolic.js.map