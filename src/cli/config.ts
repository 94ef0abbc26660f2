/** A validator's own file, `config.yaml`: what it need not agree on with the others. */

import { readFileSync } from 'node:fs';
import { LockstepError } from '../core/errors.ts';
import {
  MAX_CLIENT_CONNECTIONS,
  MAX_MEMPOOL_BYTES,
  MAX_MEMPOOL_TRANSACTIONS,
  MAX_WINDOW,
} from '../core/limits.ts';
import { ENCRYPTION_SETTINGS, type EncryptionSetting } from '../crypto/encryption.ts';
import { type Deltas, REPUTATION_RULES } from '../replica/watch/reputation.ts';
import type { Durability } from '../storage/interface.ts';
import { defaultOf, type Rule, type Rules } from './rules.ts';
import { checkText } from './settings.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Config {
  /** Where the genesis does not name us: the name that we joined, or are to join, under. Else empty. */
  readonly name: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Validator name → ws:// or wss:// URL, without a path. Our own entry is what others and clients dial. */
  readonly peers: Readonly<Record<string, string>>;
  readonly threads: 'auto' | number;
  /** Validator name → ms. */
  readonly sendDelaysMs: Readonly<Record<string, number>>;
  readonly encryption: EncryptionSetting;
  readonly compression: boolean;
  readonly durability: Durability;
  readonly logLevel: LogLevel;
  readonly metrics: boolean;
  readonly pipelineDepth: number;
  readonly logCompactBytes: number;
  /** Certified checkpoints whose history is kept. */
  readonly retain: 'all' | number;
  /** By cause, what a peer's score changes by. */
  readonly reputation: Deltas;
  readonly limits: {
    readonly mempoolTransactions: number;
    readonly mempoolBytes: number;
    readonly clientConnections: number;
    readonly clientKeys: number;
  };
}

/** A fault lowers a score, and nothing but agreement raises it. */
function reputationKeys(): Rules {
  return Object.fromEntries(
    Object.entries(REPUTATION_RULES.deltas).map(([cause, delta]) => {
      const [min, max] = delta > 0 ? [0, 1] : [-1, 0];
      return [cause, { kind: 'number', min, max, default: delta, doc: `For ${cause}.` } as const];
    }),
  );
}

const URL_RULE: Rule = {
  kind: 'string',
  pattern: /^wss?:\/\/[^\s/]+:\d{1,5}$/,
  shape: 'an address such as ws://10.0.0.2:7100',
  doc: "A validator's address.",
};

