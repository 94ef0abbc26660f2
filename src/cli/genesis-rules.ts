/** The keys of `genesis.json`: what all validators agree on. A table, hence long. */

import { APP_NAMES } from '../apps/codecs.ts';
import type { AuthSetting, GenesisParameters, HashName } from '../core/genesis.ts';
import { MAX_BATCH_TRANSACTIONS, MAX_PEER_FRAME_BYTES, MAX_VALIDATORS, MAX_WINDOW } from '../core/limits.ts';
import { protocolByName, protocolNames } from '../protocols/registry.ts';
import type { Rules } from './rules.ts';

export const AUTH_SETTINGS: readonly AuthSetting[] = ['channel', 'ed25519', 'ml-dsa-87', 'hybrid'];
export const APPS: readonly string[] = APP_NAMES;
export const PROTOCOLS: readonly string[] = protocolNames();
export const HASHES: readonly HashName[] = ['blake3', 'sha3-256'];

/** Validator names: they are keys of config files, labels of metrics and names of folders. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9_-]{0,31}$/;
const NAME_SHAPE = 'up to 32 of a-z, 0-9, - and _';

export const PARAMETER_RULES: Rules & { readonly [K in keyof GenesisParameters]: Rules[string] } = {
  checkpointInterval: {
    kind: 'integer',
    min: 1,
    max: MAX_WINDOW / 2,
    unit: 'slots',
    default: 64,
    doc: 'Slots between checkpoints. Smaller: less to replay after a restart; larger: fewer signatures.',
  },
  window: {
    kind: 'integer',
    min: 2,
    max: MAX_WINDOW,
    unit: 'slots',
    default: 256,
    doc: 'Slots between the low and the high watermark: how deep the pipeline may be. A multiple of checkpointInterval, at least twice it.',
  },
  maxBatchTransactions: {
    kind: 'integer',
    min: 1,
    max: MAX_BATCH_TRANSACTIONS,
    unit: 'transactions',
    default: 2048,
    doc: 'Most transactions that one slot may order.',
  },
  maxBatchBytes: {
    kind: 'integer',
    min: 1024,
    max: MAX_PEER_FRAME_BYTES / 2,
    unit: 'bytes',
    default: 4 << 20,
    doc: 'Most bytes of transactions that one slot may order.',
  },
  maxTransactionBytes: {
    kind: 'integer',
    min: 1024,
    max: 2 << 20,
    unit: 'bytes',
    default: 128 << 10,
    doc: 'Largest transaction, its public key and signature included (ML-DSA-87 takes 7,219 bytes of it).',
  },
  maxMessageBytes: {
    kind: 'integer',
    min: 64 << 10,
    max: MAX_PEER_FRAME_BYTES,
    unit: 'bytes',
    default: 16 << 20,
    doc: 'Largest frame between validators. At least 65,536 more than maxBatchBytes.',
  },
  fastPath: {
    kind: 'boolean',
    default: true,
    doc: 'Whether a batch that all validators prepared alike commits without the commit phase. Falls back by itself while one is slow or dead.',
  },
  viewChangeTimeoutMs: {
    kind: 'integer',
    min: 10,
    max: 60_000,
    unit: 'ms',
    default: 500,
    doc: 'Least time without progress before a backup asks for a view change; the value in use adapts to measured commit times.',
  },
  viewChangeTimeoutMaxMs: {
    kind: 'integer',
    min: 10,
    max: 600_000,
    unit: 'ms',
    default: 16_000,
    doc: 'Most time without progress before a backup asks for a view change, however slow commits were.',
  },
  viewChangeTimeoutGrowth: {
    kind: 'number',
    min: 1.1,
    max: 10,
    default: 2,
    doc: 'What the timeout is multiplied by from one failed view to the next.',
  },
  clockDriftMs: {
    kind: 'integer',
    min: 1,
    max: 3_600_000,
    unit: 'ms',
    default: 5000,
    doc: "How far a batch's time may be from a validator's own clock.",
  },
};

const hexKey = (bytes: number, doc: string) =>
  ({
    kind: 'string',
    pattern: new RegExp(`^[0-9a-f]{${2 * bytes}}$`),
    shape: `${bytes} bytes in hex`,
    doc,
  }) as const;

/** What each protocol has of its own, for the reference. */
function ownParameters(): string {
  return PROTOCOLS.flatMap((name) =>
    Object.entries(protocolByName(name)!.parameters).map(([key, rule]) => {
      const values = rule.kind === 'choice' ? ` (${rule.of.join(' or ')}; ${rule.default} is usual)` : '';
      return ` For ${name}, ${key}${values}: ${rule.doc}`;
    }),
  ).join('');
}

