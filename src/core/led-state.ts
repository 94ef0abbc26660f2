/** What a replica keeps whose protocol has a leader that stays until its view is left: beyond `ReplicaState`, the pacemaker's. */

import { type Asker, HELP_FIRST_MS } from './asking.ts';
import { type Digest, NULL_DIGEST, type ReplicaId, type Sequence, type View } from './ids.ts';
import type { AnyMessage, MachineConfig } from './machine.ts';
import { ReplicaState } from './replica-state.ts';

/** A slot's content by digest. */
export interface SlotName {
  readonly sequence: Sequence;
  readonly digest: Digest;
}

const wantedKey = (sequence: Sequence, digest: Digest): string => `${sequence}:${digest}`;

export abstract class LedState<M extends AnyMessage, R extends AnyMessage>
  extends ReplicaState<M, R>
  implements Asker
{
  // ---- views
  view: View = 0;
  asked: View = 0;
  askedMs = Number.NEGATIVE_INFINITY;
  readonly peerAsked: View[];
  viewSinceMs = 0;
  readonly leftSinceMs: number[];
  readonly patienceMs: number[];

  // ---- slots
  /** The highest sequence that anybody voted for: above `delivered`, something is under way. */
  highestSeen: Sequence;
  /** Batches wanted from others, by slot and digest: a liar may have one batch proposed at several slots. */
  readonly wanted = new Map<string, SlotName>();

  // ---- pacemaker
  tickArmed = false;
  tickMs = 0;
  /** When the running tick should come. */
  tickDueMs = 0;
  lonelyTicks = 0;
  failedViews = 0;
  commitEwmaMs = 0;
  commitVarMs = 0;
  /** When anybody last voted for a slot above all before. */
  newsMs = 0;
  /** Whose connection to us is open; our own place is open, too. */
  readonly connected: boolean[];
  /** Since when each connection that was open is closed; −1: it is open, or was never. */
  readonly lostSinceMs: number[];
  /** Since when connections to a quorum are open. */
  quorumSinceMs = 0;
  /** What others last said that they delivered; −1: nothing yet. */
  readonly peerDelivered: Sequence[];
  readonly lastAnsweredMs: number[];
  /** Bytes of fetched batches sent to each replica since a moment. */
  readonly fetches: { sinceMs: number; bytes: number }[];

  constructor(config: MachineConfig, quorum: number) {
    super(config, quorum);
    const { n } = config;
    this.highestSeen = this.stable;
    this.peerAsked = new Array(n).fill(-1);
    this.leftSinceMs = new Array(n).fill(0);
    this.patienceMs = new Array(n).fill(HELP_FIRST_MS);
    this.connected = Array.from(
      { length: n },
      (_, id) => id === config.self || config.connected?.[id] !== false,
    );
    this.lostSinceMs = new Array(n).fill(-1);
    this.peerDelivered = new Array(n).fill(-1);
    this.lastAnsweredMs = new Array(n).fill(Number.NEGATIVE_INFINITY);
    this.fetches = Array.from({ length: n }, () => ({ sinceMs: Number.NEGATIVE_INFINITY, bytes: 0 }));
  }

  abstract get busy(): boolean;
  abstract get standing(): View;
  abstract leftFor(id: ReplicaId): View;
  abstract ownStatus(): M;

  tellStatus(): void {
    this.send(undefined, this.ownStatus());
  }

  /** The same where it says what we ask for: `Asker` has what must be in the log by then. */
  tellAsked(): void {
    this.tellStatus();
  }

  /** Whether enough replicas are connected to commit anything: without them no leader can be blamed. */
  get reachesQuorum(): boolean {
    let open = 0;
    for (const connected of this.connected) if (connected) open++;
    return open >= this.quorum;
  }

  wants(sequence: Sequence, digest: Digest): boolean {
    return this.wanted.has(wantedKey(sequence, digest));
  }

  /** The batch has come, or is of no use any more. */
  unwant(sequence: Sequence, digest: Digest): void {
    this.wanted.delete(wantedKey(sequence, digest));
  }

  /** Asks the others for a batch that we know by its digest. */
  want(sequence: Sequence, digest: Digest): void {
    if (digest === NULL_DIGEST || this.wants(sequence, digest)) return;
    this.wanted.set(wantedKey(sequence, digest), { sequence, digest });
    this.askForBatch({ sequence, digest });
  }

  askForBatch({ sequence, digest }: SlotName): void {
    const { epoch } = this.config;
    const message: AnyMessage & SlotName & { epoch: number } = { type: 'fetch', epoch, sequence, digest };
    this.send(undefined, message as unknown as M);
  }
}
