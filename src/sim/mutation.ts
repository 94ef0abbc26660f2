/**
 * Small-scope mutation, after ByzzFuzz (Winter et al., OOPSLA 2023): an honest replica but for a few of its messages,
 * each with one field changed a little, under a signature that holds. Implementations fall over near misses that no
 * plan of an adversary would think of.
 */

import type { AnyMessage, Certificate, Effects } from '../core/machine.ts';
import type { SeededRandom } from '../core/random.ts';
import type { Field, ProtocolSchema } from '../core/schema.ts';
import { type LiarSetting, sendEach, speaks, type Tactic } from './byzantine.ts';

/** Messages of one sender among which the mutated ones are drawn. */
const SCOPE = 64;

/** Changes one field in each of up to three messages, for all their receivers or for one. */
export function mutating<M extends AnyMessage, R>(
  { n, self, random }: LiarSetting,
  schema: ProtocolSchema,
): Tactic<M, R> {
  const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => random.below(SCOPE)));
  const digests: string[] = [];
  let sent = 0;
  const mutate = (message: M): M => {
    const names = Object.entries(schema[message.type]!.fields);
    const [name, field] = random.pick(names);
    const old = (message as Record<string, unknown>)[name];
    return { ...message, [name]: near(field, old, random, digests) };
  };
  const bendTo = (message: M, to: number | undefined, out: Effects<M, R>): void => {
    const mutant = mutate(message);
    const everybody = to === undefined ? [...Array(n).keys()] : [to];
    const victims = random.chance(0.5) ? everybody : [random.pick(everybody)];
    for (const id of everybody) sendEach(victims.includes(id) ? mutant : message, [id], self, out);
  };
  return {
    hear(event) {
      if (event.kind !== 'message') return;
      const { digest } = event.attested.message as { digest?: string };
      if (digest !== undefined && !digests.includes(digest)) digests.push(digest);
      if (digests.length > 8) digests.shift();
    },
    bend(effect, out) {
      const speech = speaks(effect) && effect.kind !== 'forward';
      if (!speech || !chosen.has(sent++)) out.push(effect);
      else bendTo(effect.message, effect.kind === 'send' ? effect.to : undefined, out);
    },
  };
}

/** A value near this one. */
function near(field: Field, old: unknown, random: SeededRandom, digests: readonly string[]): unknown {
  switch (field.kind) {
    case 'uint':
      return Math.min(field.max, Math.max(0, Number(old) + random.pick([-2, -1, 1, 2])));
    case 'bool':
      return !old;
    case 'digest':
      return digests.length > 0 ? random.pick(digests) : old;
    case 'bytes':
      return (old as Uint8Array).slice(1);
    case 'list': {
      const items = [...(old as readonly unknown[])];
      if (items.length === 0) return items;
      const at = random.below(items.length);
      const choice = random.below(3);
      if (choice === 0) items.splice(at, 1);
      else if (choice === 1 && items.length < field.max) items.push(items[at]);
      else items[at] = near(field.of, items[at], random, digests);
      return items;
    }
    case 'record': {
      const [name, inner] = random.pick(Object.entries(field.fields));
      const value = old as Record<string, unknown>;
      return { ...value, [name]: near(inner, value[name], random, digests) };
    }
    case 'certificate': {
      const { message, signers, signatures } = old as Certificate;
      if (random.chance(0.5)) return { message, signers: signers.slice(1), signatures: signatures.slice(1) };
      const [name, value] = random.pick(
        Object.entries(message).filter(([, value]) => Number.isInteger(value)),
      );
      const shifted = Math.max(0, Number(value) + random.pick([-1, 1]));
      return { message: { ...message, [name]: shifted }, signers, signatures };
    }
    case 'attested':
      return old;
  }
}