/** The rules for a genesis that names this protocol: its own parameters are checked as the rest is. */
export function rulesFor(protocol: string | undefined): Rules {
  const own = protocol === undefined ? undefined : protocolByName(protocol)?.parameters;
  if (own === undefined) return GENESIS_RULES;
  const { doc } = GENESIS_RULES.protocolParameters!;
  const none = Object.keys(own).length === 0;
  return {
    ...GENESIS_RULES,
    protocolParameters: { kind: 'group', keys: own, doc, ...(none && { optional: true as const }) },
  };
}

export const GENESIS_RULES: Rules = {
  version: { kind: 'integer', min: 1, max: 1, doc: 'Format of this file.' },
  chain: {
    kind: 'string',
    pattern: /^[^\p{C}]{1,64}$/u,
    shape: '1 to 64 characters',
    doc: 'A name for people. What identifies the chain is the digest of the whole genesis.',
  },
  createdMs: {
    kind: 'integer',
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    unit: 'ms since 1970',
    doc: 'When the genesis was made.',
  },
  protocol: { kind: 'choice', of: PROTOCOLS, default: 'pbft', doc: 'The consensus protocol.' },
  protocolParameters: {
    kind: 'open',
    optional: true,
    doc: `The protocol's own parameters, all of them.${ownParameters()}`,
  },
  byzantine: {
    kind: 'boolean',
    default: true,
    doc: 'True: validators may lie. False admits protocols that tolerate crashes only.',
  },
  auth: {
    kind: 'choice',
    of: AUTH_SETTINGS,
    default: 'channel',
    doc: "How votes are authenticated: by the session's keys (channel), or by a signature (hybrid: both must hold); a protocol whose certificates hold votes needs signatures, and its default is ed25519.",
  },
  hash: { kind: 'choice', of: HASHES, default: 'blake3', doc: 'The hash behind every digest of the chain.' },
  parameters: { kind: 'group', keys: PARAMETER_RULES, doc: 'Limits and times that every vote depends on.' },
  app: {
    kind: 'group',
    doc: 'The application that executes what is ordered.',
    keys: {
      name: { kind: 'choice', of: APPS, default: 'kv', doc: 'Its name.' },
      params: { kind: 'open', doc: "The application's own settings." },
    },
  },
  onEvidence: {
    kind: 'choice',
    of: ['report', 'remove'],
    optional: true,
    doc: 'What becomes of a validator that is convicted by evidence on the ledger: report tells of it, remove takes it out of the set at a checkpoint, never below four. Without it: report.',
  },
  validators: {
    kind: 'list',
    max: MAX_VALIDATORS,
    doc: "The validators in the order of their ids; view v's primary is validator v mod n.",
    of: {
      kind: 'group',
      doc: 'A validator.',
      keys: {
        name: { kind: 'string', pattern: NAME_PATTERN, shape: NAME_SHAPE, doc: 'Unique in the set.' },
        ed25519: hexKey(32, 'Ed25519 public key.'),
        mlDsa87: hexKey(2592, 'ML-DSA-87 public key.'),
      },
    },
  },
};
