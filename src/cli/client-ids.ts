import { suiteByte } from '../codec/transaction.ts';
import type { Digest } from '../core/ids.ts';
import type { Hasher } from '../crypto/hash.ts';
import type { Identity } from '../crypto/keys.ts';

/** What a chain's applications know the holder of these keys as: an id per signature suite. */
export function clientIds(identity: Identity, hasher: Hasher): { ed25519: Digest; mlDsa87: Digest } {
  return {
    ed25519: hasher.hex('client', Uint8Array.of(suiteByte('ed25519')), identity.ed25519.publicKey),
    mlDsa87: hasher.hex('client', Uint8Array.of(suiteByte('ml-dsa-87')), identity.mlDsa87.publicKey),
  };
}
