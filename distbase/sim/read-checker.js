/**
 * Linearizable reads: whenever a machine says that its executed state may be read, that state has every slot that anybody
 * has executed, since whoever executed it may have told a client so. Asked of every replica at every step of its own, and
 * of all of them whenever one executes what nobody had executed before.
 */
import { Violation } from './observer.js';
export class ReadChecker {
    /** Times that a read was possible, of those that were looked at. */
    readable = 0;
    #cluster;
    #highest = 0;
    constructor(cluster) {
        this.#cluster = cluster;
    }
    executed(_replica, sequence) {
        if (sequence <= this.#highest)
            return;
        this.#highest = sequence;
        for (const node of this.#cluster.nodes)
            if (node.honest)
                this.#look(node.id);
    }
    stepped(replica) {
        this.#look(replica);
    }
    #look(replica) {
        const node = this.#cluster.node(replica);
        if (!node.readable)
            return;
        this.readable++;
        const { sequence } = node.ledger.tip;
        if (sequence >= this.#highest)
            return;
        throw new Violation('read', `replica ${replica} may be read at ${sequence}, and ${this.#highest} was executed elsewhere`);
    }
}
//# sourceMappingURL=read-checker.js.map