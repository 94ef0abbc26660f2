/** What must hold for a message that is signed in every setting to be a validator's: for who has the genesis alone. */

import { fromHex } from '../core/bytes.ts';
import type { AuthSetting, Chain, ValidatorInfo } from '../core/genesis.ts';
import { messageInput } from './authenticator.ts';
import type { SuiteName, VerifyItem } from './interface.ts';
import { LENGTHS } from './suites/suite.ts';

const SUITES: Readonly<Record<AuthSetting, readonly SuiteName[]>> = {
  channel: ['ml-dsa-87'],
  ed25519: ['ed25519'],
  'ml-dsa-87': ['ml-dsa-87'],
  hybrid: ['ed25519', 'ml-dsa-87'],
};

/** Undefined where the signature's length is wrong. */
export function certificateClaims(
  chain: Chain,
  validator: ValidatorInfo,
  body: Uint8Array,
  signature: Uint8Array,
): VerifyItem[] | undefined {
  return claimsOf(SUITES[chain.genesis.auth], chain, validator, body, signature);
}

/** The same for a vote: none where sessions authenticate votes. */
export function voteClaims(
  chain: Chain,
  validator: ValidatorInfo,
  body: Uint8Array,
  signature: Uint8Array,
): VerifyItem[] | undefined {
  const suites = chain.genesis.auth === 'channel' ? [] : SUITES[chain.genesis.auth];
  return claimsOf(suites, chain, validator, body, signature);
}

function claimsOf(
  suites: readonly SuiteName[],
  chain: Chain,
  validator: ValidatorInfo,
  body: Uint8Array,
  signature: Uint8Array,
): VerifyItem[] | undefined {
  const total = suites.reduce((sum, suite) => sum + LENGTHS[suite].signature, 0);
  if (signature.length !== total) return undefined;
  const message = messageInput(chain.id, body);
  let at = 0;
  return suites.map((suite): VerifyItem => {
    const from = at;
    at += LENGTHS[suite].signature;
    const publicKey = fromHex(suite === 'ed25519' ? validator.ed25519 : validator.mlDsa87)!;
    return { suite, publicKey, message, signature: signature.subarray(from, at) };
  });
}
