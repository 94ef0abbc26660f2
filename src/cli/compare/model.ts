/**
 * The simulator as a measuring instrument: the machines of production, in virtual time, with costs. Costs of signatures
 * and of a write to the log are measured alone. The rest is taken from the smallest size that was measured, and from no
 * other: what moving a frame and waking a core cost, from the floors; what the driver costs, from latencies and processor
 * times of all protocols together; and by how much the work of one protocol is dearer or cheaper than that (its machine,
 * its messages, how well compilers do with them), from the processor time of its commits alone. At every size that was
 * measured, what it foretells is set against the real figure.
 */

import { availableParallelism } from 'node:os';
import { FRAME_HEADER_BYTES } from '../../codec/frame.ts';
import { type Delays, delayMs } from '../../core/delays.ts';
import type { SuiteName } from '../../crypto/interface.ts';
import { MAC_BYTES } from '../../crypto/session.ts';
import { FLOOR_KINDS, FloorReplica } from '../../load/floor-pattern.ts';
import { protocolByName } from '../../protocols/registry.ts';
import {
  type Arrival,
  ClosedLoop,
  type CostedResult,
  drive,
  type FrameCosts,
  type Party,
  type Process,
  placeCluster,
  runCosted,
  type WorkCosts,
} from '../../sim/costed/index.ts';
import { floorPattern, frameSizes, signatureOf, theoryOf, transactionBytes } from '../bench/patterns.ts';
import type { Setting } from '../bench/row.ts';
import { DEFAULT_CONFIG } from '../config.ts';
import { DEFAULT_PARAMETERS, defaultParameters } from '../genesis.ts';
import { type Calibration, MOST_OFF } from './calibration.ts';
import { CONTENDERS } from './contenders.ts';
import { apart, nearest } from './fit.ts';
import type { MeasuredCosts } from './measured-costs.ts';
import { type CompareRow, settingOf } from './row.ts';

/** What the floors give. */
export type FloorCosts = Pick<FrameCosts, 'idleUs' | 'switchUs' | 'frameInUs' | 'kilobyteUs'>;

/** What latencies and processor time give. */
export interface DriverCosts {
  /** A turn of the event loop of a validator or a client: the loop, and caches that others used meanwhile. */
  readonly turnUs: number;
  /** A message of a peer or of our own. */
  readonly messageUs: number;
  readonly slotUs: number;
  /** How much what a turn takes differs from turn to turn: the standard deviation of its logarithm. */
  readonly spread: number;
}

export interface Model {
  readonly measured: MeasuredCosts;
  readonly frames: FrameCosts;
  readonly driver: DriverCosts;
  /** What the driver's work takes under each contender and setting, over the usual; 1 where nothing was measured. */
  readonly factors: Readonly<Record<string, number>>;
  /** Its smallest size, whose figures were used. */
  readonly fittedTo: number;
}

/** Where fitting begins, µs, and from where it has to be worth to go far. */
const FRAME_GUESS = [30, 5, 8, 1.5] as const;
const DRIVER_GUESS = [90, 25, 20, 0.4] as const;
const PULL = 0.001;
/** A turn in six takes more than e times the usual, at most. */
const MOST_SPREAD = 1;
/** How much the ninth decile counts in a fit, beside the median. */
const TAIL_WEIGHT = 0.1;

const framesOf = ([idleUs, switchUs, frameUs, kilobyteUs]: readonly number[]): FrameCosts => ({
  idleUs: idleUs!,
  switchUs: switchUs!,
  frameInUs: frameUs!,
  frameOutUs: frameUs!,
  kilobyteUs: kilobyteUs!,
});

const driverOf = ([turnUs, messageUs, slotUs, spread]: readonly number[]): DriverCosts => ({
  turnUs: turnUs!,
  messageUs: messageUs!,
  slotUs: slotUs!,
  spread: Math.min(MOST_SPREAD, spread!),
});

const pull = (values: readonly number[], guess: readonly number[]): number =>
  PULL * values.reduce((sum, value, i) => sum + apart(value, guess[i]!), 0);

/** One computer with so many cores for all, or one for each. */
export type Place = number | undefined;

// ------------------------------------------------------------------------------------------ floor

interface FloorPayload {
  readonly kind: number;
  readonly round: number;
}

const FLOOR_ROUNDS = 40;
const FLOOR_WARMUP = 5;
/** What a frame means takes this long to see, µs. */
const GLANCE_US = 1;
/** A turn of its event loop, µs: too little to be told from the rest. */
const TURN_US = 3;

class FloorParty implements Party {
  private readonly replica: FloorReplica;
  private readonly clientId: number;

  constructor(self: number, process: Process, peers: readonly Process[], client: Process, setting: Setting) {
    const pattern = floorPattern(setting, true);
    this.clientId = client.id;
    this.replica = new FloorReplica(self, pattern, {
      toAll: (kind, round, bytes) => {
        for (const [to, peer] of peers.entries()) if (to !== self) process.post(peer, bytes, { kind, round });
      },
      toOne: (to, kind, round, bytes) => process.post(peers[to]!, bytes, { kind, round }),
      reply: (round) => process.post(client, pattern.replyBytes, { reply: round }),
    });
  }

