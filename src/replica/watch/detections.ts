/** What a peer can be found at, and what of it each rejection shows. */

import type { RejectionCode } from '../../core/errors.ts';
import type { ReplicaId } from '../../core/ids.ts';

/** `equivocation` alone is proven to others; the rest is what this replica saw. */
export const DETECTIONS = [
  'equivocation',
  'invalid-signature',
  'malformed-message',
  'timing-violation',
  'non-participation',
  'wrong-state-hash',
  'stale-replay',
  'conflicting-result',
  'withheld-batch',
] as const;

export type Detection = (typeof DETECTIONS)[number];

/**
 * What a message that was not taken says about the peer whose session brought it. What an honest peer may cause is not
 * here: that a view, a window or a connection has moved on meanwhile, or that we have too much to do. Nor is what nobody vouches
 * for: a frame whose MAC does not hold is of whoever stands on the line, and says nothing about the peer.
 */
const SHOWN_BY: Partial<Record<RejectionCode, Detection>> = {
  'signature-invalid': 'invalid-signature',
  'signature-length': 'invalid-signature',
  unsigned: 'invalid-signature',
  'frame-truncated': 'malformed-message',
  'frame-version': 'malformed-message',
  'frame-kind': 'malformed-message',
  'frame-too-large': 'malformed-message',
  'body-malformed': 'malformed-message',
  'body-unknown-type': 'malformed-message',
  'body-trailing': 'malformed-message',
  'batch-malformed': 'malformed-message',
  'digest-mismatch': 'malformed-message',
  'batch-invalid': 'malformed-message',
  'bad-claim': 'malformed-message',
  stranger: 'malformed-message',
  'time-drift': 'timing-violation',
  // A vote comes from its author, and our own words come from nobody: whoever sends them plays back what it heard.
  'sender-mismatch': 'stale-replay',
};

export function detectionOf(code: RejectionCode): Detection | undefined {
  return SHOWN_BY[code];
}

/** Counts per kind and peer; as large as the set. */
export class DetectionCounts {
  readonly n: number;
  readonly #counts: Float64Array;

  constructor(n: number) {
    this.n = n;
    this.#counts = new Float64Array(DETECTIONS.length * n);
  }

  add(kind: Detection, peer: ReplicaId, by = 1): void {
    if (peer >= 0 && peer < this.n) this.#counts[DETECTIONS.indexOf(kind) * this.n + peer]! += by;
  }

  get(kind: Detection, peer: ReplicaId): number {
    return this.#counts[DETECTIONS.indexOf(kind) * this.n + peer] ?? 0;
  }

  copy(peer: ReplicaId, other: DetectionCounts, at: ReplicaId): void {
    for (let kind = 0; kind < DETECTIONS.length; kind++)
      this.#counts[kind * this.n + peer] = other.#counts[kind * other.n + at]!;
  }

  /** What this peer was found at; kinds that never occurred are left out. */
  of(peer: ReplicaId): Partial<Record<Detection, number>> {
    const found: Partial<Record<Detection, number>> = {};
    for (const kind of DETECTIONS) {
      const count = this.get(kind, peer);
      if (count > 0) found[kind] = count;
    }
    return found;
  }
}
