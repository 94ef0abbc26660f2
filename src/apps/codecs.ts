/** The codecs of all applications by name: what a client needs and no more. Browser-safe. */

import { LockstepError } from '../core/errors.ts';
import type { AppCodec } from './codec.ts';
import { kvCodec } from './kv-codec.ts';
import { ledgerCodec } from './ledger-codec.ts';

export type { AppCodec } from './codec.ts';
export type { AppResult } from './results.ts';

const CODECS: readonly AppCodec[] = [kvCodec, ledgerCodec];

export const APP_NAMES: readonly string[] = CODECS.map((codec) => codec.name);

/** Throws `bad-genesis` where there is no such application. */
export function appCodec(name: string): AppCodec {
  const codec = CODECS.find((one) => one.name === name);
  if (codec === undefined) {
    throw new LockstepError('bad-genesis', `there is no app '${name}'; there are ${APP_NAMES.join(', ')}`);
  }
  return codec;
}