export const CONFIG_RULES: Rules = {
  name: {
    kind: 'string',
    pattern: /^([a-z0-9][a-z0-9_-]{0,31})?$/,
    shape: 'up to 32 of a-z, 0-9, - and _, or nothing',
    default: '',
    doc: 'The name of this validator where it is not one of the genesis: under it the others add it to the set.',
  },
  listen: {
    kind: 'group',
    doc: 'Where this validator accepts peers, clients and HTTP (/metrics, /status, /healthz, /readyz): one port for all.',
    keys: {
      host: {
        kind: 'string',
        pattern: /^[^\s]+$/,
        shape: 'an address of this machine',
        default: '127.0.0.1',
        doc: 'Address to bind. 0.0.0.0 binds all of them.',
      },
      port: { kind: 'integer', min: 1, max: 65_535, default: 7100, doc: 'TCP port.' },
    },
  },
  peers: {
    kind: 'map',
    of: URL_RULE,
    doc: 'Addresses of the validators by their names in the genesis, such as `v1: ws://10.0.0.2:7100`.',
  },
  sendDelaysMs: {
    kind: 'map',
    of: { kind: 'number', min: 0, max: 10_000, unit: 'ms', doc: 'Delay of what is sent to a validator.' },
    doc: 'For experiments: ms by which whatever is sent to a validator leaves later, by its name, such as `v1: 40`. On a local cluster it stands for the distance between regions.',
  },
  threads: {
    kind: 'integer-or',
    word: 'auto',
    min: 0,
    max: 64,
    unit: 'threads',
    default: 'auto',
    doc: 'Threads that check signatures. auto: the cores, shared with the validators of the same address, less one for the main thread. 0: all on the main thread.',
  },
  encryption: {
    kind: 'choice',
    of: ENCRYPTION_SETTINGS,
    default: 'auto',
    doc: 'Whether what goes over connections is encrypted (AES-256-GCM), with validators and clients. It is where either side asks. on: ask always. off: never ask. auto: ask whoever is neither on the loopback nor at our own address. Authenticated it is in any case.',
  },
  compression: {
    kind: 'boolean',
    default: false,
    doc: 'Whether pieces of a state go compressed to validators that are set to it as well; votes and transactions never do. Their length then tells whoever listens how alike their entries are.',
  },
  durability: {
    kind: 'choice',
    of: ['process', 'power'],
    default: 'process',
    doc: 'What a promise survives before it is sent. process: kill -9. power: loss of power too (one fdatasync per burst).',
  },
  logLevel: {
    kind: 'choice',
    of: LOG_LEVELS,
    default: 'info',
    doc: 'Least severe log lines that are written.',
  },
  metrics: { kind: 'boolean', default: true, doc: 'Whether GET /metrics answers, for Prometheus.' },
  pipelineDepth: {
    kind: 'integer',
    min: 1,
    max: MAX_WINDOW,
    unit: 'slots',
    default: 4,
    doc: 'Slots that this validator keeps in flight as primary; further arrivals gather into the next batch.',
  },
  logCompactBytes: {
    kind: 'integer',
    min: 1 << 20,
    max: 2 ** 36,
    unit: 'bytes',
    default: 2 << 20,
    doc: 'Size of the vote log above which the next stable checkpoint is saved and the log starts anew, once the log is as large as the saved state. A restart executes again what the log holds: some 0.2 s per MiB.',
  },
  retain: {
    kind: 'integer-or',
    word: 'all',
    min: 0,
    max: 1_000_000,
    unit: 'checkpoints',
    default: 256,
    doc: 'History kept in the store: the newest certified checkpoints, and the slots since the oldest of them. all: everything, and the disk fills for ever. 0: none.',
  },
  reputation: {
    kind: 'group',
    doc: "What this validator's score of a peer, 0 to 1, changes by, for each thing that it is found at. A score throttles and informs; it changes no quorum.",
    keys: reputationKeys(),
  },
  limits: {
    kind: 'group',
    doc: 'How much others can make this validator keep.',
    keys: {
      mempoolTransactions: {
        kind: 'integer',
        min: 1,
        max: 10 * MAX_MEMPOOL_TRANSACTIONS,
        unit: 'transactions',
        default: MAX_MEMPOOL_TRANSACTIONS,
        doc: 'Transactions waiting to be ordered; a further one is refused with mempool-full.',
      },
      mempoolBytes: {
        kind: 'integer',
        min: 1 << 20,
        max: 16 * MAX_MEMPOOL_BYTES,
        unit: 'bytes',
        default: MAX_MEMPOOL_BYTES,
        doc: 'Their bytes.',
      },
      clientConnections: {
        kind: 'integer',
        min: 1,
        max: 10 * MAX_CLIENT_CONNECTIONS,
        unit: 'connections',
        default: MAX_CLIENT_CONNECTIONS,
        doc: 'Clients connected at once; a further one is refused with too-many-clients.',
      },
      clientKeys: {
        kind: 'integer',
        min: 0,
        max: 3_500,
        unit: 'keys',
        default: 256,
        doc: 'Prepared public keys of clients that are kept, per signature suite (64 KiB each for ML-DSA-87).',
      },
    },
  },
};

/** The configuration where nothing is said. */
export const DEFAULT_CONFIG = defaultOf({ kind: 'group', keys: CONFIG_RULES, doc: '' }) as unknown as Config;

/** Checks a config text. Throws `bad-config` with `file:line`. */
export function parseConfig(text: string, file: string): Config {
  return checkText(text, CONFIG_RULES, { file, code: 'bad-config', defaults: true }) as unknown as Config;
}

/** Reads and checks `config.yaml`. Throws `bad-config`. */
export function readConfig(file: string): Config {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new LockstepError('bad-config', `cannot read the configuration ${file}: ${why}`);
  }
  return parseConfig(text, file);
}
