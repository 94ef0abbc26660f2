/** The genesis file: how it is checked, and how one is made. `genesis-rules.ts` has its keys. */

import { readFileSync } from 'node:fs';
import { toHex } from '../core/bytes.ts';
import { LockstepError } from '../core/errors.ts';
import type { AuthSetting, Genesis, GenesisParameters, HashName, ValidatorInfo } from '../core/genesis.ts';
import type { ProtocolParameters } from '../core/machine.ts';
import { MIN_VALIDATORS, maxFaulty } from '../core/quorum.ts';
import type { Identity } from '../crypto/keys.ts';
import { protocolByName } from '../protocols/registry.ts';
import { AUTH_SETTINGS, PARAMETER_RULES, rulesFor } from './genesis-rules.ts';
import { defaultOf } from './rules.ts';
import { checkText } from './settings.ts';

export { APPS, AUTH_SETTINGS, GENESIS_RULES, NAME_PATTERN, PROTOCOLS } from './genesis-rules.ts';

/** Room for what surrounds a batch in a frame: the message's body, both signatures, the frame's own bytes. */
const ENVELOPE_BYTES = 64 << 10;

/** The parameters where nothing else is said. */
export const DEFAULT_PARAMETERS = defaultOf({
  kind: 'group',
  keys: PARAMETER_RULES,
  doc: '',
}) as unknown as GenesisParameters;

/** What no single key can say. Throws `bad-genesis`. */
function checkWhole(genesis: Genesis, file: string): void {
  const fail = (why: string): never => {
    throw new LockstepError('bad-genesis', `${file}: ${why}`);
  };
  const { parameters: p, validators } = genesis;
  const n = validators.length;
  if (genesis.byzantine && n < MIN_VALIDATORS) fail(tooFew(n));
  if (n < 1) fail('validators is empty');
  const protocol = protocolByName(genesis.protocol)!;
  if (genesis.byzantine && !protocol.byzantine) {
    fail(
      `protocol ${protocol.name} tolerates validators that crash and none that lies, and byzantine is true; set byzantine to false where every validator is trusted, or choose another protocol`,
    );
  }
  const refusal = protocol.refuses?.({
    n,
    auth: genesis.auth,
    parameters: genesis.protocolParameters ?? {},
  });
  if (refusal !== undefined) fail(refusal);
  for (const key of ['name', 'ed25519', 'mlDsa87'] as const) {
    const seen = new Map<string, number>();
    validators.forEach((validator, id) => {
      const other = seen.get(validator[key]);
      if (other !== undefined) fail(`validators[${other}] and validators[${id}] have the same ${key}`);
      seen.set(validator[key], id);
    });
  }
  if (p.window % p.checkpointInterval !== 0 || p.window < 2 * p.checkpointInterval) {
    const example = 4 * p.checkpointInterval;
    fail(
      `parameters.window must be a multiple of checkpointInterval and at least twice it, such as ${example}`,
    );
  }
  if (p.viewChangeTimeoutMaxMs < p.viewChangeTimeoutMs) {
    fail('parameters.viewChangeTimeoutMaxMs must be at least viewChangeTimeoutMs');
  }
  if (p.maxBatchBytes < p.maxTransactionBytes)
    fail('parameters.maxBatchBytes must be at least maxTransactionBytes');
  if (p.maxMessageBytes < p.maxBatchBytes + ENVELOPE_BYTES) {
    fail(`parameters.maxMessageBytes must be at least maxBatchBytes + ${ENVELOPE_BYTES}`);
  }
}

/** Why n validators are too few to tolerate a Byzantine one. */
export function tooFew(n: number): string {
  return (
    `${n} ${n === 1 ? 'validator' : 'validators'} cannot tolerate a faulty one: with n validators f = ⌊(n − 1) / 3⌋ ` +
    `may be Byzantine, and f ≥ 1 needs n ≥ ${MIN_VALIDATORS} (f is ${maxFaulty(Math.max(1, n))} here)`
  );
}

/** Why a new chain of this protocol cannot have n validators; undefined where it can. */
export function refusedSize(protocol: string, n: number): string | undefined {
  const lies = protocolByName(protocol)?.byzantine ?? true;
  if (lies) return n < MIN_VALIDATORS ? tooFew(n) : undefined;
  return n < 1 ? 'a chain needs at least one validator' : undefined;
}

