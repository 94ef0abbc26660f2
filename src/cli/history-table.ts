/** Transactions as lines of a table. */

import { fromHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { TransactionLine } from '../replica/history.ts';
import type { Alignment } from './output.ts';

export const LINE_HEAD = ['slot', 'transaction', 'client', 'nonce', 'kind', 'bytes', 'result'];
export const LINE_ALIGN: readonly Alignment[] = ['right', 'left', 'left', 'right', 'left', 'right', 'left'];

export function lineRow({
  sequence,
  index,
  digest,
  client,
  nonce,
  kind,
  bytes,
  ok,
}: TransactionLine): string[] {
  return [
    `${sequence}.${index}`,
    digest,
    client === null ? '–' : `${client.slice(0, 12)}…`,
    nonce === null ? '–' : String(nonce),
    kind ?? '–',
    String(bytes),
    ok ? 'ok' : 'declined',
  ];
}

/** 64 hex digits, in lower case. Throws `bad-flag`. */
export function digestWord(word: string | undefined, what: string): string {
  if (word === undefined || fromHex(word)?.length !== 32) {
    throw new LockstepError(
      'bad-flag',
      `${what} is 64 hex digits${word === undefined ? '' : `, not "${word}"`}`,
    );
  }
  return word.toLowerCase();
}
