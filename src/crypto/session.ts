/**
 * A session authenticates frames, and encrypts them where the handshake agreed on it. 16 bytes stand before the payload:
 * keyed BLAKE3 (BLAKE3 specification §2.3) over direction ‖ counter ‖ payload, or AES-256-GCM's tag (NIST SP 800-38D)
 * over the encrypted payload, with direction ‖ counter as its nonce. Each direction has its own key and counter, and a
 * frame is taken only as the very next one, so that a replayed, reflected, dropped or reordered frame fails.
 *
 * Keys are used for a while only: see `KEY_WORK`. The sender says so in a frame of two bytes under the old key, and both
 * go on with a key that is a one-way function of the old one, which is wiped.
 */

import { InvariantError } from '../core/assert.ts';
import { loadBlake3 } from './blake3.ts';
import { nodeCrypto, randomBytes } from './node-crypto.ts';

/** Bytes of a frame before its payload. A forger has one guess in 2¹²⁸ per frame, and one guess ends the session. */
export const MAC_BYTES = 16;

const KEY_BYTES = 32;

/** Keyed BLAKE3, synchronous. `parts` are concatenated. */
export type Mac = (key: Uint8Array, first: Uint8Array, second: Uint8Array) => Uint8Array;

/** Loads the MAC; one instance per thread serves all sessions, since one for each would cost 100 KiB. */
export async function loadMac(): Promise<Mac> {
  const blake3 = await loadBlake3();
  return (key, first, second) => blake3.keyed(key, first, second);
}

/** What a handshake leaves behind. The session owns both keys, and wipes them. */
export interface SessionKeys {
  /** 32 bytes each, for the frames that we send and for those that we receive. */
  readonly send: Uint8Array;
  readonly receive: Uint8Array;
  /** Whether we dialled. */
  readonly initiator: boolean;
  /** Whether frames are encrypted. */
  readonly encrypted: boolean;
}

/**
 * What one key may do: 2³⁴ bytes, where each frame counts 4 KiB beside its own, hence at most 2²² frames. AES-GCM asks for
 * far less than 2³² frames under one key and for at most some 2³⁸ bytes (RFC 8446 §5.5), so that this is forward secrecy's
 * bound: whoever takes a key from a machine reads nothing that was sent before its last change.
 */
const KEY_WORK = 2 ** 34;
const FRAME_WORK = 2 ** 12;

/** A frame that is the session's own begins with the one byte that begins nothing in msgpack. */
export const CONTROL = 0xc1;
const KEY_UPDATE = 0;

/** What `open` gives for a frame that was the session's own: good, and nothing for anybody else. */
export const NOTHING: Uint8Array = new Uint8Array(0);

const MIX_LABEL = new TextEncoder().encode('lockstep/session/1/key renewal\0');
const UPDATE_LABEL = new TextEncoder().encode('lockstep/session/1/key update\0');

/** zeros ‖ direction ‖ counter, big-endian, 3 + 1 + 8 bytes: AES-GCM's nonce; the MAC covers it without the zeros. */
const NONCE_BYTES = 12;
const DIRECTION_AT = 3;

/** Both kinds: who may seal or open next, and the change of keys. */
export abstract class Session {
  abstract readonly encrypted: boolean;
  /** Whether the key for what we send has done what it may: then `update` is due. */
  due = false;
  /** Changes of the key for what we send and for what we receive. */
  updatesSent = 0;
  updatesReceived = 0;
  protected readonly mac: Mac;
  protected readonly keys: SessionKeys;
  /** Of the next frame, each way. The counter never starts anew, so that no nonce comes twice under any key. */
  protected readonly outgoing = new Uint8Array(NONCE_BYTES);
  protected readonly incoming = new Uint8Array(NONCE_BYTES);
  private readonly keyWork: number;
  private workLeft: number;

  constructor(mac: Mac, keys: SessionKeys, keyWork: number) {
    this.mac = mac;
    this.keys = keys;
    this.keyWork = keyWork;
    this.workLeft = keyWork;
    this.outgoing[DIRECTION_AT] = keys.initiator ? 0 : 1;
    this.incoming[DIRECTION_AT] = keys.initiator ? 1 : 0;
  }

  /** The next frame as it is to be sent. `frame` is 16 bytes of room, then the payload. */
  abstract seal(frame: Uint8Array): Uint8Array;

  /**
   * The payload, valid as long as the frame is or longer; `NOTHING` where it was the session's own; undefined where the
   * frame is not the next one of the other side.
   */
  abstract open(frame: Uint8Array): Uint8Array | undefined;

  /** Whether the key for what we send has been used. */
  get used(): boolean {
    return this.workLeft < this.keyWork;
  }

  /** A frame that tells the other side of our next key, which is in use from then on. */
  update(): Uint8Array {
    const frame = new Uint8Array(MAC_BYTES + 2);
    frame[MAC_BYTES] = CONTROL;
    frame[MAC_BYTES + 1] = KEY_UPDATE;
    const sealed = this.seal(frame);
    this.change(this.keys.send, UPDATE_LABEL, NOTHING);
    this.workLeft = this.keyWork;
    this.due = false;
    this.updatesSent++;
    return sealed;
  }

