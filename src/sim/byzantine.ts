/**
 * Liars, made by standing between an honest machine and its node and bending what it says. Honest code knows nothing
 * of them. A liar signs as itself alone (the node signs what it is told to send), and may pass on whatever it heard.
 * The tactics here know no protocol; pbft-adversary.ts has those that do.
 */

import type { ReplicaId } from '../core/ids.ts';
import type {
  AnyMessage,
  Attested,
  Certificate,
  Effect,
  Effects,
  Machine,
  MachineEvent,
  MachineStatus,
} from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Field, ProtocolSchema } from '../core/schema.ts';
import type { Clients } from './symbolic.ts';

/** What a liar knows of its world. */
export interface LiarSetting {
  readonly self: ReplicaId;
  readonly n: number;
  readonly random: SeededRandom;
  readonly clients: Clients;
}

/** One way to misbehave. Tactics are chained: what one lets through, the next may bend again. */
export interface Tactic<M extends AnyMessage, R> {
  /** Sees every event before the machine does. */
  hear?(event: MachineEvent<M>, nowMs: number): void;
  /** Appends to `out` whatever stands in place of this effect: itself, others, or nothing. */
  bend?(effect: Effect<M, R>, out: Effects<M, R>, nowMs: number): void;
  /** Adds effects of its own at the end of a step. */
  add?(out: Effects<M, R>, nowMs: number): void;
}

/** An honest machine in the hands of its tactics. */
export class Liar<M extends AnyMessage, R> implements Machine<M, R> {
  readonly #inner: Machine<M, R>;
  readonly #tactics: readonly Tactic<M, R>[];

  constructor(inner: Machine<M, R>, tactics: readonly Tactic<M, R>[]) {
    this.#inner = inner;
    this.#tactics = tactics;
  }

