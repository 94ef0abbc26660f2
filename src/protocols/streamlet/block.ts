/** A notarised block: what was voted for, and the votes. */

import { type Digest, NULL_DIGEST, type Sequence } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Header, Height, Round, Vote } from './messages.ts';

export class Block implements Header {
  readonly round: Round;
  readonly parent: Round;
  readonly height: Height;
  readonly sequence: Sequence;
  readonly digest: Digest;
  readonly delayMs: number;
  /** q votes of different replicas for this very block; none for the first block, which needs none. */
  readonly votes: readonly Attested<Vote>[];

  constructor(header: Header, votes: readonly Attested<Vote>[]) {
    this.round = header.round;
    this.parent = header.parent;
    this.height = header.height;
    this.sequence = header.sequence;
    this.digest = header.digest;
    this.delayMs = header.delayMs;
    this.votes = votes;
  }

  get hasBatch(): boolean {
    return this.digest !== NULL_DIGEST;
  }
}

/** The block before all others; it stands for the state that the machine's validator set began with. */
export function firstBlock(sequence: Sequence): Block {
  return new Block({ round: 0, parent: 0, height: 0, sequence, digest: NULL_DIGEST, delayMs: 0 }, []);
}

export function sameBlock(a: Header, b: Header): boolean {
  return (
    a.round === b.round &&
    a.digest === b.digest &&
    a.parent === b.parent &&
    a.height === b.height &&
    a.sequence === b.sequence &&
    a.delayMs === b.delayMs
  );
}

/** A header's fields alone. */
export function headerOf({ round, parent, height, sequence, digest, delayMs }: Header): Header {
  return { round, parent, height, sequence, digest, delayMs };
}
