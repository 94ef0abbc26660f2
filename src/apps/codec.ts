/** What a client needs of an application: its objects as bytes and back. Browser-safe. */

import { fromHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { AppResult } from './results.ts';

export interface AppCodec {
  readonly name: string;
  /** A command's payload, e.g. of `{ op: 'put', key: 'a', value: 1 }`. Throws `bad-request` with what to change. */
  encodeCommand(command: unknown): Uint8Array;
  /** A read's payload: the same bytes whether it is ordered or not. Throws `bad-request`. */
  encodeQuery(query: unknown): Uint8Array;
  /** The object of a result's bytes. Throws nothing: bytes that are no result are `{ ok: false, code: 'bad-result' }`. */
  decodeResult(bytes: Uint8Array): AppResult;
}

export function badRequest(message: string): LockstepError {
  return new LockstepError('bad-request', message);
}

/** A request as an object with an `op` that is one of `ops` and no field but `op` and those of its op. */
export function requestOf(
  app: string,
  request: unknown,
  ops: Readonly<Record<string, readonly string[]>>,
): Record<string, unknown> & { op: string } {
  if (typeof request !== 'object' || request === null)
    throw badRequest(`${app} takes an object with an 'op'`);
  const op = (request as { op?: unknown }).op;
  const fields = typeof op === 'string' && Object.hasOwn(ops, op) ? ops[op] : undefined;
  if (fields === undefined) {
    throw badRequest(
      `${app} has no operation ${JSON.stringify(op)} here; it has ${Object.keys(ops).join(', ')}`,
    );
  }
  for (const name of Object.keys(request)) {
    if (name !== 'op' && !fields.includes(name)) throw badRequest(`'${op}' has no field '${name}'`);
  }
  return request as Record<string, unknown> & { op: string };
}

/** A client id of 64 hex digits as 32 bytes. */
export function accountBytes(value: unknown, field: string): Uint8Array {
  const bytes = typeof value === 'string' ? fromHex(value) : undefined;
  if (bytes?.length !== 32) throw badRequest(`'${field}' must be a client id of 64 hex digits`);
  return bytes;
}
