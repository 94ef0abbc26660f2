/** What the machines of a scripted run did: counted for expectations, and in words for traces. */
import { NULL_DIGEST } from '../../core/ids.js';
/** What one replica did since the last `mark`. */
export class Deeds {
    fast = 0;
    slow = 0;
    nulls = 0;
    transfers = 0;
    viewChanges = 0;
    /** `offence from replica` and `code from replica`. */
    evidence = new Set();
    refusals = new Set();
}
export class Journal {
    lines = [];
    #deeds = new Map();
    of(replica) {
        let deeds = this.#deeds.get(replica);
        if (deeds === undefined) {
            deeds = new Deeds();
            this.#deeds.set(replica, deeds);
        }
        return deeds;
    }
    /** Starts counting anew. */
    mark() {
        this.#deeds = new Map();
    }
    note(text) {
        this.lines.push(`-- ${text}`);
    }
    take() {
        const { lines } = this;
        this.lines = [];
        return lines;
    }
    effect(replica, effect) {
        const line = inWords(effect);
        if (line !== undefined)
            this.lines.push(`${replica} ${line}`);
        const deeds = this.of(replica);
        switch (effect.kind) {
            case 'deliver':
                if (effect.fast)
                    deeds.fast++;
                else
                    deeds.slow++;
                if (effect.batch.digest === NULL_DIGEST)
                    deeds.nulls++;
                return;
            case 'transfer':
                deeds.transfers++;
                return;
            case 'view':
                if (!effect.active)
                    deeds.viewChanges++;
                return;
            case 'evidence':
                deeds.evidence.add(`${effect.offence} from ${effect.from}`);
                return;
            case 'reject':
                deeds.refusals.add(`${effect.code} from ${effect.from}`);
                return;
            default:
                return;
        }
    }
}
/** What a reader of a trace wants to know; undefined for the rest. */
function inWords(effect) {
    switch (effect.kind) {
        case 'send':
            return saying(effect.message, effect.to);
        case 'attest':
            return saying(effect.message, undefined);
        case 'deliver': {
            const { batch, fast, sequence } = effect;
            const what = batch.digest === NULL_DIGEST ? 'null' : `${batch.transactions.length} transactions`;
            return `executes ${sequence}: ${what}${fast ? ', fast' : ''}`;
        }
        case 'stable':
            return `holds checkpoint ${effect.sequence} stable`;
        case 'diverged':
            return `has another state than the others at checkpoint ${effect.sequence}`;
        case 'transfer':
            return `fetches checkpoint ${effect.sequence}`;
        case 'view':
            return effect.active ? `enters view ${effect.view}` : `leaves for view ${effect.view}`;
        case 'evidence':
            return `has evidence against ${effect.from}: ${effect.offence}`;
        default:
            return undefined;
    }
}
function saying(message, to) {
    const whom = to === undefined ? '' : ` to ${to}`;
    switch (message.type) {
        case 'pre-prepare':
        case 'prepare':
        case 'commit':
            return `sends ${message.type} ${message.sequence} in view ${message.view}${whom}`;
        case 'checkpoint':
            return `sends checkpoint ${message.sequence}${whom}`;
        case 'view-change': {
            const { view, stable, prepared, preprepared } = message;
            return `sends view-change ${view}${whom}: stable ${stable}, prepared ${slots(prepared)}, pre-prepared ${slots(preprepared)}`;
        }
        case 'new-view': {
            const from = message.viewChanges.map((vc) => vc.from).sort((a, b) => a - b);
            return `sends new-view ${message.view}${whom} on the word of ${from.join(' ')}`;
        }
        default:
            return undefined;
    }
}
function slots(claims) {
    const named = claims.map(({ sequence, view }) => `${sequence}@${view}`);
    return named.length === 0 ? 'nothing' : named.join(' ');
}
/** The protocol with every effect of its machines in the journal, before anybody bends it. */
export function journaled(protocol, journal) {
    return {
        ...protocol,
        create(config, records, nowMs, out) {
            const machine = protocol.create(config, records, nowMs, out);
            return new Journaled(machine, config.self, journal);
        },
    };
}
class Journaled {
    #inner;
    #self;
    #journal;
    constructor(inner, self, journal) {
        this.#inner = inner;
        this.#self = self;
        this.#journal = journal;
    }
    step(event, nowMs, out) {
        const before = out.length;
        this.#inner.step(event, nowMs, out);
        for (let i = before; i < out.length; i++)
            this.#journal.effect(this.#self, out[i]);
    }
    relevant(message, from) {
        return this.#inner.relevant(message, from);
    }
    proposable() {
        return this.#inner.proposable();
    }
    status() {
        return this.#inner.status();
    }
    liveRecords() {
        return this.#inner.liveRecords();
    }
}
//# sourceMappingURL=journal.js.map