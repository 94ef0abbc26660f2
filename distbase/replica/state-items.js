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
import { MAX_PLACE_NIBBLES } from '../apps/map-pieces.js';
import { encodeValue } from '../codec/value.js';
import { MAX_STATE_PLACES } from '../core/limits.js';
export const STATE_REQUEST_ITEM = 2;
export const STATE_PIECES_ITEM = 3;
export function encodeStateRequest({ id, sequence, content }) {
    if (content === undefined)
        return encodeValue([STATE_REQUEST_ITEM, id, sequence]);
    const { section, whole, places } = content;
    return encodeValue([STATE_REQUEST_ITEM, id, sequence, section, whole, places]);
}
export function encodeStatePieces({ id, sequence, pieces }) {
    return encodeValue([STATE_PIECES_ITEM, id, sequence, pieces]);
}
const isPlace = (value) => value instanceof Uint8Array && value.length <= MAX_PLACE_NIBBLES && value.every((nibble) => nibble < 16);
/** Undefined where the item is no request. */
export function parseStateRequest(item) {
    const [, id, sequence, section, whole, places] = item;
    if (typeof id !== 'number' || typeof sequence !== 'number')
        return undefined;
    if (item.length === 3)
        return { id, sequence, content: undefined };
    if (item.length !== 6 || typeof section !== 'number' || typeof whole !== 'boolean')
        return undefined;
    if (!Array.isArray(places) || places.length < 1 || places.length > MAX_STATE_PLACES)
        return undefined;
    if (!places.every(isPlace))
        return undefined;
    return { id, sequence, content: { section, whole, places } };
}
/** Undefined where the item is no answer. */
export function parseStatePieces(item) {
    const [, id, sequence, pieces] = item;
    if (item.length !== 4 || typeof id !== 'number' || typeof sequence !== 'number')
        return undefined;
    if (!Array.isArray(pieces) || pieces.length > MAX_STATE_PLACES)
        return undefined;
    if (!pieces.every((piece) => piece instanceof Uint8Array))
        return undefined;
    return { id, sequence, pieces };
}
//# sourceMappingURL=state-items.js.map