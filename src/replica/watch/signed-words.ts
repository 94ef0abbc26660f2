/**
 * The last checkpoints and view changes that each validator signed, whoever brought them, so that two which contradict
 * each other meet even where the protocol has no use for the second. They come once per checkpoint and per view.
 */

import { bytesEqual } from '../../core/bytes.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { MAX_SIGNED_WORD_BYTES, MAX_SIGNED_WORDS } from '../../core/limits.ts';
import type { AnyMessage, Attested } from '../../core/machine.ts';

export type Contradicts = (first: AnyMessage, second: AnyMessage) => string | undefined;

export interface Contradiction {
  readonly offence: string;
  readonly first: Attested;
  readonly second: Attested;
}

export class SignedWords {
  readonly #contradicts: Contradicts;
  readonly #held: Attested[][];

  constructor(n: number, contradicts: Contradicts) {
    this.#contradicts = contradicts;
    this.#held = Array.from({ length: n }, () => []);
  }

  /** Keeps it; gives the earlier one that it contradicts. Its signature may be unchecked: see `forget`. */
  keep(attested: Attested): Contradiction | undefined {
    const held = this.#held[attested.from];
    const { body, signature } = attested.envelope;
    if (held === undefined || body.length + signature.length > MAX_SIGNED_WORD_BYTES) return undefined;
    for (const earlier of held) {
      if (bytesEqual(earlier.envelope.body, body)) return undefined;
      const offence = this.#contradicts(earlier.message, attested.message);
      if (offence !== undefined) return { offence, first: earlier, second: attested };
    }
    // A copy: a view would keep the whole frame.
    held.push({ ...attested, envelope: { body: body.slice(), signature: signature.slice() } });
    if (held.length > MAX_SIGNED_WORDS) held.shift();
    return undefined;
  }

  /** It was not its author's after all. */
  forget(attested: Attested): void {
    const held = this.#held[attested.from];
    const at = held?.indexOf(attested) ?? -1;
    if (at >= 0) held!.splice(at, 1);
  }

  of(from: ReplicaId): readonly Attested[] {
    return this.#held[from] ?? [];
  }
}
