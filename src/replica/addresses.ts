/**
 * Where validators listen, as they say themselves: records that each signs with its identity key, with a number that grows. They
 * pass from validator to validator, so that one that moves is found again without a restart of the others.
 *
 * Who is a validator the ledger says, and nothing here: a record of somebody outside the set is refused, and one that lies about
 * its address sends others to a place where nobody can prove to be it. The handshake is what counts; this only says where to
 * try. Hence Ed25519 alone signs here: whoever breaks it can misdirect a dialler, and nothing more.
 */

import { Reader } from '../codec/msgpack-reader.ts';
import { Writer } from '../codec/msgpack-writer.ts';
import { encodeValue } from '../codec/value.ts';
import { concatBytes, fromHex } from '../core/bytes.ts';
import type { RejectionCode } from '../core/errors.ts';
import { ADDRESS_PAUSE_MS, MAX_ADDRESS_BYTES } from '../core/limits.ts';
import type { Member, MemberId } from '../core/membership.ts';
import { uint53Bytes } from '../core/uint53.ts';
import type { VerifyItem } from '../crypto/interface.ts';
import type { Item } from '../transport/interface.ts';
import type { Clock } from './ports.ts';

/** The item `[18, record]`. A record is msgpack `[member, number, url, signature]`, as bytes. */
export const ADDRESS_ITEM = 18;

const LABEL = Uint8Array.from('lockstep/address/1\0', (char) => char.charCodeAt(0));
const URL = /^wss?:\/\/[^\s/]{1,240}:\d{1,5}$/;
const SIGNATURE_BYTES = 64;

/**
 * Records that an honest validator may pass on and we not take: it may be of another epoch than we are, and so may its members;
 * and its clock is not ours.
 */
export const NO_FAULT: ReadonlySet<RejectionCode> = new Set<RejectionCode>(['stranger', 'time-drift']);

/** How far ahead of our clock a record's number may be, ms: one that is made far too high could never be replaced. */
const MAX_AHEAD_MS = 3_600_000;

interface Known {
  readonly number: number;
  readonly url: string;
  readonly bytes: Uint8Array;
  /** When it was taken. */
  readonly atMs: number;
}

export interface AddressBookOptions {
  readonly chainId: Uint8Array;
  readonly clock: Clock;
  /** The set of now, as the ledger says it, and who comes next. */
  readonly members: () => readonly Member[];
  readonly verify: (item: VerifyItem) => boolean;
  /** Signs with our Ed25519 identity key. */
  readonly sign: (input: Uint8Array) => Uint8Array;
  /** Where others reach us; empty where that is not known. */
  readonly url: string;
  /** Our number, if we have one. */
  readonly self: () => MemberId | undefined;
  /** Something is new: to be kept, and for the transport. */
  readonly changed: () => void;
}

export class AddressBook {
  readonly #o: AddressBookOptions;
  readonly #known = new Map<MemberId, Known>();

  constructor(options: AddressBookOptions) {
    this.#o = options;
  }

  /** Where this member says that it listens; undefined where it said nothing. */
  urlOf(member: MemberId): string | undefined {
    return this.#known.get(member)?.url;
  }

  get size(): number {
    return this.#known.size;
  }

  /** All that we know, our own first: for whoever connects, and for the disk. */
  records(): Uint8Array[] {
    const own = this.own();
    const self = this.#o.self();
    const others = [...this.#known].filter(([member]) => member !== self).map(([, { bytes }]) => bytes);
    return own === undefined ? others : [own, ...others];
  }

  items(): Item[] {
    return this.records().map((record) => encodeValue([ADDRESS_ITEM, record]));
  }

  /** Our own record: a new one where our address is another than we last said. */
  own(): Uint8Array | undefined {
    const { self, url, sign, clock, chainId } = this.#o;
    const member = self();
    if (member === undefined || url === '') return undefined;
    const last = this.#known.get(member);
    if (last?.url === url) return last.bytes;
    const number = Math.max(Math.floor(clock.wallMs()), (last?.number ?? 0) + 1);
    const bytes = encodeRecord(member, number, url, sign(signedInput(chainId, member, number, url)));
    this.#known.set(member, { number, url, bytes, atMs: clock.nowMs() });
    return bytes;
  }

  /** What a validator passes on; `pass`: it is news, for all others. */
  onItem(item: readonly unknown[]): RejectionCode | { readonly pass: Item | undefined } {
    const [, record] = item;
    if (item.length !== 2 || !(record instanceof Uint8Array)) return 'body-malformed';
    const taken = this.take(record);
    if (taken !== 'new' && taken !== 'known') return taken;
    return { pass: taken === 'new' ? encodeValue([ADDRESS_ITEM, record]) : undefined };
  }

  /** A record, from wherever it came. `known`: no newer than what we have. */
  take(record: Uint8Array): 'new' | 'known' | RejectionCode {
    if (record.length > MAX_ADDRESS_BYTES) return 'body-malformed';
    const reader = new Reader(record);
    reader.tuple(4);
    const member = reader.uint();
    const number = reader.uint();
    const url = reader.str(MAX_ADDRESS_BYTES);
    const signature = reader.bin(SIGNATURE_BYTES);
    if (reader.code !== undefined || !reader.done || !URL.test(url)) return 'body-malformed';
    const { members, verify, clock, chainId, changed, self } = this.#o;
    const of = members().find(({ id }) => id === member);
    if (of === undefined) return 'stranger';
    const last = this.#known.get(member);
    if (last !== undefined && number <= last.number) return 'known';
    if (number > clock.wallMs() + MAX_AHEAD_MS) return 'time-drift';
    // One that says a new address again and again would have all of us pass it on.
    if (last !== undefined && clock.nowMs() - last.atMs < ADDRESS_PAUSE_MS) return 'rate-limited';
    const publicKey = fromHex(of.ed25519)!;
    const message = signedInput(chainId, member, number, url);
    if (!verify({ suite: 'ed25519', publicKey, message, signature })) return 'signature-invalid';
    // Our own words come back after a restart on a home that lost them; the number goes on from there.
    this.#known.set(member, { number, url, bytes: record.slice(), atMs: clock.nowMs() });
    this.#forgetOthers();
    if (member !== self()) changed();
    return 'new';
  }

  #forgetOthers(): void {
    const ids = new Set(this.#o.members().map(({ id }) => id));
    for (const member of this.#known.keys()) if (!ids.has(member)) this.#known.delete(member);
  }
}

function signedInput(chainId: Uint8Array, member: MemberId, number: number, url: string): Uint8Array {
  return concatBytes(LABEL, chainId, uint53Bytes(member), uint53Bytes(number), new TextEncoder().encode(url));
}

function encodeRecord(member: MemberId, number: number, url: string, signature: Uint8Array): Uint8Array {
  const writer = new Writer(512);
  writer.array(4);
  writer.uint(member);
  writer.uint(number);
  writer.str(url);
  writer.bin(signature);
  return writer.take();
}
