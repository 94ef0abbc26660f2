/**
 * `lockstep/client`: a cluster's clients, in Node and in browsers.
 *
 *     const client = await Client.connect({ home: './net' });
 *     const { sequence, result, latencyMs } = await client.submit({ op: 'put', key: 'greeting', value: 'hello' });
 *     const { result: read } = await client.query({ op: 'get', key: 'greeting' });
 *     await client.close();
 *
 * A result is believed once f + 1 validators, whose identities their sessions prove, gave it alike.
 */

export type { AppResult } from '../apps/results.ts';
export { type ErrorCode, LockstepError } from '../core/errors.ts';
export type { Genesis } from '../core/genesis.ts';
export type { KeyPair, SuiteName } from '../crypto/interface.ts';
export { generateKeyPair } from '../crypto/signing.ts';
export type { ProvenFact } from '../proofs/proof-check.ts';
export { Client } from './client.ts';
export type {
  AddressOptions,
  ConnectOptions,
  HomeOptions,
  QueryOptions,
  Submission,
  SubmitOptions,
  ValidatorView,
} from './options.ts';
export type { Waiter } from './outstanding.ts';
export { checkProof } from './proofs.ts';
