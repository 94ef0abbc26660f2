/** Valid messages of every kind, by the schemas that the decoders are made of. */
import { type MessageCodec } from '../../codec/message-codec.ts';
import type { Chain } from '../../core/genesis.ts';
import type { SeededRandom } from '../../core/random.ts';
import type { BatchDigests } from '../../replica/batch-digest.ts';
export interface ProtocolCorpus {
    readonly name: string;
    readonly codec: MessageCodec;
    /** Items of every message type, several each. */
    readonly items: readonly Uint8Array[];
}
export declare function protocolCorpora(chain: Chain, digests: BatchDigests, random: SeededRandom, each: number): ProtocolCorpus[];
/** Items that belong to no protocol. */
export declare function replicaItems(chain: Chain, random: SeededRandom, bodies: readonly Uint8Array[]): Uint8Array[];
export declare function transactionCorpus(chain: Chain, random: SeededRandom, count: number): Uint8Array[];
export declare function clientItems(chain: Chain, random: SeededRandom): Uint8Array[];
export declare function replyItems(random: SeededRandom): Uint8Array[];
//# sourceMappingURL=corpus.d.ts.map