/** What a slot leaves behind: its ledger header, and the checkpoint that binds headers, state and validator set. */
import { fromHex } from '../core/bytes.js';
import { readUint53, uint53Bytes } from '../core/uint53.js';
const ZERO = new Uint8Array(32);
/** Before the first slot. */
export const GENESIS_HEADER = {
    previous: ZERO,
    sequence: 0,
    timeMs: 0,
    transactions: ZERO,
    results: ZERO,
};
/** H('header', previous ‖ sequence ‖ time ‖ transactions ‖ results); integers in 8 bytes, big-endian. */
export function headerDigest(hasher, header) {
    const { previous, sequence, timeMs, transactions, results } = header;
    return hasher.hash('header', previous, uint53Bytes(sequence), uint53Bytes(timeMs), transactions, results);
}
/** H('state', application root ‖ client windows' root). */
export function stateRootOf(hasher, appRoot, clientsRoot) {
    return hasher.hash('state', appRoot, clientsRoot);
}
/** H('validators', both public keys of each, in the order of the set). */
export function validatorsDigest(hasher, genesis) {
    const parts = genesis.validators.flatMap(({ ed25519, mlDsa87 }) => [fromHex(ed25519), fromHex(mlDsa87)]);
    return hasher.hash('validators', ...parts);
}
/** H('checkpoint', chain ‖ epoch ‖ sequence ‖ header ‖ state ‖ validators): what a CHECKPOINT signs. */
export function checkpointDigest(hasher, chainId, epoch, { header, appRoot, clientsRoot, validators }) {
    const state = stateRootOf(hasher, appRoot, clientsRoot);
    return hasher.hex('checkpoint', chainId, uint53Bytes(epoch), uint53Bytes(header.sequence), headerDigest(hasher, header), state, validators);
}
const META_VERSION = 1;
const META_BYTES = 1 + 8 + 8 + 6 * 32 + 4;
/** The fields as they travel with a snapshot, and how many of its chunks are the application's. */
export function encodeMeta({ header, appRoot, clientsRoot, validators }, appChunks) {
    const out = new Uint8Array(META_BYTES);
    const view = new DataView(out.buffer);
    out[0] = META_VERSION;
    out.set(uint53Bytes(header.sequence), 1);
    out.set(uint53Bytes(header.timeMs), 9);
    let at = 17;
    const { previous, transactions, results } = header;
    for (const part of [previous, transactions, results, appRoot, clientsRoot, validators]) {
        out.set(part, at);
        at += 32;
    }
    view.setUint32(at, appChunks);
    return out;
}
/** Undefined where the bytes are no meta. */
export function parseMeta(bytes) {
    if (bytes.length !== META_BYTES || bytes[0] !== META_VERSION)
        return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const sequence = readUint53(bytes, 1);
    const timeMs = readUint53(bytes, 9);
    if (sequence < 0 || timeMs < 0)
        return undefined;
    const part = (i) => bytes.slice(17 + 32 * i, 49 + 32 * i);
    return {
        header: { previous: part(0), sequence, timeMs, transactions: part(1), results: part(2) },
        appRoot: part(3),
        clientsRoot: part(4),
        validators: part(5),
        appChunks: view.getUint32(17 + 6 * 32),
    };
}
//# sourceMappingURL=ledger-header.js.map