  /** Takes a secret that both sides have into a key; what is said or taken before is under the key as it was. */
  mix(which: 'send' | 'receive', secret: Uint8Array): void {
    this.change(this.keys[which], MIX_LABEL, secret);
  }

  /** The connection is over: nobody reads from our memory what was said. Noise, since a key of zeros is one that others know. */
  end(): void {
    this.keys.send.set(randomBytes(KEY_BYTES));
    this.keys.receive.set(randomBytes(KEY_BYTES));
  }

  /** Counts a frame that was sealed. */
  protected worked(bytes: number): void {
    this.workLeft -= bytes + FRAME_WORK;
    if (this.workLeft < 0) this.due = true;
  }

  /** The payload, unless it is an update of the key that it came under. */
  protected taken(payload: Uint8Array): Uint8Array {
    if (payload[0] !== CONTROL || payload.length !== 2 || payload[1] !== KEY_UPDATE) return payload;
    this.change(this.keys.receive, UPDATE_LABEL, NOTHING);
    this.updatesReceived++;
    return NOTHING;
  }

  /** A key becomes a one-way function of itself: nobody computes back what it was. */
  protected change(key: Uint8Array, label: Uint8Array, secret: Uint8Array): void {
    const next = this.mac(key, label, secret);
    key.set(next.subarray(0, KEY_BYTES));
    next.fill(0);
  }
}

/** Frames in the clear, with a MAC. */
class MacSession extends Session {
  readonly encrypted = false;
  private readonly sent = this.outgoing.subarray(DIRECTION_AT);
  private readonly received = this.incoming.subarray(DIRECTION_AT);

  seal(frame: Uint8Array): Uint8Array {
    const tag = this.mac(this.keys.send, this.sent, frame.subarray(MAC_BYTES));
    for (let i = 0; i < MAC_BYTES; i++) frame[i] = tag[i]!;
    increment(this.outgoing);
    this.worked(frame.length);
    return frame;
  }

  open(frame: Uint8Array): Uint8Array | undefined {
    if (frame.length < MAC_BYTES) return undefined;
    const payload = frame.subarray(MAC_BYTES);
    const tag = this.mac(this.keys.receive, this.received, payload);
    if (!equal(tag, frame, MAC_BYTES)) return undefined;
    increment(this.incoming);
    return this.taken(payload);
  }
}

/**
 * Encrypted frames. The tag authenticates them, nonce included, so that a MAC of its own would say the same twice. Of the two
 * ciphers that Node has for it, AES-256-GCM is the faster one with AES instructions: see `transport/handshake.md`.
 */
class SealedSession extends Session {
  readonly encrypted = true;
  private readonly node: NonNullable<typeof nodeCrypto>;

  constructor(mac: Mac, keys: SessionKeys, keyWork: number) {
    super(mac, keys, keyWork);
    if (nodeCrypto === undefined) throw new InvariantError('whoever has no cipher agrees to no encryption');
    this.node = nodeCrypto;
  }

  /** The payload stays as it is: it goes to others as well. */
  seal(frame: Uint8Array): Uint8Array {
    const cipher = this.node.createCipheriv('aes-256-gcm', this.keys.send, this.outgoing, TAG);
    const sealed = new Uint8Array(frame.length);
    sealed.set(cipher.update(frame.subarray(MAC_BYTES)), MAC_BYTES);
    cipher.final();
    sealed.set(cipher.getAuthTag());
    increment(this.outgoing);
    this.worked(frame.length);
    return sealed;
  }

  open(frame: Uint8Array): Uint8Array | undefined {
    if (frame.length < MAC_BYTES) return undefined;
    const decipher = this.node.createDecipheriv('aes-256-gcm', this.keys.receive, this.incoming, TAG);
    decipher.setAuthTag(frame.subarray(0, MAC_BYTES));
    const text = decipher.update(frame.subarray(MAC_BYTES));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    increment(this.incoming);
    return this.taken(new Uint8Array(text.buffer, text.byteOffset, text.length));
  }
}

const TAG = { authTagLength: MAC_BYTES } as const;

/** `keyWork`: what one key may do, see `KEY_WORK`. */
export function createSession(mac: Mac, keys: SessionKeys, keyWork = KEY_WORK): Session {
  return keys.encrypted ? new SealedSession(mac, keys, keyWork) : new MacSession(mac, keys, keyWork);
}

/** Equality of the first `length` bytes in a time that does not tell where they differ. */
export function equal(a: Uint8Array, b: Uint8Array, length: number): boolean {
  let difference = 0;
  for (let i = 0; i < length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

function increment(nonce: Uint8Array): void {
  for (let i = NONCE_BYTES - 1; i > DIRECTION_AT; i--) {
    const next = (nonce[i]! + 1) & 0xff;
    nonce[i] = next;
    if (next !== 0) return;
  }
}