  turn(arrivals: readonly Arrival[]): number {
    for (const { from, payload } of arrivals) {
      if (from < 0) continue;
      if (from === this.clientId)
        this.replica.receive(FLOOR_KINDS.request, (payload as { request: number }).request);
      else this.replica.receive((payload as FloorPayload).kind, (payload as FloorPayload).round);
    }
    return TURN_US + GLANCE_US * arrivals.length;
  }
}

export function simulateFloor(
  setting: Setting,
  frames: FrameCosts,
  place: Place,
  delays: Delays | undefined,
): number {
  const { validators: n } = setting;
  const pattern = floorPattern(setting, true);
  const placed = placeCluster(n, frames, place, wayOf(delays), 0);
  const { validators, client } = placed;
  const parties = validators.map(
    (process, self) => new FloorParty(self, process, validators, client, setting),
  );
  const loop = new ClosedLoop(client, {
    validators,
    replies: pattern.replies,
    requestBytes: pattern.requestBytes,
    warmup: FLOOR_WARMUP,
    turnUs: TURN_US,
    replyUs: GLANCE_US,
    requestUs: GLANCE_US,
  });
  const rounds = FLOOR_WARMUP + (n > 10 ? 10 : FLOOR_ROUNDS);
  drive(placed, parties, loop, rounds);
  return middle([...loop.latenciesMs].sort((a, b) => a - b));
}

const shareOf = (ascending: readonly number[], share: number): number =>
  ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
const middle = (ascending: readonly number[]): number => shareOf(ascending, 0.5);

const wayOf = (delays: Delays | undefined) =>
  delays && ((from: number, to: number) => delayMs(delays, from, to));

// --------------------------------------------------------------------------------------- protocol

function workOf(
  { signUs, verifyUs, appendUs }: MeasuredCosts,
  driver: DriverCosts,
  setting: Setting,
): WorkCosts {
  const suites = signatureOf(setting.auth).suites;
  const sum = (costs: Readonly<Record<SuiteName, number>>): number =>
    suites.reduce((total, suite) => total + costs[suite], 0);
  return {
    turnUs: driver.turnUs,
    signUs: sum(signUs),
    verifyUs: sum(verifyUs),
    transactionUs: verifyUs[setting.txAuth as SuiteName],
    messageUs: driver.messageUs,
    ownMessageUs: driver.messageUs,
    flushUs: appendUs,
    slotUs: driver.slotUs,
  };
}

/** Of each row in each step of a fit. */
const FIT_COMMITS = 24;
/** What it costs a fit that nothing commits. */
const STANDSTILL = 100;

/** Few commits of many validators are as good as many of few: nothing is random. */
const commitsFor = (n: number): number => (n <= 10 ? 200 : n <= 20 ? 60 : n <= 40 ? 20 : 8);
/** Streamlet's rounds have found their length by then. */
const WARMUP_COMMITS = 20;

export function simulate(
  setting: Setting,
  measured: MeasuredCosts,
  frames: FrameCosts,
  driver: DriverCosts,
  place: Place,
  delays: Delays | undefined,
  commits: number = commitsFor(setting.validators),
): CostedResult | undefined {
  const protocol = protocolByName(setting.protocol)!;
  const sizes = frameSizes(setting);
  const { suites, bytes } = signatureOf(setting.auth);
  return runCosted({
    protocol,
    parameters: { ...defaultParameters(setting.protocol), ...setting.protocolParameters },
    limits: DEFAULT_PARAMETERS,
    pipelineDepth: DEFAULT_CONFIG.pipelineDepth,
    validators: setting.validators,
    signsVotes: setting.auth !== 'channel',
    signaturesEach: suites.length,
    signatureBytes: bytes,
    transactionBytes: transactionBytes(setting),
    requestBytes: sizes.request,
    replyBytes: sizes.reply,
    frameBytes: MAC_BYTES + FRAME_HEADER_BYTES,
    frames,
    work: workOf(measured, driver, setting),
    spread: driver.spread,
    cores: place,
    delayMs: wayOf(delays),
    commits,
    warmup: WARMUP_COMMITS,
  });
}

// -------------------------------------------------------------------------------------------- fit

const settingOfRow = (row: CompareRow): Setting => {
  const contender = CONTENDERS.find(({ name }) => name === row.contender)!;
  return settingOf(contender, row.auth, row.validators, row);
};

