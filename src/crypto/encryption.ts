/**
 * Whether a channel is encrypted. Each side says in its handshake what it wishes, the transcript covers both wishes, and
 * the stricter one wins: on where either side asks for it, and no connection at all where one asks and the other one
 * has no cipher. So nobody in between can talk two sides out of it, and nobody's peer can.
 */

import { nodeCrypto } from './node-crypto.ts';

export const ENCRYPTION_SETTINGS = ['auto', 'on', 'off'] as const;
/**
 * `on`: asks every other side for it. `off`: asks nobody, and does it where the other side asks. `auto`: asks whoever is
 * not on this host.
 */
export type EncryptionSetting = (typeof ENCRYPTION_SETTINGS)[number];

/** What one side says. `impossible`: it has no synchronous AES, as a browser. */
export const WISHES = ['unasked', 'asked', 'impossible'] as const;
export type EncryptionWish = (typeof WISHES)[number];

/** Whether both together encrypt; undefined where they cannot come together. */
export function agreedOn(one: EncryptionWish, other: EncryptionWish): boolean | undefined {
  if (one !== 'asked' && other !== 'asked') return false;
  return one === 'impossible' || other === 'impossible' ? undefined : true;
}

/** A setting's wish about a host. `own`: hosts that are ours; `other`: an address or a name, '' where it is not known. */
export function wishFor(setting: EncryptionSetting, own: readonly string[], other: string): EncryptionWish {
  const asked = setting === 'on' || (setting === 'auto' && !sameHost(own, other));
  if (nodeCrypto === undefined) return 'impossible';
  return asked ? 'asked' : 'unasked';
}

/** The host of a URL without an IPv6 address's brackets; '' where it is none. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
}

/** One form of an address: IPv4 in IPv6's clothes is IPv4. */
export function plainAddress(remote: string): string {
  const lower = remote.toLowerCase();
  const mapped = /^(?:::ffff:|0000:0000:0000:0000:0000:ffff:)(.*)$/.exec(lower)?.[1];
  if (mapped === undefined) return lower;
  if (mapped.includes('.')) return mapped;
  const groups = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(mapped);
  if (groups === null) return lower;
  const [high, low] = [Number.parseInt(groups[1]!, 16), Number.parseInt(groups[2]!, 16)];
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
}

/** What never leaves this machine: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), localhost (RFC 6761 §6.3). */
function isLoopback(address: string): boolean {
  return /^127\.\d+\.\d+\.\d+$|^(?:0*:)*0*1$|^(?:.+\.)?localhost$/.test(address);
}

function sameHost(own: readonly string[], other: string): boolean {
  const address = plainAddress(other);
  return address !== '' && (isLoopback(address) || own.some((host) => plainAddress(host) === address));
}
