/**
 * What a hello between two validators proves before anything costly is done about it: that whoever sent it knows a key
 * that only these two can compute, from their identity keys as they stand. X25519 (RFC 7748) on both Ed25519 keys, taken
 * to the other form of the curve (RFC 7748 §4.1); the two uses of one key do not endanger each other (E. Thormarker, "On
 * using the same key pair for Ed25519 and an X25519 based KEM", 2021).
 *
 * It keeps strangers from spending our time, and nothing else rests on it: not who is who, and no key of a session. So
 * it may be classical, and whoever breaks it is where everybody was without it.
 */

import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { toHex } from '../core/bytes.ts';
import { MAX_VALIDATORS } from '../core/limits.ts';
import type { Mac } from './session.ts';

/** The key shared with the owner of an Ed25519 public key; undefined where that is no key. */
export type GreetingKeys = (publicKey: Uint8Array) => Uint8Array | undefined;

const LABEL = new TextEncoder().encode('lockstep/greeting/1\0');
const NOTHING = new Uint8Array(0);

/** `seed`: our Ed25519 secret key, 32 bytes. A key is computed when it is first asked for, in some milliseconds, and kept. */
export function greetingKeys(mac: Mac, seed: Uint8Array): GreetingKeys {
  const own = ed25519.utils.toMontgomerySecret(seed);
  const known = new Map<string, Uint8Array | undefined>();
  return (publicKey) => {
    const name = toHex(publicKey);
    if (known.has(name)) return known.get(name);
    // Only keys of validators are asked about, whose set changes seldom.
    if (known.size >= 2 * MAX_VALIDATORS) known.clear();
    const key = shared(mac, own, publicKey);
    known.set(name, key);
    return key;
  };
}

function shared(mac: Mac, own: Uint8Array, publicKey: Uint8Array): Uint8Array | undefined {
  try {
    const secret = x25519.getSharedSecret(own, ed25519.utils.toMontgomery(publicKey));
    return mac(secret, LABEL, NOTHING).slice();
  } catch {
    return undefined;
  }
}