/** `rows`: measured ones. `pause` is awaited between two steps, so that the process can be told to end. */
export async function makeModel(
  rows: readonly CompareRow[],
  measured: MeasuredCosts,
  delays: Delays | undefined,
  pause: (step: string) => Promise<void>,
): Promise<Model> {
  const fittedTo = Math.min(...rows.map(({ validators }) => validators));
  const used = rows.filter(({ validators }) => validators === fittedTo);
  const cores = availableParallelism();
  await pause('fitting what a frame costs to the floors');
  const frames = framesOf(
    nearest(FRAME_GUESS, (values) => {
      let cost = pull(values, FRAME_GUESS);
      for (const row of used)
        cost += apart(simulateFloor(settingOfRow(row), framesOf(values), cores, delays), row.floorP50Ms);
      return cost;
    }),
  );
  await pause('fitting what the driver costs to latencies and processor times');
  const driver = driverOf(
    nearest(DRIVER_GUESS, (values) => {
      let cost = pull(values, DRIVER_GUESS);
      for (const row of used) {
        const one = settingOfRow(row);
        const result = simulate(one, measured, frames, driverOf(values), cores, delays, FIT_COMMITS);
        if (result === undefined) cost += STANDSTILL;
        else {
          cost += apart(middle(result.latenciesMs), row.p50Ms);
          cost += TAIL_WEIGHT * apart(shareOf(result.latenciesMs, 0.9), row.p90Ms);
          if (row.cpuUsPerCommit !== undefined) cost += apart(result.cpuUsPerCommit, row.cpuUsPerCommit);
        }
      }
      return cost;
    }),
  );
  const factors: Record<string, number> = {};
  for (const row of used) {
    await pause(`fitting the work of ${row.contender} to its processor time`);
    factors[factorKey(row.contender, row.auth)] = factorOf(row, (factor) =>
      simulate(settingOfRow(row), measured, frames, scaled(driver, factor), cores, delays),
    );
  }
  return { measured, frames, driver, factors, fittedTo };
}

const factorKey = (contender: string, auth: string): string => `${contender} ${auth}`;

const scaled = ({ turnUs, messageUs, slotUs, spread }: DriverCosts, factor: number): DriverCosts => ({
  turnUs: factor * turnUs,
  messageUs: factor * messageUs,
  slotUs: factor * slotUs,
  spread,
});

/** Most of a commit's processor time is the driver's, so that a few steps come near enough. */
const FACTOR_STEPS = 3;

function factorOf(
  { cpuUsPerCommit }: CompareRow,
  simulated: (factor: number) => CostedResult | undefined,
): number {
  let factor = 1;
  if (cpuUsPerCommit === undefined) return factor;
  for (let step = 0; step < FACTOR_STEPS; step++) {
    const result = simulated(factor);
    if (result === undefined) return 1;
    factor *= cpuUsPerCommit / result.cpuUsPerCommit;
  }
  return factor;
}

const driverFor = ({ driver, factors }: Model, contender: string, auth: string): DriverCosts =>
  scaled(driver, factors[factorKey(contender, auth)] ?? 1);

/** The simulator against every row that was measured. */
export async function calibrate(
  rows: readonly CompareRow[],
  model: Model,
  delays: Delays | undefined,
  pause: (step: string) => Promise<void>,
): Promise<Calibration[]> {
  const found: Calibration[] = [];
  for (const row of rows) {
    const { contender, auth, validators, p50Ms: realP50Ms } = row;
    await pause(`simulating ${contender} of ${validators}, to compare`);
    const result = simulate(
      settingOfRow(row),
      model.measured,
      model.frames,
      driverFor(model, contender, auth),
      availableParallelism(),
      delays,
    );
    const simulatedP50Ms = result === undefined ? 0 : middle(result.latenciesMs);
    const off = (simulatedP50Ms - realP50Ms) / realP50Ms;
    const within = Math.abs(off) <= MOST_OFF;
    const fitted = validators === model.fittedTo;
    found.push({
      contender,
      auth,
      validators,
      realP50Ms,
      simulatedP50Ms,
      off,
      within,
      fitted,
      ...(row.cpuUsPerCommit !== undefined && {
        realCpuUs: row.cpuUsPerCommit,
        simulatedCpuUs: result?.cpuUsPerCommit ?? 0,
      }),
    });
  }
  return found;
}

/** A size that was not measured. `hosts`: one computer for all, like this one, or one for each. */
export function foretell(
  setting: Setting,
  contender: string,
  model: Model,
  hosts: 'one' | 'each',
  delays: Delays | undefined,
): CompareRow | undefined {
  const place = hosts === 'one' ? availableParallelism() : undefined;
  const driver = driverFor(model, contender, setting.auth);
  const result = simulate(setting, model.measured, model.frames, driver, place, delays);
  if (result === undefined) return undefined;
  const { latenciesMs } = result;
  const { auth, validators, txAuth, durability, payloadBytes, protocol } = setting;
  return {
    kind: 'simulated',
    hosts,
    contender,
    protocol,
    protocolParameters: setting.protocolParameters ?? {},
    auth,
    txAuth,
    durability,
    payloadBytes,
    validators,
    clients: 1,
    p50Ms: middle(latenciesMs),
    p90Ms: shareOf(latenciesMs, 0.9),
    p99Ms: shareOf(latenciesMs, 0.99),
    floorP50Ms: simulateFloor(setting, model.frames, place, delays),
    commits: latenciesMs.length,
    failed: 0,
    messagesPerCommit: result.messagesPerCommit,
    bytesPerCommit: result.bytesPerCommit,
    signaturesMadePerCommit: result.signaturesMadePerCommit,
    signaturesCheckedPerCommit: result.signaturesCheckedPerCommit,
    cpuUsPerCommit: result.cpuUsPerCommit,
    turns: [],
    theory: theoryOf(setting),
  };
}
