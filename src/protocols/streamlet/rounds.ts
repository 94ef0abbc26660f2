/**
 * Rounds, in step on all replicas without a common clock, and none while nobody has anything to order.
 *
 * The paper's epochs begin at the same instant everywhere. Ours begin
 *  - for who saw the last round's block notarised: once the round has had its length;
 *  - else, once q replicas ask for the next round, each because the round has had its length there, or because f + 1
 *    others ask (Srikanth & Toueg, _Optimal Clock Synchronization_, J. ACM 1987, with q for 2f + 1);
 *  - or where f + 1 others vote: one of them is honest and in that round.
 * What one honest replica sees notarised the others see within a message delay, by the echo, so that the first rule
 * keeps replicas as close as they are, and the others bring them together: within two message delays.
 */

import type { ReplicaId } from '../../core/ids.ts';
import type { Block } from './block.ts';
import { gapHeight, releaseClaims } from './final.ts';
import type { Round } from './messages.ts';
import type { State } from './state.ts';
import { LATEST_SHARE, leads, TIMER_EARLY_MS, tryVote, turnSinceMs } from './vote.ts';

export const TICK = 'tick';
/** The driver had its turn to give the leader a batch. */
export const TAIL = 'tail';

/** A derived round is so many times as long as blocks take to be notarised, and at least this long. */
const DELAY_FACTOR = 3;
const SHORTEST_ROUND_MS = 4;
/** Final blocks whose leaders' measurements count: so many, and so many for each replica that may lead. */
const DELAYS_KEPT = 16;
const DELAYS_PER_REPLICA = 4;
/** The length of a derived round before any block is final: at least this, and more where time-outs say that messages take long. */
const FIRST_ROUND_MS = 50;
const FIRST_ROUND_SHARE = 0.1;
/** Rounds that pass without a final block before they grow, and then at every so many. */
const PATIENCE = 12;
const GROWTH_EVERY = 4;

/** In a round that has lasted so many times its length, nobody has work. */
const REST_FACTOR = 1.5;
/** Who comes to a round from rest, and others before him, takes so much of it to be over: too much to propose in it. */
const JOINED_SHARE = 0.75;

/** First pause of the heartbeat that tells others where we stand, and its ceiling: an idle cluster is quiet. */
const HEARTBEAT_FIRST_MS = 1_000;
const HEARTBEAT_LAST_MS = 10_000;
/** Least time between two questions of one replica while it is stuck, ms. */
const ASK_MS = 20;

/**
 * How long the present round lasts, ms: fixed by the genesis, or three times what leaders measured in the last final
 * blocks (see `usualDelay`) and growing while nothing becomes final. Both are known to all who know the same final
 * chain, so that rounds are equally long.
 */
export function roundMs(s: State): number {
  const { timeoutFloorMs, timeoutCeilingMs, timeoutGrowth } = s.config;
  if (s.fixedRoundMs > 0) return s.fixedRoundMs;
  let length = Math.min(timeoutFloorMs, Math.max(FIRST_ROUND_MS, FIRST_ROUND_SHARE * timeoutFloorMs));
  if (s.usualDelayMs > 0) length = Math.max(SHORTEST_ROUND_MS, DELAY_FACTOR * s.usualDelayMs);
  const late = Math.floor((s.round - s.final.round - PATIENCE) / GROWTH_EVERY);
  if (late > 0) length *= timeoutGrowth ** Math.min(late, 32);
  return Math.min(length, timeoutCeilingMs);
}

/** A block became final. */
export function noteDelay(s: State, { round, delayMs }: Block): void {
  if (delayMs === 0) return;
  s.delays.push({ leader: s.rules.leader(round, s.n), delayMs });
  if (s.delays.length > Math.max(DELAYS_KEPT, DELAYS_PER_REPLICA * s.n)) s.delays.shift();
  s.usualDelayMs = usualDelay(s);
}

/**
 * What leaders measured, less what f of them may have invented; 0 where no more than f have led. Each has one word, the
 * median of its own, however often its turn came lately: leaders are drawn, so that more than a third of a few blocks are
 * some liar's now and then, who would have rounds last for as long as any may. Without the f highest, the next one is no
 * higher than what an honest leader measured.
 */
function usualDelay(s: State): number {
  const own = new Map<ReplicaId, number[]>();
  for (const { leader, delayMs } of s.delays) own.set(leader, [...(own.get(leader) ?? []), delayMs]);
  const medians: number[] = [];
  for (const each of own.values()) medians.push(each.sort((a, b) => a - b)[(each.length - 1) >> 1]!);
  medians.sort((a, b) => b - a);
  return medians[s.weakQuorum - 1] ?? 0;
}

/** Enters whatever round is due. Called at the end of every step. */
export function advance(s: State): void {
  const busy = s.busy;
  const rested = busy && !s.wasBusy && allRest(s);
  const joins = busy && !s.wasBusy && !rested;
  if (busy && !s.wasBusy) {
    // Time without work is not time without progress. A round that has no block yet begins anew, where all rest.
    s.lastProgressMs = s.nowMs;
    s.heartbeatMs = 0;
    if (rested && !s.notarised.has(s.round)) s.roundSinceMs = s.nowMs;
  }
  if (!busy && s.wasBusy) s.quietSinceMs = s.nowMs;
  s.wasBusy = busy;
  // Somebody waits for the next round already: so do we, and propose nothing in one that may end as our block leaves.
  if (joins && !s.notarised.has(s.round) && s.nowMs >= roundEndMs(s)) ask(s, Math.max(s.wants, s.round + 1));
  if (someoneAhead(s)) follow(s);
  if (!s.busy || !s.notarised.has(s.round) || s.nowMs < roundEndMs(s)) return;
  enter(s, s.round + 1);
  // Others had work before us and may be near this round's end: it is theirs.
  if (joins) s.roundSinceMs -= JOINED_SHARE * roundMs(s);
}

