/**
 * What validators say to each other to pass on a state, as items of the replica layer.
 *
 *   [2, id, sequence]                            asks for the meta of the checkpoint at `sequence`
 *   [2, id, sequence, section, whole, [place…]]  asks what stands at places of one of its sections; `whole`: as entries
 *                                                where they are not too many
 *   [3, id, sequence, [piece…]]                  answers: pieces for the first places of the request, at least for one;
 *                                                none where this checkpoint is not at hand
 *
 * Pieces and places: `apps/map-pieces.ts`. The id is the asker's own.
 */
import { type Place } from '../apps/map-pieces.ts';
import type { Sequence } from '../core/ids.ts';
import type { Item } from '../transport/interface.ts';
export declare const STATE_REQUEST_ITEM = 2;
export declare const STATE_PIECES_ITEM = 3;
export interface StateRequest {
    readonly id: number;
    readonly sequence: Sequence;
    /** Undefined: the meta is asked for. */
    readonly content: {
        readonly section: number;
        readonly whole: boolean;
        readonly places: readonly Place[];
    } | undefined;
}
export interface StatePieces {
    readonly id: number;
    readonly sequence: Sequence;
    readonly pieces: readonly Uint8Array[];
}
export declare function encodeStateRequest({ id, sequence, content }: StateRequest): Item;
export declare function encodeStatePieces({ id, sequence, pieces }: StatePieces): Item;
/** Undefined where the item is no request. */
export declare function parseStateRequest(item: readonly unknown[]): StateRequest | undefined;
/** Undefined where the item is no answer. */
export declare function parseStatePieces(item: readonly unknown[]): StatePieces | undefined;
//# sourceMappingURL=state-items.d.ts.map