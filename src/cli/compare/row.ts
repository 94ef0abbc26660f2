/** What a comparison reports: one row per contender, size and setting. Every unit is in a name. */

import type { ProtocolParameters } from '../../core/machine.ts';
import type { Theory } from '../bench/patterns.ts';
import type { Setting } from '../bench/row.ts';
import type { Contender } from './contenders.ts';

/** What a commit of one transaction took, all validators together. */
export interface CommitCosts {
  /** Between validators, one for each receiver. */
  readonly messagesPerCommit: number;
  /** Of those messages, without frames and MACs. */
  readonly bytesPerCommit: number;
  readonly signaturesMadePerCommit: number;
  readonly signaturesCheckedPerCommit: number;
  /** Time on a core, all threads of all validators, µs; where the system says it. */
  readonly cpuUsPerCommit?: number;
}

/** One turn of a contender. */
export interface Turn {
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly floorP50Ms: number;
  readonly floorP99Ms: number;
  readonly commits: number;
  readonly cpuUsPerCommit?: number;
}

export interface CompareRow extends Partial<CommitCosts> {
  /** On real processes, or by the simulator with measured costs. */
  readonly kind: 'measured' | 'simulated';
  /** Simulated: one computer like this one for all, or one for each. */
  readonly hosts?: 'one' | 'each';
  readonly contender: string;
  readonly protocol: string;
  readonly protocolParameters: ProtocolParameters;
  readonly auth: string;
  readonly txAuth: string;
  readonly durability: string;
  readonly encryption?: string;
  readonly validators: number;
  readonly clients: number;
  readonly payloadBytes: number;
  /** One closed-loop client: medians of the turns'. */
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  /** The bare message pattern, before each turn. */
  readonly floorP50Ms: number;
  readonly floorP99Ms?: number;
  readonly commits: number;
  readonly failed: number;
  /** Many in flight: `outstanding` of them. */
  readonly throughputTps?: number;
  readonly throughputP50Ms?: number;
  readonly outstanding?: number;
  /** In the closed loop, before the first turn, s. */
  readonly warmedS?: number;
  readonly warmedCommits?: number;
  readonly stateHashesAgree?: boolean;
  readonly turns: readonly Turn[];
  readonly theory: Theory;
}

export interface Refused {
  readonly contender: string;
  readonly auth: string;
  readonly validators: number;
  readonly why: string;
}

export interface CompareSetting {
  readonly txAuth: string;
  readonly durability: string;
  readonly encryption?: string;
  readonly payloadBytes: number;
}

export function settingOf(
  { name, protocol, parameters }: Contender,
  auth: string,
  validators: number,
  common: CompareSetting,
): Setting {
  const label = `${validators} validators, ${auth}, ${name}`;
  return { protocol, protocolParameters: parameters, label, auth, validators, ...common };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return 0;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
