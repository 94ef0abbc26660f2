/**
 * Which process held a commit at which instant, and what it was doing.
 *
 * The path is found backwards. The client was done when one certain reply came; the validator that sent it was ready when
 * one certain message came, which another validator sent when another message came; and so on to the primary, which was
 * waiting for the client. So every instant between handing a transaction to the client and its last answer belongs to
 * one process: to the one that a message is on its way to or that works towards the next one. A process holds the
 * commit from the moment that the message is with the sender's socket (or, where it was quicker, that the receiver's
 * callback began) until its own next message is. What the holder's timeline says of an instant is what the instant is
 * charged to: a part, garbage collection, or waiting. The parts of a commit therefore add up to its latency, and
 * waiting is measured like every other part: it is the time in which the holder ran nothing of ours.
 */
import { chargeInterval, PARTS } from '../../core/stopwatch.js';
/** Longer than any path of a healthy slot: a request, a proposal, two rounds of votes, a reply. */
const MAX_HOPS = 12;
const WAITING = PARTS.indexOf('waiting');
/** What one validator sent, by what it was. */
export class OutputIndex {
    outputs = new Map();
    constructor(outputs) {
        for (const output of outputs) {
            const key = `${output.type}/${output.sequence}`;
            // The first: what is repeated later was not what anybody waited for.
            if (!this.outputs.has(key))
                this.outputs.set(key, output);
        }
    }
    get(type, sequence) {
        return this.outputs.get(`${type}/${sequence}`);
    }
}
/** When a message left its sender for good: its socket had it, or its receiver already handled it. */
function handedOver(sentUs, arrivedUs) {
    return typeof sentUs === 'number' ? Math.min(sentUs, arrivedUs) : arrivedUs;
}
/** The stretches of a commit, first to last, without gaps; undefined where a message of the path was not recorded. */
export function pathOf(commit, replicas) {
    const hops = [];
    let endUs = commit.settledUs;
    const held = (stage, holder, sinceUs, arrivedUs) => {
        const fromUs = Math.max(Math.min(sinceUs, endUs), commit.startUs);
        hops.unshift({ stage, holder, fromUs, toUs: endUs, arrivedUs });
        endUs = fromUs;
    };
    let holder = commit.from;
    let output = replicas[holder]?.get('reply', commit.sequence);
    if (output === undefined)
        return undefined;
    held('answer', -1, handedOver(output.sentUs[replicas.length], commit.arrivedUs), commit.arrivedUs);
    while (hops.length < MAX_HOPS) {
        const cause = output.cause;
        if (cause.kind === 'propose') {
            held(output.type, holder, handedOver(commit.sentUs[holder], cause.arrivedUs), cause.arrivedUs);
            held('submit', -1, commit.startUs, commit.startUs);
            return hops;
        }
        const source = cause.kind === 'message' ? replicas[cause.from]?.get(cause.type, cause.sequence) : undefined;
        if (source === undefined)
            return undefined;
        held(output.type, holder, handedOver(source.sentUs[holder], cause.arrivedUs), cause.arrivedUs);
        holder = cause.from;
        output = source;
    }
    return undefined;
}
/** Charges a path's time to parts; undefined where a timeline does not reach back that far. */
export function chargePath(hops, client, replicas) {
    const stages = [];
    const charges = new Float64Array(PARTS.length);
    const before = new Float64Array(PARTS.length);
    for (const { stage, holder, fromUs, toUs, arrivedUs } of hops) {
        const timeline = holder < 0 ? client : replicas[holder];
        const own = new Float64Array(PARTS.length);
        if (!chargeInterval(timeline, fromUs, toUs, own))
            return undefined;
        const untilUs = Math.min(Math.max(arrivedUs, fromUs), toUs);
        chargeInterval(timeline, fromUs, untilUs, before);
        for (let i = 0; i < own.length; i++)
            charges[i] += own[i];
        stages.push({ stage, charges: own });
    }
    const latencyUs = hops.at(-1).toUs - hops[0].fromUs;
    return { latencyUs, stages, untilArrivedUs: before[WAITING], charges };
}
//# sourceMappingURL=critical-path.js.map