  step(event: MachineEvent<M>, nowMs: number, out: Effects<M, R>): void {
    for (const tactic of this.#tactics) tactic.hear?.(event, nowMs);
    let effects: Effects<M, R> = [];
    this.#inner.step(event, nowMs, effects);
    for (const tactic of this.#tactics) {
      if (tactic.bend !== undefined) {
        const bent: Effects<M, R> = [];
        for (const effect of effects) tactic.bend(effect, bent, nowMs);
        effects = bent;
      }
      tactic.add?.(effects, nowMs);
    }
    for (const effect of effects) out.push(effect);
  }

  /** A liar listens to everything. */
  relevant(): boolean {
    return true;
  }

  proposable(nowMs: number): boolean {
    return this.#inner.proposable(nowMs);
  }

  drives(): boolean {
    return this.#inner.drives?.() ?? false;
  }

  /** A liar may be lied to: the checks are those of the machine inside. */
  certified(certificate: Certificate<M>): boolean {
    return this.#inner.certified?.(certificate) ?? false;
  }

  status(): MachineStatus {
    return this.#inner.status();
  }

  liveRecords(): R[] {
    return this.#inner.liveRecords();
  }
}

/** Whether this effect puts a message on the wire. */
export function speaks<M extends AnyMessage, R>(
  effect: Effect<M, R>,
): effect is Extract<Effect<M, R>, { kind: 'send' | 'attest' | 'forward' }> {
  return effect.kind === 'send' || effect.kind === 'attest' || effect.kind === 'forward';
}

/** One `send` to each of these replicas in place of one to all. */
export function sendEach<M extends AnyMessage, R>(
  message: M,
  to: Iterable<ReplicaId>,
  self: ReplicaId,
  out: Effects<M, R>,
): void {
  for (const id of to) if (id !== self) out.push({ kind: 'send', to: id, message, afterPersist: false });
}

/** All replicas in a random order, cut into two halves. */
export function halves({ n, self, random }: LiarSetting): [ReplicaId[], ReplicaId[]] {
  const others = random.shuffle([...Array(n).keys()].filter((id) => id !== self));
  const middle = 1 + random.below(Math.max(1, others.length - 1));
  return [others.slice(0, middle), others.slice(middle)];
}

/** Says nothing. */
export function silent<M extends AnyMessage, R>(): Tactic<M, R> {
  return {
    bend(effect, out) {
      if (!speaks(effect)) out.push(effect);
    },
  };
}

/** Says nothing to these replicas. */
export function silentTo<M extends AnyMessage, R>(
  setting: LiarSetting,
  deaf: readonly ReplicaId[],
): Tactic<M, R> {
  const others = [...Array(setting.n).keys()].filter((id) => !deaf.includes(id));
  return {
    bend(effect, out) {
      if (effect.kind === 'attest' || (effect.kind === 'send' && effect.to === undefined)) {
        sendEach(effect.message, others, setting.self, out);
      } else if (!speaks(effect) || !deaf.includes(effect.to!)) {
        out.push(effect);
      }
    },
  };
}

/** Loses each message that it should send with this probability; of these types only, where types are given. */
export function withholding<M extends AnyMessage, R>(
  { n, self, random }: LiarSetting,
  probability: number,
  types?: readonly string[],
): Tactic<M, R> {
  return {
    bend(effect, out) {
      const concerned =
        speaks(effect) &&
        effect.kind !== 'forward' &&
        (types === undefined || types.includes(effect.message.type));
      // A message that is attested whole comes back to the machine too, which then plays its part with a straight face.
      if (!concerned || (effect.kind === 'attest' && random.chance(0.5))) {
        out.push(effect);
        return;
      }
      const all = effect.kind === 'send' && effect.to !== undefined ? [effect.to] : [...Array(n).keys()];
      sendEach(
        effect.message,
        all.filter(() => !random.chance(probability)),
        self,
        out,
      );
    },
  };
}

/** Says everything later, in a random order. */
export function delaying<M extends AnyMessage, R>({ random }: LiarSetting, upToMs: number): Tactic<M, R> {
  let held: { readonly dueMs: number; readonly effect: Effect<M, R> }[] = [];
  return {
    bend(effect, out, nowMs) {
      // What it must hear itself say cannot wait.
      if (effect.kind === 'send') held.push({ dueMs: nowMs + random.float() * upToMs, effect });
      else out.push(effect);
    },
    add(out, nowMs) {
      const due = held.filter((item) => item.dueMs <= nowMs);
      if (due.length === 0) return;
      held = held.filter((item) => item.dueMs > nowMs);
      for (const { effect } of random.shuffle(due)) out.push(effect);
    },
  };
}

/** What a replaying liar keeps: enough to reach back over a view change. */
const REMEMBERED = 256;

/** Sends what it once heard, or once said, to anybody, again. */
export function replaying<M extends AnyMessage, R>(
  { n, self, random }: LiarSetting,
  probability: number,
): Tactic<M, R> {
  const heard: Attested<M>[] = [];
  return {
    hear(event) {
      if (event.kind !== 'message') return;
      if (heard.length < REMEMBERED) heard.push(event.attested);
      else heard[random.below(REMEMBERED)] = event.attested;
    },
    add(out) {
      if (heard.length === 0 || !random.chance(probability)) return;
      const to = random.below(n);
      if (to !== self) out.push({ kind: 'forward', to, attested: random.pick(heard) });
    },
  };
}

/** Changes a field of some messages to another value of the right shape, differently for each receiver. */
export function garbling<M extends AnyMessage, R>(
  { n, self, random }: LiarSetting,
  schema: ProtocolSchema,
  probability: number,
): Tactic<M, R> {
  const digests: string[] = [];
  const garble = (message: M): M => {
    const names = Object.entries(schema[message.type]!.fields);
    if (names.length === 0) return message;
    const [name, field] = random.pick(names);
    const old = (message as Record<string, unknown>)[name];
    return { ...message, [name]: garbled(field, old, random, digests) };
  };
  return {
    hear(event) {
      if (event.kind !== 'message') return;
      const { digest } = event.attested.message as { digest?: string };
      if (digest !== undefined && (digests.length < 8 || random.chance(0.1)))
        digests[random.below(8)] = digest;
    },
    bend(effect, out) {
      if (!speaks(effect) || effect.kind === 'forward' || !random.chance(probability)) {
        out.push(effect);
        return;
      }
      const all = effect.kind === 'send' && effect.to !== undefined ? [effect.to] : [...Array(n).keys()];
      for (const to of all)
        sendEach(random.chance(0.5) ? garble(effect.message) : effect.message, [to], self, out);
    },
  };
}

/** A value that the codec would take for this field. */
function garbled(
  field: Field,
  old: unknown,
  random: SeededRandom,
  digests: readonly (string | undefined)[],
): unknown {
  switch (field.kind) {
    case 'uint': {
      const near = Math.max(0, Number(old) + random.below(21) - 10);
      const value = random.chance(0.8) ? near : random.pick([0, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER]);
      return Math.min(field.max, value);
    }
    case 'bool':
      return !old;
    case 'digest':
      return random.pick(digests) ?? random.uint32().toString(16).padStart(64, 'e');
    case 'bytes':
      return new Uint8Array(random.below(Math.min(field.max, 64) + 1));
    case 'list': {
      const items = [...(old as readonly unknown[])];
      if (items.length === 0) return items;
      const at = random.below(items.length);
      const choice = random.below(4);
      if (choice === 0) items.splice(at, 1);
      else if (choice === 1 && items.length < field.max) items.push(items[at]);
      else if (choice === 2) random.shuffle(items);
      else items[at] = garbled(field.of, items[at], random, digests);
      return items;
    }
    case 'record': {
      const [name, inner] = random.pick(Object.entries(field.fields));
      const value = old as Record<string, unknown>;
      return { ...value, [name]: garbled(inner, value[name], random, digests) };
    }
    case 'certificate': {
      const { message, signers, signatures } = old as Certificate;
      if (random.chance(0.5)) return { message, signers: signers.slice(1), signatures: signatures.slice(1) };
      const [name, value] = random.pick(
        Object.entries(message).filter(([, value]) => Number.isInteger(value)),
      );
      const shifted = Math.max(0, Number(value) + random.below(5) - 2);
      return { message: { ...message, [name]: shifted }, signers, signatures };
    }
    case 'attested':
      return old;
  }
}
