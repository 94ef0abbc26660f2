/**
 * Cookies (as in RFC 9147 §5.1 and WireGuard): whoever says hello is told a number that we can compute again and nobody else
 * can, and says hello once more with it. We keep nothing meanwhile. A hello that was sent from elsewhere, recorded some
 * time ago, or sent by somebody who does not wait for an answer, costs us a hash.
 */

import { randomBytes } from './node-crypto.ts';
import { equal, type Mac } from './session.ts';

export const COOKIE_BYTES = 16;

/** How long a secret makes cookies, ms; they are taken for as long again. */
const SECRET_MS = 30_000;

export class Cookies {
  private readonly mac: Mac;
  private readonly nowMs: () => number;
  private readonly text = new TextEncoder();
  private current = randomBytes(32);
  private previous = randomBytes(32);
  private sinceMs: number;

  constructor(mac: Mac, nowMs: () => number = () => performance.now()) {
    this.mac = mac;
    this.nowMs = nowMs;
    this.sinceMs = nowMs();
  }

  /** For what comes from this address: `hello` without the cookie that it may have, always of the same length. */
  make(remote: string, hello: Uint8Array): Uint8Array {
    this.rotate();
    return this.with(this.current, remote, hello);
  }

  /** Whether we made this one, for the same hello from the same address, a short time ago. */
  good(cookie: Uint8Array, remote: string, hello: Uint8Array): boolean {
    this.rotate();
    return [this.current, this.previous].some((secret) =>
      equal(this.with(secret, remote, hello), cookie, COOKIE_BYTES),
    );
  }

  private with(secret: Uint8Array, remote: string, hello: Uint8Array): Uint8Array {
    return this.mac(secret, hello, this.text.encode(remote)).slice(0, COOKIE_BYTES);
  }

  private rotate(): void {
    const ageMs = this.nowMs() - this.sinceMs;
    if (ageMs < SECRET_MS) return;
    this.previous = ageMs < 2 * SECRET_MS ? this.current : randomBytes(32);
    this.current = randomBytes(32);
    this.sinceMs += ageMs;
  }
}
