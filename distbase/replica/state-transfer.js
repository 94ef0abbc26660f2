/**
 * Fetches the state of a certified checkpoint from all peers at once, in pieces each of which is proven on arrival: the
 * certified digest binds the meta, the meta the roots of the sections, and each piece the hashes below it. A peer that
 * gives what does not hold is not asked again, and its piece is asked of another; so a liar costs its own answers and
 * nothing else. What we hold already, from an older state or from before a restart, is not fetched.
 *
 * While the cluster goes on, the checkpoint that is being fetched becomes an old one. It is finished as long as somebody
 * keeps it; the next transfer then fetches only what differs. Where nobody keeps it, the newest one takes its place, and
 * what was proven is kept.
 */
import { AuthenticatedMap } from '../apps/authenticated-map.js';
import { MapAssembly } from '../apps/map-assembly.js';
import { entriesOfPiece } from '../apps/map-pieces.js';
import { MAX_STATE_PLACES } from '../core/limits.js';
import { encodeStateRequest, parseStatePieces } from './state-items.js';
import { TransferPeers } from './transfer-peers.js';
/** Places asked for at once: as entries fill an answer, and as branches, which are small. */
const PLACES_WHOLE = 16;
/** Between looks at what is late, ms. */
const WATCH_MS = 100;
/** Time for the first word of anybody, ms, before a newer checkpoint is tried. */
const META_MS = 500;
/** Work per turn while what is at hand is made ready, in hashes of a node. */
const PREPARE_BUDGET = 1_500;
/** Ids of requests that were given up on, whose answers are no offence. */
const MAX_GIVEN_UP = 256;
export class StateTransfer {
    o;
    current;
    /** The newest checkpoint that we were told to fetch. */
    newest;
    underWay = new Map();
    givenUp = new Set();
    arrived = [];
    /** Makes ready what is at hand, slice by slice. */
    preparing;
    lastId = 0;
    working = false;
    cancelWatch;
    constructor(options) {
        this.o = options;
    }
    /** A connection opened: a request that was made before would have been lost. */
    peerUp(peer) {
        const fetch = this.current;
        if (fetch === undefined || peer >= this.o.n)
            return;
        fetch.peers.reachable(peer, true);
        // Also to have it keep the checkpoint.
        this.ask(fetch.peers, peer, fetch.sequence, undefined, []);
        this.askMore(fetch);
    }
    /** A connection closed, and with it went what was asked: others are asked at once. */
    peerDown(peer) {
        const fetch = this.current;
        if (fetch === undefined || peer >= this.o.n)
            return;
        for (const { id, to, section, holes } of this.underWay.values()) {
            if (to !== peer)
                continue;
            this.forget(id);
            if (section !== undefined)
                fetch.sections[section].giveBack(holes);
        }
        fetch.peers.reachable(peer, false);
        this.askMore(fetch);
    }
    get active() {
        return this.current !== undefined;
    }
    status() {
        const { current } = this;
        if (current === undefined)
            return undefined;
        const sum = { share: 0, entries: 0, reused: 0, bytes: 0 };
        for (const section of current.sections ?? []) {
            const { share, entries, reused, bytes } = section.progress;
            sum.share += share / current.sections.length;
            sum.entries += entries;
            sum.reused += reused;
            sum.bytes += bytes;
        }
        return {
            sequence: current.sequence,
            ...sum,
            sources: current.peers.usable(this.o.clock.nowMs()).length,
        };
    }
    /** Fetches this checkpoint, or the one that is on its way first. True: it begins. */
    start(target) {
        if (this.newest === undefined || target.sequence >= this.newest.sequence)
            this.newest = target;
        if (this.current !== undefined)
            return false;
        this.begin(target, undefined);
        return true;
    }
    stop() {
        this.cancelWatch?.();
        this.cancelWatch = undefined;
        this.current = undefined;
        this.newest = undefined;
        this.preparing = undefined;
        this.underWay.clear();
        this.arrived.length = 0;
    }
    // ------------------------------------------------------------------------------- beginning
    /** `from`: what an earlier target leaves behind. */
    begin(target, from) {
        const { self, n, reachable } = this.o;
        const connected = Array.from({ length: n }, (_, id) => id !== self && reachable(id));
        for (const id of this.underWay.keys())
            this.forget(id);
        this.arrived.length = 0;
        const fetch = {
            ...target,
            sinceMs: this.o.clock.nowMs(),
            peers: new TransferPeers(self, connected, target.sequence),
            meta: undefined,
            roots: [],
            base: undefined,
            sections: undefined,
        };
        this.current = fetch;
        this.askMeta(fetch);
        this.preparing = this.prepare(fetch, from);
        this.work();
        this.watch();
    }
    /** All are asked for the meta, and with that to keep the checkpoint. */
    askMeta({ peers, sequence }) {
        for (const to of peers.usable(this.o.clock.nowMs()))
            this.ask(peers, to, sequence, undefined, []);
    }
    /** What is at hand, with its hashes. None of it has to be sound, since only what has the certified hash is taken. */
    *prepare(fetch, from) {
        let base;
        if (from?.sections === undefined && from?.base === undefined) {
            const maps = this.o.present().map((section) => AuthenticatedMap.of(this.o.hasher, section));
            yield* this.recall(maps);
            base = maps.map((map) => map.snapshot());
        }
        else
            base = from.sections?.map((section) => section.partial()) ?? [...from.base];
        for (const map of base) {
            const hashing = map?.hashing();
            while (hashing !== undefined && hashing.step(PREPARE_BUDGET) === 0)
                yield;
        }
        fetch.base = base;
    }
    /** Puts what was proven before a restart over our own state. */
    *recall(maps) {
        let budget = PREPARE_BUDGET;
        for (const { section, piece } of this.o.kept()) {
            for (const [key, value] of entriesOfPiece(piece)) {
                maps[section]?.set(key, value);
                budget -= 2;
            }
            if (budget > 0)
                continue;
            budget = PREPARE_BUDGET;
            yield;
        }
    }
    // ------------------------------------------------------------------------------- asking
    ask(peers, to, sequence, section, holes) {
        const id = ++this.lastId;
        const deadlineMs = peers.asked(to, this.o.clock.nowMs());
        this.underWay.set(id, { id, to, deadlineMs, section, holes });
        const content = section === undefined
            ? undefined
            : { section, whole: !holes[0].branch, places: holes.map(({ place }) => place) };
        this.o.send(to, encodeStateRequest({ id, sequence, content }));
    }
    askMore(fetch) {
        const { peers, sections, sequence } = fetch;
        if (sections === undefined)
            return;
        const nowMs = this.o.clock.nowMs();
        for (const [index, section] of sections.entries()) {
            while (section.waiting > 0) {
                const free = peers.free(nowMs);
                const to = peers.pick(nowMs);
                if (to === undefined)
                    return;
                // A share for everybody who is free, so that all work on what there is.
                const share = Math.ceil(section.waiting / Math.max(1, free));
                const holes = section.take(Math.min(MAX_STATE_PLACES, share));
                const some = holes[0].branch ? holes : holes.slice(0, PLACES_WHOLE);
                section.giveBack(holes.slice(some.length));
                this.ask(peers, to, sequence, index, some);
            }
        }
    }
    // ------------------------------------------------------------------------------- answers
    /** An answer of a peer. It is looked at in a turn of its own. */
    onPieces(from, item) {
        const answer = parseStatePieces(item);
        if (answer === undefined)
            return 'body-malformed';
        const request = this.underWay.get(answer.id);
        if (request === undefined || request.to !== from || answer.sequence !== this.current?.sequence) {
            return this.givenUp.delete(answer.id) ? undefined : 'unrequested';
        }
        this.underWay.delete(answer.id);
        this.current.peers.answered(from);
        this.arrived.push({ request, pieces: answer.pieces });
        this.work();
        return undefined;
    }
    /** One slice of work at the end of this turn, and more as long as there is any. */
    work() {
        if (this.working)
            return;
        this.working = true;
        this.o.clock.endOfTurn(() => {
            this.working = false;
            const fetch = this.current;
            if (fetch === undefined)
                return;
            const arrival = this.arrived.shift();
            if (arrival !== undefined)
                this.take(fetch, arrival);
            else if (this.preparing?.next().done === true)
                this.preparing = undefined;
            if (this.current !== fetch)
                return;
            this.proceed(fetch);
            if (this.current === fetch && (this.arrived.length > 0 || this.preparing !== undefined))
                this.work();
        });
    }
    proceed(fetch) {
        const { base, meta, roots } = fetch;
        if (fetch.sections === undefined && meta !== undefined && base !== undefined) {
            fetch.sections = roots.map((root, i) => new MapAssembly(this.o.hasher, root, base[i]));
        }
        if (fetch.sections?.every((section) => section.complete))
            return this.finish(fetch);
        this.askMore(fetch);
    }
    take(fetch, { request, pieces }) {
        const { peers, sections } = fetch;
        const { to, section, holes } = request;
        if (pieces.length === 0)
            peers.lacks(to);
        const taken = section === undefined
            ? this.takeMeta(fetch, pieces)
            : this.takePieces(sections[section], section, holes, pieces);
        if (section !== undefined)
            sections[section].giveBack(holes.slice(taken));
        if (taken < pieces.length) {
            peers.spokeFalsely(to);
            this.o.telemetry.rejections.add('bad-piece');
            this.o.telemetry.falsePieces.add(String(to));
            this.o.onFalse(to);
        }
        if (taken > 0)
            this.o.onProgress(this.status());
    }
    /** How many of the pieces hold. */
    takePieces(assembly, section, holes, pieces) {
        const { telemetry } = this.o;
        for (const [i, piece] of pieces.entries()) {
            const hole = holes[i];
            if (hole === undefined || !assembly.fill(hole, piece))
                return i;
            telemetry.statePiecesTaken++;
            telemetry.stateBytesTaken += piece.length;
            this.o.keep({ section, piece });
        }
        return pieces.length;
    }
    takeMeta(fetch, [meta, ...more]) {
        if (meta === undefined)
            return 0;
        const roots = this.o.roots(fetch.sequence, meta, fetch.digest);
        if (roots === undefined || more.length > 0)
            return 0;
        if (fetch.meta === undefined) {
            fetch.meta = meta.slice();
            fetch.roots = roots;
        }
        return 1;
    }
    finish(fetch) {
        this.stop();
        const sections = fetch.sections.map((section) => section.finish());
        this.o.install(fetch, fetch.meta, sections);
    }
    // ------------------------------------------------------------------------------- what does not come
    watch() {
        this.cancelWatch?.();
        this.cancelWatch = this.o.clock.after(WATCH_MS, () => {
            const fetch = this.current;
            if (fetch === undefined)
                return;
            if (!this.o.wanted(fetch.sequence))
                return this.stop();
            this.giveUpLate(fetch);
            if (!this.retarget(fetch))
                this.askMore(fetch);
            this.watch();
        });
    }
    giveUpLate(fetch) {
        const nowMs = this.o.clock.nowMs();
        for (const { id, to, deadlineMs, section, holes } of this.underWay.values()) {
            if (nowMs < deadlineMs)
                continue;
            this.forget(id);
            this.o.telemetry.stateTimeouts++;
            fetch.peers.silent(to, nowMs);
            if (section !== undefined)
                fetch.sections[section].giveBack(holes);
            else if (fetch.meta === undefined)
                this.ask(fetch.peers, to, fetch.sequence, undefined, []);
        }
    }
    /** Nobody has this checkpoint any more: the newest takes its place. True: it did, or everybody is asked anew. */
    retarget(fetch) {
        const { newest } = this;
        const nowMs = this.o.clock.nowMs();
        const nobody = fetch.peers.nobodyHasIt || (fetch.meta === undefined && nowMs - fetch.sinceMs >= META_MS);
        if (!nobody || this.arrived.length > 0)
            return false;
        if (newest !== undefined && newest.sequence > fetch.sequence) {
            for (const { section, holes } of this.underWay.values()) {
                if (section !== undefined)
                    fetch.sections[section].giveBack(holes);
            }
            this.begin(newest, fetch);
            return true;
        }
        if (!fetch.peers.startOver(nowMs))
            return false;
        this.askMeta(fetch);
        return true;
    }
    forget(id) {
        this.underWay.delete(id);
        this.givenUp.add(id);
        for (const old of this.givenUp) {
            if (this.givenUp.size <= MAX_GIVEN_UP)
                break;
            this.givenUp.delete(old);
        }
    }
}
//# sourceMappingURL=state-transfer.js.map