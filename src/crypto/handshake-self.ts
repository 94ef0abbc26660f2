/** A validator's own side of its handshakes, from its keys. */

import { greetingKeys } from './greeting.ts';
import type { HandshakeSelf } from './key-agreement.ts';
import type { Identity } from './keys.ts';
import { loadMac } from './session.ts';
import { createSigner } from './signing.ts';

/** `id`: its number, which handshakes name. */
export async function handshakeSelf(id: number, identity: Identity): Promise<HandshakeSelf> {
  return {
    id,
    ed25519: await createSigner('ed25519', identity.ed25519.secretKey),
    mlDsa87: await createSigner('ml-dsa-87', identity.mlDsa87.secretKey),
    greetings: greetingKeys(await loadMac(), identity.ed25519.secretKey),
  };
}
