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
  /** Those whose signature is known to hold. */
  readonly #sound = new WeakSet<Attested>();

  constructor(n: number, contradicts: Contradicts) {
    this.#contradicts = contradicts;
    this.#held = Array.from({ length: n }, () => []);
  }

  /** Keeps it; gives the earlier one that it contradicts. `checked`: its signature holds; else see `sound` and `forget`. */
  keep(attested: Attested, checked: boolean): Contradiction | undefined {
    const held = this.#held[attested.from];
    const { body, signature } = attested.envelope;
    if (held === undefined || body.length + signature.length > MAX_SIGNED_WORD_BYTES) return undefined;
    for (const [at, earlier] of held.entries()) {
      if (bytesEqual(earlier.envelope.body, body)) {
        // The same under a signature that may be none would be worth nothing the day that it contradicts another one.
        if (checked && !this.#sound.has(earlier)) held[at] = this.#copy(attested, true);
        return undefined;
      }
      const offence = this.#contradicts(earlier.message, attested.message);
      if (offence !== undefined) return { offence, first: earlier, second: attested };
    }
    held.push(this.#copy(attested, checked));
    if (held.length > MAX_SIGNED_WORDS) held.shift();
    return undefined;
  }

  /** Whether it is its author's; `authentic` is asked once of each. */
  sound(attested: Attested, authentic: (attested: Attested) => boolean): boolean {
    if (this.#sound.has(attested)) return true;
    if (!authentic(attested)) return false;
    this.#sound.add(attested);
    return true;
  }

  /** It was not its author's after all. */
  forget({ from, envelope: { body, signature } }: Attested): void {
    const held = this.#held[from];
    const at = held?.findIndex(
      ({ envelope }) => bytesEqual(envelope.body, body) && bytesEqual(envelope.signature, signature),
    );
    if (at !== undefined && at >= 0) held!.splice(at, 1);
  }

  /** A view would keep the whole frame. */
  #copy(attested: Attested, checked: boolean): Attested {
    const { body, signature } = attested.envelope;
    const copy = { ...attested, envelope: { body: body.slice(), signature: signature.slice() } };
    if (checked) this.#sound.add(copy);
    return copy;
  }

  of(from: ReplicaId): readonly Attested[] {
    return this.#held[from] ?? [];
  }
}
