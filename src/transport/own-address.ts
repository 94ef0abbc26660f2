/**
 * Whether somebody with our own keys answers where others would dial us. Asked before we listen: then it is another
 * process, by the proof of a handshake.
 */

import { WebSocket } from 'ws';
import type { Chain } from '../core/genesis.ts';
import { MAX_HANDSHAKE_FRAME_BYTES } from '../core/limits.ts';
import { Initiator } from '../crypto/handshake.ts';
import type { Verifier } from '../crypto/interface.ts';
import type { HandshakeIdentity } from '../crypto/key-agreement.ts';
import type { Identity } from '../crypto/keys.ts';
import { loadMac } from '../crypto/session.ts';

/** One more than the greatest number that a handshake can name. */
const NOBODY = 0xffff;

/** Longest wait, ms, where the address swallows packets; usually nobody listens, and the system says so at once. */
const PATIENCE_MS = 500;

export interface OwnAddress {
  readonly chain: Chain;
  readonly identity: Identity;
  /** `ws://host:port`. */
  readonly url: string;
  readonly verifier: Verifier;
}

/** True only where the one who answers proves to hold our keys. Throws nothing. */
export async function answersAsUs({ chain, identity, url, verifier }: OwnAddress): Promise<boolean> {
  const own: HandshakeIdentity = {
    ed25519: identity.ed25519.publicKey,
    mlDsa87: identity.mlDsa87.publicKey,
  };
  // Whatever number the other one gives, its keys must be ours.
  const validators = new Array<HandshakeIdentity>(NOBODY).fill(own);
  const context = {
    chainId: chain.id,
    validators,
    verify: verifier.verifySync.bind(verifier),
    mac: await loadMac(),
  };
  const handshake = new Initiator(context, undefined, undefined);
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace(/\/$/, '')}/client`, {
      perMessageDeflate: false,
      maxPayload: MAX_HANDSHAKE_FRAME_BYTES,
      handshakeTimeout: PATIENCE_MS,
      followRedirects: false,
    });
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), PATIENCE_MS);
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
    socket.on('open', () => socket.send(handshake.hello));
    socket.on('message', (data: Buffer) => {
      const message = new Uint8Array(data);
      const again = handshake.again(message);
      if (again !== undefined) socket.send(again);
      else end(typeof handshake.finish(message) !== 'string');
    });
  });
}
