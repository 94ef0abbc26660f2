import type { Protocol } from '../../core/machine.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import { Pbft } from '../../protocols/pbft/pbft.ts';
import type { Rules } from '../../protocols/pbft/rules.ts';

/** The protocol by other rules, from the reading of its log on. */
export function ruled(
  protocol: Protocol<PbftMessage, PbftRecord>,
  rules: Rules,
): Protocol<PbftMessage, PbftRecord> {
  return { ...protocol, create: (config, log, nowMs, out) => new Pbft(config, log, nowMs, out, rules) };
}
