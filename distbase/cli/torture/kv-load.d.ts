/**
 * Clients that read, write, delete, and compare and swap the same few keys at once, and write down what they did and
 * were told. Keys are used for a while and then left, so that a key's history stays short enough to be judged.
 */
import { Client } from '../../client/index.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { LocalCluster } from '../cluster.ts';
import { KvHistory } from './kv-history.ts';
import { Load } from './load.ts';
import type { Standstill } from './standstill.ts';
export declare class KvLoad extends Load {
    readonly history: KvHistory;
    private readonly random;
    private readonly keys;
    private made;
    private values;
    private constructor();
    static connect({ folder }: LocalCluster, clients: number, rate: number, random: SeededRandom, clock: Standstill): Promise<KvLoad>;
    protected request(client: Client): Promise<{
        readonly latencyMs: number;
    }>;
    settle(): Promise<void>;
    private newKey;
    private pick;
    private draw;
}
//# sourceMappingURL=kv-load.d.ts.map