/** The cluster that a script acts on: declared first, built at the first thing that happens. */
import { maxFaulty } from '../../core/quorum.js';
import { AgreementChecker, CheckpointChecker, ValidityChecker, ViewChecker } from '../checkers.js';
import { Cluster } from '../cluster.js';
import { CALM } from '../network.js';
import { TAG } from '../node.js';
import { PbftChecker } from '../pbft-checker.js';
import { PbftCommitChecker } from '../pbft-commit-checker.js';
import { PbftQuorumChecker } from '../pbft-quorum-checker.js';
import { PBFT_PARTS } from '../protocols/pbft.js';
import { WatermarkChecker } from '../watermark-checker.js';
import { Journal, journaled } from './journal.js';
import { adversaryOf } from './liars.js';
import { Sieve } from './sieve.js';
export class ScriptWorld {
    journal = new Journal();
    filters = [];
    n = 0;
    declared = {};
    liars = new Map();
    twins = [];
    #parts;
    #cluster;
    constructor(parts = PBFT_PARTS) {
        this.#parts = parts;
    }
    /** Whether something happened already, so that nothing can be declared any more. */
    get built() {
        return this.#cluster !== undefined;
    }
    get faulty() {
        return new Set([...this.liars.keys(), ...this.twins]).size;
    }
    get mayBeFaulty() {
        return maxFaulty(this.n);
    }
    get cluster() {
        this.#cluster ??= this.#build();
        return this.#cluster;
    }
    /** Honest replicas that are up, or those of these. */
    honest(ids) {
        const nodes = ids === undefined ? this.cluster.nodes : ids.map((id) => this.cluster.nodes[id]);
        return nodes.filter((node) => ids !== undefined || (node.honest && node.up && !node.retired));
    }
    /** Mends the network, without a word to those who are down. */
    mend() {
        const { cluster } = this;
        this.filters.length = 0;
        cluster.network.mend(CALM);
        for (const node of cluster.nodes) {
            for (const other of cluster.nodes)
                if (other.id !== node.id)
                    cluster.scheduler.schedule(cluster.random.float(), other, TAG.connected, node.id);
        }
    }
    #build() {
        const observers = [
            new AgreementChecker(),
            new CheckpointChecker(),
            new PbftChecker(),
            new PbftCommitChecker(),
            new PbftQuorumChecker(this.n),
            new ViewChecker(true),
            new WatermarkChecker(),
        ];
        const cluster = new Cluster({
            seed: 1,
            ...this.declared,
            protocol: journaled(this.#parts.protocol, this.journal),
            parts: this.#parts,
            n: this.n,
            observers,
            twins: this.twins,
            adversaries: new Map([...this.liars].map(([id, making]) => [id, adversaryOf(making)])),
        });
        observers.push(new ValidityChecker(cluster.clients));
        for (const node of cluster.nodes)
            cluster.network.attach(node.port, new Sieve(node.port, node, cluster.scheduler, this.filters));
        return cluster;
    }
}
//# sourceMappingURL=world.js.map