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
export { LockstepError } from '../core/errors.js';
export { generateKeyPair } from '../crypto/signing.js';
export { Client } from './client.js';
//# sourceMappingURL=index.js.map