/**
 * Addresses of strangers that keep failing at the door: refused at accept for a while, before a byte of theirs is read. An
 * address from which a validator proved itself is not banned (the last few of each), since what shares it with a validator may be a
 * router; nor are those that the configuration gives for validators. All bans end where somebody becomes a validator.
 */

import type { RejectionCode } from '../core/errors.ts';
import {
  BAN_MS,
  BAN_STRIKES,
  MAX_BANNED_ADDRESSES,
  MAX_TRUSTED_PER_VALIDATOR,
  STRIKE_PERIOD_MS,
} from '../core/limits.ts';
import type { MemberId } from '../core/membership.ts';
import { plainAddress } from '../crypto/encryption.ts';

/** What only a stranger that means no good, or another program, does; and what any busy machine may do is not here. */
const STRIKES: ReadonlySet<RejectionCode> = new Set<RejectionCode>([
  'handshake-malformed',
  'handshake-failed',
  'stranger',
  'frame-too-large',
  'frame-version',
]);

export interface Ban {
  readonly address: string;
  readonly reason: RejectionCode;
  /** How long it still lasts, ms. */
  readonly leftMs: number;
}

interface Record {
  strikes: number;
  sinceMs: number;
  bannedUntilMs: number;
  reason: RejectionCode;
}

export class Bans {
  readonly #records = new Map<string, Record>();
  /** By validator, the latest last. */
  readonly #trusted = new Map<MemberId, string[]>();
  readonly #nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  /** A validator is, or proved itself, at this address. */
  trust(validator: MemberId, remote: string): void {
    const address = plainAddress(remote);
    const others = (this.#trusted.get(validator) ?? []).filter((other) => other !== address);
    this.#trusted.set(validator, [...others.slice(1 - MAX_TRUSTED_PER_VALIDATOR), address]);
    this.#records.delete(address);
  }

  /** These are all validators that there are. */
  only(validators: readonly MemberId[]): void {
    for (const id of this.#trusted.keys()) if (!validators.includes(id)) this.#trusted.delete(id);
  }

  /** Who was a stranger may be a validator now, and where it is given by name nothing tells which address was its own. */
  lift(): void {
    this.#records.clear();
  }

  /** Whether a validator is known to be there. */
  trusts(remote: string): boolean {
    const address = plainAddress(remote);
    for (const addresses of this.#trusted.values()) if (addresses.includes(address)) return true;
    return false;
  }

  /** Something of this address was not taken, and nobody proved who it is. */
  strike(remote: string, code: RejectionCode): void {
    const address = plainAddress(remote);
    if (address === '' || !STRIKES.has(code) || this.trusts(address)) return;
    const nowMs = this.#nowMs();
    let record = this.#records.get(address);
    if (record === undefined) {
      this.#makeRoom(nowMs);
      record = { strikes: 0, sinceMs: nowMs, bannedUntilMs: 0, reason: code };
      this.#records.set(address, record);
    }
    if (nowMs - record.sinceMs > STRIKE_PERIOD_MS) {
      record.strikes = 0;
      record.sinceMs = nowMs;
    }
    record.strikes++;
    if (record.strikes < BAN_STRIKES) return;
    record.bannedUntilMs = nowMs + BAN_MS;
    record.reason = code;
  }

  banned(remote: string): boolean {
    if (this.#records.size === 0) return false;
    const record = this.#records.get(plainAddress(remote));
    return record !== undefined && record.bannedUntilMs > this.#nowMs();
  }

  list(): Ban[] {
    const nowMs = this.#nowMs();
    return [...this.#records]
      .filter(([, { bannedUntilMs }]) => bannedUntilMs > nowMs)
      .map(([address, { reason, bannedUntilMs }]) => ({ address, reason, leftMs: bannedUntilMs - nowMs }));
  }

  /** The oldest that is not banned gives way, else the oldest ban. */
  #makeRoom(nowMs: number): void {
    if (this.#records.size < MAX_BANNED_ADDRESSES) return;
    let oldest: string | undefined;
    for (const [address, { bannedUntilMs }] of this.#records) {
      oldest ??= address;
      if (bannedUntilMs > nowMs) continue;
      oldest = address;
      break;
    }
    if (oldest !== undefined) this.#records.delete(oldest);
  }
}
