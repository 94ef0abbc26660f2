/** The protocols that a genesis may name. */

import type { AnyMessage, Protocol } from '../core/machine.ts';
import { hotstuff } from './hotstuff/hotstuff.ts';
import { pbft } from './pbft/pbft.ts';
import { raft } from './raft/raft.ts';
import { streamlet } from './streamlet/streamlet.ts';

const protocols: ReadonlyMap<string, Protocol<AnyMessage, AnyMessage>> = new Map([
  [pbft.name, pbft as unknown as Protocol<AnyMessage, AnyMessage>],
  [hotstuff.name, hotstuff as unknown as Protocol<AnyMessage, AnyMessage>],
  [raft.name, raft as unknown as Protocol<AnyMessage, AnyMessage>],
  [streamlet.name, streamlet as unknown as Protocol<AnyMessage, AnyMessage>],
]);

/** The protocol of that name, or undefined. */
export function protocolByName(name: string): Protocol<AnyMessage, AnyMessage> | undefined {
  return protocols.get(name);
}

export function protocolNames(): string[] {
  return [...protocols.keys()];
}
