/**
 * Asking before leaving a view. What says that its signer left view v (PBFT's VIEW-CHANGE for v + 1, HotStuff's TIMEOUT of v) is
 * final: it votes in v no more. A replica whose own lines were cut, and that signed one by itself, would be of no use to
 * the others until they change views too, and they would be one fault short for as long. So a replica whose patience ends
 * first asks, which binds nobody:
 *
 *   ask    its time ran out, or f + 1 others ask for a later view than it does: it says so in its statuses;
 *   leave  q replicas, itself among them, ask for a later view. Or f + 1 have left, which is the protocol's own rule.
 *
 * To have left counts as asking. Nobody takes back what it asked, and it is said again until the view has come.
 *
 * Safe: asking is no vote, names no slot, and is in no log. What is signed after it, and when a view may be left, is as it
 * was: any time is right for the safety of either protocol. Two replicas may count different views that q ask for, and
 * leave for each, as ever.
 *
 * Live, where messages between the honest arrive, as they are repeated:
 * - f + 1 honest ask for views above v: all honest hear f + 1, so all ask, at least n − f ≥ q; so all leave v. That is as
 *   many as it takes without asking, and to ask costs one more message delay.
 * - Nobody is left alone: were an honest replica to leave v on q askers, f + 1 of them are honest, asked for good, and
 *   bring everybody else, as above. If it left because f + 1 had, an honest one is among them; the first of all honest to
 *   leave did so on q askers.
 * - f liars together make no honest replica ask, so they move nobody. With one honest that asks they do, as before.
 *
 * What is asked is forgotten in a restart, so a replica may yet be left alone: by a restart of those that asked with
 * it. The others help it, see `someoneLeft`. They can, if they are still in the view that they asked from or can be brought
 * there: so what proves it is in the log before anybody hears that they ask.
 *
 * A view here is the one that a replica is in, or, where it left that, the one that it waits for.
 */

import type { ReplicaId, View } from './ids.ts';

/** Longest time between two statuses of a replica that asks for another view, ms. */
const REPEAT_MS = 1_000;

/** How long a replica that left by itself waits for help the first time, and at most, ms. */
export const HELP_FIRST_MS = 10_000;
const HELP_LAST_MS = 600_000;

/** What a replica must keep for it. */
export interface Asker {
  readonly self: ReplicaId;
  readonly n: number;
  readonly quorum: number;
  readonly weakQuorum: number;
  readonly nowMs: number;
  /** The view that we are in or, once we left it, wait for. */
  readonly standing: View;
  /** The latest view that we asked for: `standing` at least, where we left for it. */
  asked: View;
  /** When we last said so. */
  askedMs: number;
  /** What each other asked for; −1: nothing. */
  readonly peerAsked: View[];
  /** When we entered the present view. */
  readonly viewSinceMs: number;
  /** The view that each other said it left for, by a signed message; −1: none. */
  leftFor(id: ReplicaId): View;
  /** When each other said so last, and how long one that nobody follows waits for help. */
  readonly leftSinceMs: number[];
  readonly patienceMs: number[];
  /** Ticks since we asked for another view, or left for one, without a quorum that follows. */
  lonelyTicks: number;
  lastStatusMs: number;
  /** Sends our status, which says what we ask for, to all others, once our log holds what proves our view. */
  tellAsked(): void;
}

/** Leaves for this view: says so, signed, and votes in no earlier one any more. */
export type Leave<S extends Asker> = (s: S, view: View) => void;

/** Whether we ask for a view that has not come. */
export const asks = (s: Asker): boolean => s.asked > s.standing;

/** Asks for a view above ours. */
export function askFor<S extends Asker>(s: S, view: View, leave: Leave<S>): void {
  if (view <= s.asked) return;
  s.asked = view;
  s.lonelyTicks = 0;
  say(s);
  considerLeaving(s, leave);
}

/** What another asks for: its status says so, or that it left. */
export function onAsked<S extends Asker>(s: S, from: ReplicaId, view: View, leave: Leave<S>): void {
  if (from === s.self || view <= s.peerAsked[from]!) return;
  s.peerAsked[from] = view;
  if (view > s.standing) considerLeaving(s, leave);
}

function considerLeaving<S extends Asker>(s: S, leave: Leave<S>): void {
  const ofOthers: View[] = [];
  for (let id = 0; id < s.n; id++) if (id !== s.self) ofOthers.push(s.peerAsked[id]!);
  ofOthers.sort((a, b) => b - a);
  // At least this far f + 1 others want to go, an honest one among them.
  const vouched = ofOthers[s.weakQuorum - 1]!;
  if (vouched > s.asked && vouched > s.standing) {
    s.asked = vouched;
    say(s);
  }
  // Of those that ask for more than we do, and we, the one that makes the quorum full.
  const others = ofOthers[s.quorum - 2]!;
  const target = Math.min(s.asked, others);
  if (target > s.standing) leave(s, target);
}

/** As long as the view has not come, it is asked for again, however busy the present one is. */
export function repeatAsking(s: Asker): void {
  if (asks(s) && s.nowMs - s.askedMs >= REPEAT_MS) say(s);
}

function say(s: Asker): void {
  s.askedMs = s.nowMs;
  s.lastStatusMs = s.nowMs;
  s.tellAsked();
}

/**
 * One replica has left our view, and nobody followed for so long that we, who are in it, ask for the next one on its
 * behalf: once, and for the same replica only twice as long after that. Nothing tells who was unlucky from who lies, so
 * this is what a liar may cost: one view change that nobody needed in the first ten seconds, and in the end one in ten
 * minutes.
 */
export function someoneLeft(s: Asker): boolean {
  for (let id = 0; id < s.n; id++) {
    if (id === s.self || s.leftFor(id) <= s.standing) continue;
    if (s.nowMs - Math.max(s.viewSinceMs, s.leftSinceMs[id]!) >= s.patienceMs[id]!) return true;
  }
  return false;
}

/** Our view ends. Whoever was alone in having left it was helped, by us or by others: not so soon again. */
export function countHelp(s: Asker): void {
  for (let id = 0; id < s.n; id++) {
    if (id === s.self || s.leftFor(id) <= s.standing) continue;
    if (s.nowMs - s.leftSinceMs[id]! < HELP_FIRST_MS / 2) continue;
    s.patienceMs[id] = Math.min(HELP_LAST_MS, 2 * s.patienceMs[id]!);
  }
}
