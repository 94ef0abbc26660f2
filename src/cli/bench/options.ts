/** Flags that `bench` and `demo` share. */

import { LockstepError } from '../../core/errors.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import { MAX_VALIDATORS } from '../../core/limits.ts';
import { MIN_VALIDATORS } from '../../core/quorum.ts';
import { ENCRYPTION_SETTINGS } from '../../crypto/encryption.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { AUTH_SETTINGS, defaultParameters, PROTOCOLS, refusedSize } from '../genesis.ts';
import { note } from '../output.ts';
import type { Setting } from './row.ts';

export const CLUSTER_OPTIONS = {
  validators: {
    kind: 'integer',
    min: 0,
    max: MAX_VALIDATORS,
    default: 4,
    doc: `How many processes; at least ${MIN_VALIDATORS}, or 1 where the protocol tolerates crashes only.`,
  },
  protocol: { kind: 'choice', of: PROTOCOLS, default: 'pbft', doc: 'The consensus protocol.' },
  'tx-auth': {
    kind: 'choice',
    of: ['ed25519', 'ml-dsa-87'],
    default: 'ed25519',
    doc: 'What clients sign transactions with.',
  },
  payload: {
    kind: 'integer',
    value: 'BYTES',
    min: 0,
    max: 100_000,
    unit: 'bytes',
    default: 64,
    doc: 'Length of the value that each transaction writes.',
  },
  clients: {
    kind: 'integer',
    min: 1,
    max: 256,
    default: 4,
    doc: 'Clients of a throughput run, each with a key and connections of its own.',
  },
  warmup: {
    kind: 'number',
    value: 'SECONDS',
    min: 0,
    max: 600,
    unit: 's',
    default: 1.5,
    doc: 'Load before a measured window that is not counted.',
  },
  outstanding: {
    kind: 'integer',
    min: 1,
    max: 100_000,
    doc: 'Transactions in flight in a throughput run, all clients together. Default: searched for.',
  },
  durability: {
    kind: 'choice',
    of: ['process', 'power'],
    default: 'process',
    doc: 'What a vote survives before it is sent: kill -9, or loss of power.',
  },
  encryption: {
    kind: 'choice',
    of: ENCRYPTION_SETTINGS,
    default: 'auto',
    doc: 'Whether connections are encrypted. auto: not on one host.',
  },
} as const;

export interface ClusterValues {
  readonly validators: number;
  readonly protocol: string;
  readonly 'tx-auth': string;
  readonly payload: number;
  readonly durability: string;
  readonly encryption?: string;
}

/** The settings to measure, one for each way to authenticate votes. Throws `bad-flag` for too few validators. */
export function settingsOf(values: ClusterValues, auths: readonly string[]): Setting[] {
  const refused = refusedSize(values.protocol, values.validators);
  if (refused !== undefined)
    throw new LockstepError('bad-flag', `--validators ${values.validators} is refused: ${refused}`);
  const { validators, protocol, durability, encryption, payload: payloadBytes } = values;
  return allowed(protocol, validators, [...new Set(auths)]).map((auth) => ({
    protocol,
    auth,
    txAuth: values['tx-auth'],
    durability,
    ...(encryption !== undefined && { encryption }),
    validators,
    payloadBytes,
  }));
}

/**
 * `VOTES/TRANSACTIONS,…` as settings: how votes are authenticated, and what transactions are signed with. Throws
 * `bad-flag`.
 */
export function pairedSettings(values: ClusterValues, text: string): Setting[] {
  const pairs = [...new Set(text.split(',').map((pair) => pair.trim()))];
  const txAuths: readonly string[] = CLUSTER_OPTIONS['tx-auth'].of;
  return pairs.flatMap((pair) => {
    const [auth = '', txAuth = '', ...more] = pair.split('/');
    if (more.length > 0 || !AUTHS.includes(auth as AuthSetting) || !txAuths.includes(txAuth))
      throw new LockstepError(
        'bad-flag',
        `--settings takes pairs such as channel/ed25519: one of ${AUTHS.join(', ')}, and one of ${txAuths.join(', ')}; not "${pair}"`,
      );
    return settingsOf({ ...values, 'tx-auth': txAuth }, [auth]).map((one) => ({ ...one, label: pair }));
  });
}

/** Without the settings that the protocol refuses; says which and why. Throws `bad-flag` where none is left. */
function allowed(protocol: string, n: number, auths: readonly string[]): string[] {
  const parameters = defaultParameters(protocol);
  return auths.filter((auth) => {
    const why = protocolByName(protocol)?.refuses?.({ n, auth: auth as AuthSetting, parameters });
    if (why === undefined) return true;
    if (auths.length === 1) throw new LockstepError('bad-flag', `--auth ${auth} is refused: ${why}`);
    note(`${auth} is left out: ${why}`);
    return false;
  });
}

export const AUTHS: readonly AuthSetting[] = AUTH_SETTINGS;