/** What a chain's validators bear, for people: `1 of them may be faulty`. */
export function toleranceText({ protocol, protocolParameters = {}, auth, validators }: Genesis): string {
  const { length: n } = validators;
  const machine = protocolByName(protocol)!;
  // Whoever only learns is no loss to those that vote.
  const { faulty } = machine.quorum?.({ n, auth, parameters: protocolParameters }) ?? {
    faulty: maxFaulty(n),
  };
  return machine.byzantine
    ? `${faulty} of them may be faulty`
    : `${faulty} of them may crash, and none may lie`;
}

/** Checks a genesis text. Throws `bad-genesis` with `file:line`. */
export function parseGenesis(text: string, file: string): Genesis {
  let draft: { readonly protocol?: unknown } | null;
  try {
    draft = JSON.parse(text);
  } catch (error) {
    throw new LockstepError('bad-genesis', `${file} is not JSON: ${(error as Error).message}`);
  }
  // A default could change between releases and the genesis may not, so every key must be there.
  const named = typeof draft?.protocol === 'string' ? draft.protocol : undefined;
  const genesis = checkText(text, rulesFor(named), {
    file,
    code: 'bad-genesis',
    defaults: false,
  }) as unknown as Genesis;
  checkWhole(genesis, file);
  return genesis;
}

/** Reads and checks a genesis file. Throws `bad-genesis`. */
export function readGenesis(file: string): Genesis {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new LockstepError('bad-genesis', `cannot read the genesis ${file}: ${why}`);
  }
  return parseGenesis(text, file);
}

export interface GenesisOptions {
  readonly chain: string;
  readonly createdMs: number;
  readonly protocol?: string;
  /** Those that are to differ from the protocol's defaults. */
  readonly protocolParameters?: ProtocolParameters;
  /** Default: true. */
  readonly byzantine?: boolean;
  readonly auth?: AuthSetting;
  readonly hash?: HashName;
  readonly parameters?: Partial<GenesisParameters>;
  readonly app?: { readonly name: string; readonly params?: Readonly<Record<string, unknown>> };
  readonly onEvidence?: 'report' | 'remove';
  readonly validators: readonly ValidatorInfo[];
}

/** A protocol's own parameters where nothing else is said; none for a name that is no protocol's. */
export function defaultParameters(protocol: string): ProtocolParameters {
  const rules = Object.entries(protocolByName(protocol)?.parameters ?? {});
  return Object.fromEntries(rules.map(([name, rule]) => [name, rule.default]));
}

/** How votes are authenticated where nothing else is said: by the sessions alone, where the protocol can do without signatures. */
export function defaultAuth(protocol: string, n: number): AuthSetting {
  const rules = protocolByName(protocol);
  const parameters = defaultParameters(protocol);
  return AUTH_SETTINGS.find((auth) => rules?.refuses?.({ n, auth, parameters }) === undefined) ?? 'ed25519';
}

/** A genesis with the defaults filled in and checked. Throws `bad-genesis`. */
export function makeGenesis(options: GenesisOptions): Genesis {
  const own = { ...defaultParameters(options.protocol ?? 'pbft'), ...options.protocolParameters };
  const genesis: Genesis = {
    version: 1,
    chain: options.chain,
    createdMs: options.createdMs,
    protocol: options.protocol ?? 'pbft',
    ...(Object.keys(own).length > 0 && { protocolParameters: own }),
    byzantine: options.byzantine ?? true,
    auth: options.auth ?? defaultAuth(options.protocol ?? 'pbft', options.validators.length),
    hash: options.hash ?? 'blake3',
    parameters: { ...DEFAULT_PARAMETERS, ...options.parameters },
    app: { name: options.app?.name ?? 'kv', params: options.app?.params ?? {} },
    ...(options.onEvidence !== undefined && { onEvidence: options.onEvidence }),
    validators: options.validators,
  };
  return parseGenesis(formatGenesis(genesis), 'the new genesis');
}

export function formatGenesis(genesis: Genesis): string {
  return `${JSON.stringify(genesis, null, 2)}\n`;
}

/** A validator's public part, as the genesis lists it. */
export function validatorInfo(name: string, identity: Identity): ValidatorInfo {
  return { name, ed25519: toHex(identity.ed25519.publicKey), mlDsa87: toHex(identity.mlDsa87.publicKey) };
}