/** Whether anybody shows to be in, or wants, a later round than ours: nearly always nobody, and then that is all. */
function someoneAhead(s: State): boolean {
  if (s.wants > s.round) return true;
  for (let id = 0; id < s.n; id++) {
    const peer = s.peers[id]!;
    if (peer.in > s.round || peer.wants > s.round) return true;
  }
  return false;
}

function follow(s: State): void {
  const others = atLeast(s, s.weakQuorum, (id) => (id === s.self ? 0 : s.peers[id]!.in));
  if (others > s.round) enter(s, others);
  const asked = atLeast(s, s.weakQuorum, (id) => wanted(s, id));
  if (asked > Math.max(s.wants, s.round)) ask(s, asked);
  const agreed = atLeast(s, s.quorum, (id) => wanted(s, id));
  if (agreed > s.round) enter(s, agreed);
}

/**
 * The round is over for so long that who had work would have left it, or have said something. A liar that always wants
 * the next round gets it, two message delays later, when somebody has work.
 */
function allRest(s: State): boolean {
  const sinceMs = s.nowMs - REST_FACTOR * roundMs(s);
  let heard = 0;
  for (const peer of s.peers) {
    if (peer.heardMs <= sinceMs) continue;
    if (peer.wants > s.round) return false;
    heard++;
  }
  return s.roundSinceMs <= sinceMs && heard < s.weakQuorum;
}

function wanted(s: State, id: number): Round {
  return id === s.self ? Math.max(s.wants, s.round) : Math.max(s.peers[id]!.wants, s.peers[id]!.in);
}

/** The highest round that `count` replicas reach. */
function atLeast(s: State, count: number, of: (id: number) => Round): Round {
  let best = 0;
  for (let id = 0; id < s.n; id++) {
    const round = of(id);
    if (round <= best) continue;
    let reach = 0;
    for (let other = 0; other < s.n; other++) if (of(other) >= round) reach++;
    if (reach >= count) best = round;
  }
  return best;
}

const roundEndMs = (s: State): number => s.roundSinceMs + roundMs(s) - TIMER_EARLY_MS;

function enter(s: State, round: Round): void {
  s.round = round;
  s.roundSinceMs = s.nowMs;
  for (const at of s.proposals.keys()) if (at < round) s.proposals.delete(at);
  releaseClaims(s);
  const turnMs = Math.max(s.nowMs, turnSinceMs(s));
  if (leads(s, turnMs)) s.out.push({ kind: 'timer', timer: TAIL, delayMs: turnMs - s.nowMs });
  tryVote(s);
}

/** Says that we would enter this round if others did. */
function ask(s: State, round: Round): void {
  s.wants = Math.max(round, s.wants);
  s.lastStatusMs = s.nowMs;
  s.send(undefined, s.ownStatus(gapHeight(s)));
}

/**
 * When this round's leader, from whom nothing has come, is given what waits here: its clients may have left it out. Then
 * it has half of the round left to propose, and nobody leaves the round for its silence just as it speaks.
 */
function nudgeDueMs(s: State): number {
  if (
    s.nudged ||
    s.demandSinceMs < 0 ||
    s.leader === s.self ||
    s.proposals.has(s.round) ||
    s.notarised.has(s.round)
  )
    return Number.POSITIVE_INFINITY;
  return Math.max(s.roundSinceMs, s.demandSinceMs) + LATEST_SHARE * roundMs(s);
}

function nudge(s: State): void {
  if (s.nowMs < nudgeDueMs(s) - 0.5) return;
  s.nudged = true;
  s.out.push({ kind: 'relay', to: s.leader });
}

/** The tick came while something is under way: the round may have had its time. */
export function onBusyTick(s: State): boolean {
  nudge(s);
  if (s.nowMs < roundEndMs(s) || s.notarised.has(s.round)) return false;
  ask(s, Math.max(s.wants, s.round + 1));
  return true;
}

export function onIdleTick(s: State): void {
  if (s.nowMs < heartbeatDueMs(s) - 0.5) return;
  s.quietSinceMs = s.nowMs;
  s.lastStatusMs = s.nowMs;
  s.send(undefined, s.ownStatus(gapHeight(s)));
  s.heartbeatMs = Math.min(HEARTBEAT_LAST_MS, 2 * (s.heartbeatMs || HEARTBEAT_FIRST_MS));
}

const heartbeatDueMs = (s: State): number => s.quietSinceMs + (s.heartbeatMs || HEARTBEAT_FIRST_MS);

/** Makes sure that a tick is coming when the state asks for one. Called at the end of every step. */
export function arm(s: State): void {
  let dueMs: number;
  if (s.busy) {
    const endMs = s.roundSinceMs + roundMs(s);
    dueMs =
      endMs > s.nowMs + 0.5
        ? Math.min(endMs, Math.max(s.nowMs, nudgeDueMs(s)))
        : Math.max(s.nowMs, s.lastStatusMs) + Math.max(ASK_MS, roundMs(s));
  } else dueMs = Math.max(s.nowMs, heartbeatDueMs(s));
  // A timer that runs out soon enough is left alone.
  if (s.tickDueMs <= dueMs + 0.5) return;
  s.tickDueMs = dueMs;
  s.out.push({ kind: 'timer', timer: TICK, delayMs: dueMs - s.nowMs });
}
