/** Groups of writes as they go from the validator's thread to the store's: one array of bytes, and what is where in it. */

import type { LedgerOp } from './ledger.ts';
import { type ExecutedSlot, sealSlot, slotBytes, writeSlot } from './slot-record.ts';

/** What waits to be written. A slot is put into bytes only when its group is made up. */
export type Waiting =
  | { readonly kind: 'slot'; readonly slot: ExecutedSlot; readonly bytes: number }
  | { readonly kind: 'other'; readonly op: Exclude<LedgerOp, { kind: 'slot' }> };

export interface Group {
  /** Those with bytes have them in `bytes`, one after another. */
  readonly parts: readonly {
    readonly kind: LedgerOp['kind'];
    readonly number: number;
    readonly length: number;
  }[];
  readonly bytes: Uint8Array;
}

const NO_BYTES = new Uint8Array(0);

function otherBytes(op: Exclude<LedgerOp, { kind: 'slot' }>): Uint8Array {
  if (op.kind === 'witness') return op.bytes;
  return op.kind === 'truncate' ? NO_BYTES : op.record;
}

function otherNumber(op: Exclude<LedgerOp, { kind: 'slot' }>): number {
  if (op.kind === 'witness') return 0;
  return op.kind === 'evidence' ? op.from : op.sequence;
}

export function waitingSlot(slot: ExecutedSlot): Waiting {
  return { kind: 'slot', slot, bytes: slotBytes(slot) };
}

export function waitingBytes(waiting: Waiting): number {
  return waiting.kind === 'slot' ? waiting.bytes : otherBytes(waiting.op).length;
}

/** In memory of its own, which can be handed to another thread. */
export function makeGroup(waiting: readonly Waiting[]): Group {
  let total = 0;
  for (const one of waiting) total += waitingBytes(one);
  const bytes = Buffer.from(new ArrayBuffer(total));
  let at = 0;
  const parts = waiting.map((one) => {
    const length = waitingBytes(one);
    const kind = one.kind === 'slot' ? one.kind : one.op.kind;
    const number = one.kind === 'slot' ? one.slot.sequence : otherNumber(one.op);
    if (one.kind === 'slot') writeSlot(one.slot, bytes, at);
    else bytes.set(otherBytes(one.op), at);
    at += length;
    return { kind, number, length };
  });
  return { parts, bytes };
}

function opOf(kind: LedgerOp['kind'], number: number, record: Uint8Array): LedgerOp {
  if (kind === 'slot') {
    sealSlot(record);
    return { kind, sequence: number, record };
  }
  if (kind === 'checkpoint') return { kind, sequence: number, record };
  if (kind === 'evidence') return { kind, from: number, record };
  if (kind === 'truncate') return { kind, sequence: number };
  return { kind, bytes: record };
}

/** The operations of a group; their bytes are views of it. Checksums are computed here, on the store's thread. */
export function opsOf({ parts, bytes }: Group): LedgerOp[] {
  let at = 0;
  return parts.map(({ kind, number, length }) => {
    const op = opOf(kind, number, bytes.subarray(at, at + length));
    at += length;
    return op;
  });
}
