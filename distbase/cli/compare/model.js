/**
 * The simulator as a measuring instrument: the machines of production, in virtual time, with costs. Costs of signatures
 * and of a write to the log are measured alone. What moving a frame and waking a process cost is fitted to the floors of
 * the smallest size that was measured, and what the driver costs to the latencies there. At every other size that was
 * measured, what it foretells is set against the real figure.
 */
import { availableParallelism } from 'node:os';
import { FRAME_HEADER_BYTES } from '../../codec/frame.js';
import { delayMs } from '../../core/delays.js';
import { MAC_BYTES } from '../../crypto/session.js';
import { FLOOR_KINDS, FloorReplica } from '../../load/floor-pattern.js';
import { protocolByName } from '../../protocols/registry.js';
import { ClosedLoop, drive, placeCluster, runCosted, } from '../../sim/costed/index.js';
import { floorPattern, frameSizes, signatureOf, theoryOf, transactionBytes } from '../bench/patterns.js';
import { DEFAULT_CONFIG } from '../config.js';
import { DEFAULT_PARAMETERS, defaultParameters } from '../genesis.js';
import { MOST_OFF } from './calibration.js';
import { CONTENDERS } from './contenders.js';
import { apart, nearest } from './fit.js';
import { settingOf } from './row.js';
/** Where fitting begins, µs: one place for frames, from which it has to be worth to go far, and several for the driver. */
const FRAME_GUESS = [15, 8, 1.5];
const DRIVER_GUESSES = [
    [20, 100, 0.5],
    [60, 200, 0.5],
    [120, 100, 0.3],
];
const PULL = 0.001;
/** A turn in six takes more than e times the usual, at most. */
const MOST_SPREAD = 1;
/** How much the ninth decile counts in a fit, beside the median. */
const TAIL_WEIGHT = 0.3;
/** A turn of the event loop, µs: too little to be told from the rest. */
const TURN_US = 3;
const framesOf = ([wakeUs, frameUs, kilobyteUs]) => ({
    wakeUs: wakeUs,
    turnUs: TURN_US,
    frameInUs: frameUs,
    frameOutUs: frameUs,
    kilobyteUs: kilobyteUs,
});
const driverOf = ([messageUs, slotUs, spread]) => ({
    messageUs: messageUs,
    slotUs: slotUs,
    spread: Math.min(MOST_SPREAD, spread),
});
const pull = (values, guess) => PULL * values.reduce((sum, value, i) => sum + apart(value, guess[i]), 0);
const FLOOR_ROUNDS = 40;
const FLOOR_WARMUP = 5;
/** What a frame means takes this long to see, µs. */
const GLANCE_US = 1;
class FloorParty {
    replica;
    clientId;
    constructor(self, process, peers, client, setting) {
        const pattern = floorPattern(setting, true);
        this.clientId = client.id;
        this.replica = new FloorReplica(self, pattern, {
            toAll: (kind, round, bytes) => {
                for (const [to, peer] of peers.entries())
                    if (to !== self)
                        process.post(peer, bytes, { kind, round });
            },
            toOne: (to, kind, round, bytes) => process.post(peers[to], bytes, { kind, round }),
            reply: (round) => process.post(client, pattern.replyBytes, { reply: round }),
        });
    }
    turn(arrivals) {
        for (const { from, payload } of arrivals) {
            if (from < 0)
                continue;
            if (from === this.clientId)
                this.replica.receive(FLOOR_KINDS.request, payload.request);
            else
                this.replica.receive(payload.kind, payload.round);
        }
        return GLANCE_US * arrivals.length;
    }
}
export function simulateFloor(setting, frames, place, delays) {
    const { validators: n } = setting;
    const pattern = floorPattern(setting, true);
    const placed = placeCluster(n, frames, place, wayOf(delays), 0);
    const { validators, client } = placed;
    const parties = validators.map((process, self) => new FloorParty(self, process, validators, client, setting));
    const loop = new ClosedLoop(client, {
        validators,
        replies: pattern.replies,
        requestBytes: pattern.requestBytes,
        warmup: FLOOR_WARMUP,
        replyUs: GLANCE_US,
        requestUs: GLANCE_US,
    });
    const rounds = FLOOR_WARMUP + (n > 10 ? 10 : FLOOR_ROUNDS);
    drive(placed, parties, loop, rounds);
    return middle([...loop.latenciesMs].sort((a, b) => a - b));
}
const shareOf = (ascending, share) => ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
const middle = (ascending) => shareOf(ascending, 0.5);
const wayOf = (delays) => delays && ((from, to) => delayMs(delays, from, to));
// --------------------------------------------------------------------------------------- protocol
function workOf({ signUs, verifyUs, appendUs }, driver, setting) {
    const suites = signatureOf(setting.auth).suites;
    const sum = (costs) => suites.reduce((total, suite) => total + costs[suite], 0);
    return {
        signUs: sum(signUs),
        verifyUs: sum(verifyUs),
        transactionUs: verifyUs[setting.txAuth],
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
const commitsFor = (n) => (n <= 10 ? 200 : n <= 20 ? 60 : n <= 40 ? 20 : 8);
/** Streamlet's rounds have found their length by then. */
const WARMUP_COMMITS = 20;
export function simulate(setting, measured, frames, driver, place, delays, commits = commitsFor(setting.validators)) {
    const protocol = protocolByName(setting.protocol);
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
const settingOfRow = (row) => {
    const contender = CONTENDERS.find(({ name }) => name === row.contender);
    return settingOf(contender, row.auth, row.validators, row);
};
/** `rows`: measured ones. `pause` is awaited between two steps, so that the process can be told to end. */
export async function makeModel(rows, measured, delays, pause) {
    const fittedTo = Math.min(...rows.map(({ validators }) => validators));
    const used = rows.filter(({ validators }) => validators === fittedTo);
    const cores = availableParallelism();
    await pause('fitting what a frame costs to the floors');
    const frames = framesOf(nearest(FRAME_GUESS, (values) => {
        let cost = pull(values, FRAME_GUESS);
        for (const row of used)
            cost += apart(simulateFloor(settingOfRow(row), framesOf(values), cores, delays), row.floorP50Ms);
        return cost;
    }));
    await pause('fitting what the driver costs to the latencies');
    const driverCost = (values) => {
        let cost = 0;
        for (const row of used) {
            const one = settingOfRow(row);
            const result = simulate(one, measured, frames, driverOf(values), cores, delays, FIT_COMMITS);
            if (result === undefined)
                cost += STANDSTILL;
            else {
                cost += apart(middle(result.latenciesMs), row.p50Ms);
                cost += TAIL_WEIGHT * apart(shareOf(result.latenciesMs, 0.9), row.p90Ms);
            }
        }
        return cost;
    };
    let best = DRIVER_GUESSES[0];
    for (const guess of DRIVER_GUESSES) {
        const found = nearest(guess, driverCost);
        if (driverCost(found) < driverCost(best))
            best = found;
        await pause('fitting what the driver costs to the latencies');
    }
    return { measured, frames, driver: driverOf(best), fittedTo };
}
/** The simulator against every row that was measured. */
export async function calibrate(rows, model, delays, pause) {
    const found = [];
    for (const row of rows) {
        const { contender, auth, validators, p50Ms: realP50Ms } = row;
        await pause(`simulating ${contender} of ${validators}, to compare`);
        const result = simulate(settingOfRow(row), model.measured, model.frames, model.driver, availableParallelism(), delays);
        const simulatedP50Ms = result === undefined ? 0 : middle(result.latenciesMs);
        const off = (simulatedP50Ms - realP50Ms) / realP50Ms;
        const within = Math.abs(off) <= MOST_OFF;
        const fitted = validators === model.fittedTo;
        found.push({ contender, auth, validators, realP50Ms, simulatedP50Ms, off, within, fitted });
    }
    return found;
}
/** A size that was not measured. `hosts`: one computer for all, like this one, or one for each. */
export function foretell(setting, contender, model, hosts, delays) {
    const place = hosts === 'one' ? availableParallelism() : undefined;
    const result = simulate(setting, model.measured, model.frames, model.driver, place, delays);
    if (result === undefined)
        return undefined;
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
        turns: [],
        theory: theoryOf(setting),
    };
}
//# sourceMappingURL=model.js.map