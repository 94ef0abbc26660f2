/** What the machines of a scripted run did: counted for expectations, and in words for traces. */

import { NULL_DIGEST, type ReplicaId } from '../../core/ids.ts';
import type { Effect, Effects, Machine, MachineEvent, Protocol } from '../../core/machine.ts';
import type { Claim, PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';

type PbftEffect = Effect<PbftMessage, PbftRecord>;

/** What one replica did since the last `mark`. */
export class Deeds {
  fast = 0;
  slow = 0;
  nulls = 0;
  transfers = 0;
  viewChanges = 0;
  /** `offence from replica` and `code from replica`. */
  readonly evidence = new Set<string>();
  readonly refusals = new Set<string>();
}

export class Journal {
  lines: string[] = [];
  #deeds = new Map<ReplicaId, Deeds>();

  of(replica: ReplicaId): Deeds {
    let deeds = this.#deeds.get(replica);
    if (deeds === undefined) {
      deeds = new Deeds();
      this.#deeds.set(replica, deeds);
    }
    return deeds;
  }

  /** Starts counting anew. */
  mark(): void {
    this.#deeds = new Map();
  }

  note(text: string): void {
    this.lines.push(`-- ${text}`);
  }

  take(): string[] {
    const { lines } = this;
    this.lines = [];
    return lines;
  }

  effect(replica: ReplicaId, effect: PbftEffect): void {
    const line = inWords(effect);
    if (line !== undefined) this.lines.push(`${replica} ${line}`);
    const deeds = this.of(replica);
    switch (effect.kind) {
      case 'deliver':
        if (effect.fast) deeds.fast++;
        else deeds.slow++;
        if (effect.batch.digest === NULL_DIGEST) deeds.nulls++;
        return;
      case 'transfer':
        deeds.transfers++;
        return;
      case 'view':
        if (!effect.active) deeds.viewChanges++;
        return;
      case 'evidence':
        deeds.evidence.add(`${effect.offence} from ${effect.from}`);
        return;
      case 'reject':
        deeds.refusals.add(`${effect.code} from ${effect.from}`);
        return;
      default:
        return;
    }
  }
}

/** What a reader of a trace wants to know; undefined for the rest. */
function inWords(effect: PbftEffect): string | undefined {
  switch (effect.kind) {
    case 'send':
      return saying(effect.message, effect.to);
    case 'attest':
      return saying(effect.message, undefined);
    case 'deliver': {
      const { batch, fast, sequence } = effect;
      const what = batch.digest === NULL_DIGEST ? 'null' : `${batch.transactions.length} transactions`;
      return `executes ${sequence}: ${what}${fast ? ', fast' : ''}`;
    }
    case 'stable':
      return `holds checkpoint ${effect.sequence} stable`;
    case 'diverged':
      return `has another state than the others at checkpoint ${effect.sequence}`;
    case 'transfer':
      return `fetches checkpoint ${effect.sequence}`;
    case 'view':
      return effect.active ? `enters view ${effect.view}` : `leaves for view ${effect.view}`;
    case 'evidence':
      return `has evidence against ${effect.from}: ${effect.offence}`;
    default:
      return undefined;
  }
}

function saying(message: PbftMessage, to: ReplicaId | undefined): string | undefined {
  const whom = to === undefined ? '' : ` to ${to}`;
  switch (message.type) {
    case 'pre-prepare':
    case 'prepare':
    case 'commit':
      return `sends ${message.type} ${message.sequence} in view ${message.view}${whom}`;
    case 'checkpoint':
      return `sends checkpoint ${message.sequence}${whom}`;
    case 'view-change': {
      const { view, stable, prepared, preprepared } = message;
      return `sends view-change ${view}${whom}: stable ${stable}, prepared ${slots(prepared)}, pre-prepared ${slots(preprepared)}`;
    }
    case 'new-view': {
      const from = message.viewChanges.map((vc) => vc.from).sort((a, b) => a - b);
      return `sends new-view ${message.view}${whom} on the word of ${from.join(' ')}`;
    }
    default:
      return undefined;
  }
}

function slots(claims: readonly Claim[]): string {
  const named = claims.map(({ sequence, view }) => `${sequence}@${view}`);
  return named.length === 0 ? 'nothing' : named.join(' ');
}

/** The protocol with every effect of its machines in the journal, before anybody bends it. */
export function journaled(
  protocol: Protocol<PbftMessage, PbftRecord>,
  journal: Journal,
): Protocol<PbftMessage, PbftRecord> {
  return {
    ...protocol,
    create(config, records, nowMs, out) {
      const machine = protocol.create(config, records, nowMs, out);
      return new Journaled(machine, config.self, journal);
    },
  };
}

class Journaled implements Machine<PbftMessage, PbftRecord> {
  readonly #inner: Machine<PbftMessage, PbftRecord>;
  readonly #self: ReplicaId;
  readonly #journal: Journal;

  constructor(inner: Machine<PbftMessage, PbftRecord>, self: ReplicaId, journal: Journal) {
    this.#inner = inner;
    this.#self = self;
    this.#journal = journal;
  }

  step(event: MachineEvent<PbftMessage>, nowMs: number, out: Effects<PbftMessage, PbftRecord>): void {
    const before = out.length;
    this.#inner.step(event, nowMs, out);
    for (let i = before; i < out.length; i++) this.#journal.effect(this.#self, out[i]!);
  }

  relevant(message: PbftMessage, from: ReplicaId): boolean {
    return this.#inner.relevant(message, from);
  }

  proposable(nowMs: number): boolean {
    return this.#inner.proposable(nowMs);
  }

  status() {
    return this.#inner.status();
  }

  liveRecords(): PbftRecord[] {
    return this.#inner.liveRecords();
  }
}
