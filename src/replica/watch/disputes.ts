/**
 * Votes for something else than the primary told us, where sessions vouch for votes: no signature says which of the two
 * lies. So many as one more than can be faulty do: one of them is honest, and has it from the primary, which told us
 * otherwise. That convinces us, and nobody else.
 */

import type { Digest, ReplicaId, Sequence, View } from '../../core/ids.ts';
import type { AnyMessage, Attested } from '../../core/machine.ts';
import type { MessageSchema } from '../../core/schema.ts';

/** Slots that are in dispute; the oldest gives way. */
const MAX_DISPUTES = 64;

interface Dispute {
  told: { readonly by: ReplicaId; readonly digest: Digest } | undefined;
  readonly voters: Map<Digest, Set<ReplicaId>>;
  settled: boolean;
}

interface SlotWord extends AnyMessage {
  readonly view?: View;
  readonly sequence?: Sequence;
  readonly digest?: Digest;
}

export class Disputes {
  readonly #faulty: number;
  readonly #slots = new Map<string, Dispute>();

  constructor(faulty: number) {
    this.#faulty = faulty;
  }

  /** A proposal or vote that does not fit. Who is thereby found to have proposed two things; once per slot. */
  add({ from, message }: Attested, role: MessageSchema['role']): ReplicaId | undefined {
    const { view, sequence, digest } = message as SlotWord;
    if (view === undefined || sequence === undefined || digest === undefined) return undefined;
    const dispute = this.#of(`${view}:${sequence}`);
    if (role === 'proposal') dispute.told = { by: from, digest };
    else if (role === 'vote' || role === 'commit-vote') {
      const voters = dispute.voters.get(digest);
      if (voters === undefined) dispute.voters.set(digest, new Set([from]));
      else voters.add(from);
    }
    return this.#judge(dispute);
  }

  #of(key: string): Dispute {
    const known = this.#slots.get(key);
    if (known !== undefined) return known;
    const fresh: Dispute = { told: undefined, voters: new Map(), settled: false };
    this.#slots.set(key, fresh);
    for (const oldest of this.#slots.keys()) {
      if (this.#slots.size <= MAX_DISPUTES) break;
      this.#slots.delete(oldest);
    }
    return fresh;
  }

  #judge(dispute: Dispute): ReplicaId | undefined {
    const { told, voters, settled } = dispute;
    if (told === undefined || settled) return undefined;
    for (const [digest, who] of voters) {
      // The primary's own word is no witness against it.
      const witnesses = who.size - Number(who.has(told.by));
      if (digest === told.digest || witnesses <= this.#faulty) continue;
      dispute.settled = true;
      return told.by;
    }
    return undefined;
  }
}
