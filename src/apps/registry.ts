/** All applications by name: what a validator, a tool and the simulator need. */

import type { Hasher } from '../crypto/hash.ts';
import type { AppCodec } from './codec.ts';
import { appCodec } from './codecs.ts';
import type { StateMachine } from './interface.ts';
import { KeyValueStore } from './kv.ts';
import { Ledger } from './ledger.ts';
import type { AppParams } from './params.ts';

export interface AppDefinition extends AppCodec {
  /** The application at genesis. Throws `bad-genesis` where the parameters do not hold. */
  create(params: AppParams, hasher: Hasher): StateMachine;
}

const CREATE: Readonly<Record<string, AppDefinition['create']>> = {
  kv: (params, hasher) => new KeyValueStore(params, hasher),
  ledger: (params, hasher) => new Ledger(params, hasher),
};

/** Throws `bad-genesis` where there is no such application. */
export function applicationByName(name: string): AppDefinition {
  return { ...appCodec(name), create: CREATE[name]! };
}
