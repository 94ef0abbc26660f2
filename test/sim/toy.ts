/**
 * The smallest protocol that uses every kind of effect the simulator knows: replica 0 gives out sequences, the others
 * follow. It tolerates nothing; it is here so that the harness can be judged apart from any real protocol.
 */

import type { Batch } from '../../src/core/batch.ts';
import type { Digest } from '../../src/core/ids.ts';
import type {
  Attested,
  Effects,
  Machine,
  MachineConfig,
  MachineEvent,
  MachineStatus,
  Protocol,
} from '../../src/core/machine.ts';
import { attested, digest, list, record, uint } from '../../src/core/schema.ts';

export type ToyMessage =
  | { readonly type: 'order'; readonly sequence: number; readonly digest: Digest; readonly batch: Batch }
  | { readonly type: 'mark'; readonly sequence: number; readonly digest: Digest }
  | {
      readonly type: 'bundle';
      readonly marks: readonly Attested<ToyMessage>[];
      readonly best: { readonly mark: Attested<ToyMessage> };
    };

export type ToyRecord =
  | { readonly type: 'ordered'; readonly sequence: number; readonly digest: Digest; readonly batch: Batch }
  | { readonly type: 'attested'; readonly attested: Attested<ToyMessage> };

export type ToyEvent = MachineEvent<ToyMessage>;

export class ToyMachine implements Machine<ToyMessage, ToyRecord> {
  readonly events: ToyEvent[] = [];
  readonly restored: ToyRecord[];
  delivered: number;
  readonly #config: MachineConfig;
  readonly #log: ToyRecord[] = [];
  readonly #waiting = new Map<number, Batch>();

  constructor(config: MachineConfig, records: Iterable<ToyRecord>, out: Effects<ToyMessage, ToyRecord>) {
    this.#config = config;
    this.delivered = config.restoredSequence;
    this.restored = [...records];
    for (const entry of this.restored)
      if (entry.type === 'ordered') this.#waiting.set(entry.sequence, entry.batch);
    this.#deliver(out);
  }

  step(event: ToyEvent, _nowMs: number, out: Effects<ToyMessage, ToyRecord>): void {
    this.events.push(event);
    if (event.kind === 'propose') this.#order(event.batch, out);
    else if (event.kind === 'checkpoint') {
      const { sequence, digest: state } = event;
      out.push({ kind: 'attest', message: { type: 'mark', sequence, digest: state } });
      out.push({ kind: 'stable', sequence, digest: state, certificate: [] });
    } else if (event.kind === 'message' && event.attested.message.type === 'order') {
      this.#waiting.set(event.attested.message.sequence, event.attested.message.batch);
      this.#deliver(out);
    } else if (event.kind === 'installed') {
      this.delivered = event.sequence;
      this.#deliver(out);
    }
  }

  relevant(message: ToyMessage): boolean {
    return message.type !== 'order' || message.sequence > this.delivered;
  }

  proposable(): boolean {
    return this.#config.self === 0;
  }

  status(): MachineStatus {
    const { delivered } = this;
    return {
      view: 0,
      active: true,
      primary: 0,
      lowWatermark: 0,
      highWatermark: 1e9,
      delivered,
      behind: 0,
      inFlight: 0,
      timeoutMs: 1,
    };
  }

  liveRecords(): ToyRecord[] {
    return this.#log.slice();
  }

  #order(batch: Batch, out: Effects<ToyMessage, ToyRecord>): void {
    const sequence = this.delivered + 1;
    const entry: ToyRecord = { type: 'ordered', sequence, digest: batch.digest, batch };
    this.#log.push(entry);
    out.push({ kind: 'persist', record: entry });
    out.push({ kind: 'send', to: undefined, message: { ...entry, type: 'order' }, afterPersist: true });
    this.#waiting.set(sequence, batch);
    this.#deliver(out);
  }

  #deliver(out: Effects<ToyMessage, ToyRecord>): void {
    for (;;) {
      const batch = this.#waiting.get(this.delivered + 1);
      if (batch === undefined) return;
      this.delivered++;
      out.push({ kind: 'deliver', sequence: this.delivered, view: 0, batch, fast: false });
    }
  }
}

export const toy: Protocol<ToyMessage, ToyRecord> = {
  name: 'toy',
  byzantine: false,
  parameters: {},
  messages: {
    order: { tag: 1, signed: 'vote', batch: true, fields: { sequence: uint(), digest } },
    mark: { tag: 2, signed: 'always', fields: { sequence: uint(), digest } },
    bundle: {
      tag: 3,
      signed: 'always',
      fields: { marks: list(attested('mark'), 9), best: record({ mark: attested('mark') }) },
    },
  },
  records: {},
  attestedRecord: (signed) => ({ type: 'attested', attested: signed }),
  create: (config, records, _nowMs, out) => new ToyMachine(config, records, out),
};
