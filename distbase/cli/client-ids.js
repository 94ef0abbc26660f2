import { suiteByte } from '../codec/transaction.js';
/** What a chain's applications know the holder of these keys as: an id per signature suite. */
export function clientIds(identity, hasher) {
    return {
        ed25519: hasher.hex('client', Uint8Array.of(suiteByte('ed25519')), identity.ed25519.publicKey),
        mlDsa87: hasher.hex('client', Uint8Array.of(suiteByte('ml-dsa-87')), identity.mlDsa87.publicKey),
    };
}
//# sourceMappingURL=client-ids.js.map