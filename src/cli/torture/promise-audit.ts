/**
 * What validators promised, from their vote logs, for protocols whose promises are one vote a round or term: HotStuff,
 * Streamlet, Raft. Records come in the order in which the log has them; that one comes again is no fault.
 */

import type { ReplicaId } from '../../core/ids.ts';
import type { AnyMessage } from '../../core/machine.ts';
import type { HotstuffRecord } from '../../protocols/hotstuff/messages.ts';
import type { RaftRecord } from '../../protocols/raft/messages.ts';
import type { StreamletRecord } from '../../protocols/streamlet/messages.ts';

/** What a record says, once and for all; `of`: whom it binds, its writer alone or everybody. */
interface Said {
  readonly of: 'one' | 'all';
  /** `vote in round`. */
  readonly what: string;
  readonly at: string | number;
  readonly value: string;
}

export interface LogAudit {
  readonly failures: readonly string[];
  /** Promises seen, each once. */
  readonly votes: number;
  add(id: ReplicaId, record: AnyMessage): void;
}

/** A message of our own as one line; batches are told by their digests. */
function line(message: object): string {
  return JSON.stringify(Object.entries(message).filter(([name]) => name !== 'batch'));
}

function hotstuff(id: ReplicaId, record: HotstuffRecord): Said[] {
  if (record.type === 'committed') {
    return [{ of: 'all', what: 'committed slot', at: record.sequence, value: record.digest }];
  }
  if (record.type !== 'attested' || record.attested.from !== id) return [];
  const { message } = record.attested;
  if (message.type === 'vote') {
    return [{ of: 'one', what: 'voted in round', at: message.round, value: line(message) }];
  }
  return message.type === 'checkpoint' ? checkpoint(message) : [];
}

function streamlet(id: ReplicaId, record: StreamletRecord): Said[] {
  if (record.type !== 'attested' || record.attested.from !== id) return [];
  const { message } = record.attested;
  if (message.type === 'checkpoint') return checkpoint(message);
  if (message.type === 'vote') {
    return [{ of: 'one', what: 'voted in round', at: message.round, value: line(message) }];
  }
  if (message.type !== 'proposal' && message.type !== 'tail') return [];
  return [{ of: 'one', what: 'proposed in round', at: message.round, value: line(message) }];
}

function raft(id: ReplicaId, record: RaftRecord): Said[] {
  if (record.type === 'entry') {
    const at = `${record.sequence} of term ${record.term}`;
    return [{ of: 'all', what: 'has entry', at, value: record.digest }];
  }
  // A term is entered without a vote at first.
  if (record.type === 'term' && record.vote !== 0) {
    return [{ of: 'one', what: 'voted in term', at: record.term, value: String(record.vote) }];
  }
  if (record.type !== 'attested' || record.attested.from !== id) return [];
  const { message } = record.attested;
  return message.type === 'checkpoint' ? checkpoint(message) : [];
}

const checkpoint = ({ sequence, digest }: { sequence: number; digest: string }): Said[] => [
  { of: 'all', what: 'signed the checkpoint', at: sequence, value: digest },
];

const READERS = { hotstuff, streamlet, raft } as unknown as Readonly<
  Record<string, (id: ReplicaId, record: AnyMessage) => Said[]>
>;

/** Failures kept: one shows the fault, the others its extent. */
const MOST_FAILURES = 20;

export class PromiseAudit implements LogAudit {
  readonly failures: string[] = [];
  votes = 0;
  private readonly read: (id: ReplicaId, record: AnyMessage) => Said[];
  private readonly ones: Map<string, string>[];
  private readonly all = new Map<string, string>();

  /** `protocol`: `hotstuff`, `streamlet` or `raft`. */
  constructor(protocol: string, n: number) {
    const read = READERS[protocol];
    if (read === undefined) throw new Error(`nobody knows what ${protocol} promises in its log`);
    this.read = read;
    this.ones = Array.from({ length: n }, () => new Map());
  }

  add(id: ReplicaId, record: AnyMessage): void {
    for (const { of, what, at, value } of this.read(id, record)) {
      const said = of === 'one' ? this.ones[id]! : this.all;
      const key = `${what} ${at}`;
      const earlier = said.get(key);
      if (earlier === undefined) {
        said.set(key, value);
        this.votes++;
      } else if (earlier !== value)
        this.fail(`v${id} ${key}: ${value}, and ${of === 'one' ? 'it' : 'another'} said ${earlier}`);
    }
  }

  private fail(what: string): void {
    if (this.failures.length < MOST_FAILURES) this.failures.push(`contradiction: ${what}`);
  }
}
