/** Who takes part in a comparison. */

import type { ProtocolParameters } from '../../core/machine.ts';
import { protocolByName } from '../../protocols/registry.ts';
import { defaultParameters, refusedSize } from '../genesis.ts';

export interface Contender {
  readonly name: string;
  readonly protocol: string;
  /** Those of the protocol's own parameters that differ from its defaults. */
  readonly parameters: ProtocolParameters;
}

export const CONTENDERS: readonly Contender[] = [
  { name: 'pbft', protocol: 'pbft', parameters: {} },
  { name: 'hotstuff-2', protocol: 'hotstuff', parameters: { commit: 'two-chain' } },
  { name: 'hotstuff-3', protocol: 'hotstuff', parameters: { commit: 'three-chain' } },
  { name: 'streamlet', protocol: 'streamlet', parameters: {} },
  { name: 'raft', protocol: 'raft', parameters: {} },
];

export const CONTENDER_NAMES: readonly string[] = CONTENDERS.map(({ name }) => name);

/** Why a contender does not run in this setting; undefined where it does. */
export function refusal({ protocol, parameters }: Contender, auth: string, n: number): string | undefined {
  const size = refusedSize(protocol, n);
  if (size !== undefined) return size;
  const own = { ...defaultParameters(protocol), ...parameters };
  return protocolByName(protocol)!.refuses?.({ n, auth: auth as never, parameters: own });
}
