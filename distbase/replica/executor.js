/**
 * Turns agreed batches into ledger headers, results and checkpoints. Everything here depends on the ledger alone,
 * so that replicas that executed the same slots hold the same bytes. Signatures were checked before the vote.
 */
import { errorResult, isErrorResult, okResult } from '../apps/results.js';
import { decodeApproved, encodeMembership } from '../codec/membership-codec.js';
import { parseTransaction } from '../codec/transaction.js';
import { invariant } from '../core/assert.js';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { MAX_EVIDENCE_PER_SLOT } from '../core/limits.js';
import { genesisMembership, membershipAt } from '../core/membership.js';
import { merkleRoot } from '../crypto/merkle.js';
import { checkpointDigest, encodeMeta, GENESIS_HEADER, headerDigest, parseMeta, stateRootOf, } from '../proofs/ledger-header.js';
import { ClientIds } from './client-ids.js';
import { ClientTable } from './clients.js';
import { Court } from './conviction.js';
import { judgeChange } from './membership.js';
import { RecentResults } from './recent-results.js';
/** The checkpoint of a state that execution has left behind, made in slices. */
export class CheckpointJob {
    sequence;
    finish;
    clients;
    app;
    ofClients;
    constructor(sequence, app, clients, finish) {
        this.sequence = sequence;
        this.clients = clients;
        this.app = app.hashing();
        this.finish = finish;
    }
    /** Does work for `budget` hashes of a node; gives the checkpoint once it is done. */
    step(budget) {
        let left = this.clients.step(budget);
        const { snapshot } = this.clients;
        if (left <= 0 || snapshot === undefined)
            return undefined;
        left = this.app.step(left);
        this.ofClients ??= snapshot.hashing();
        if (left > 0)
            left = this.ofClients.step(left);
        return left > 0 ? this.finish(snapshot) : undefined;
    }
}
export class Executor {
    o;
    court;
    members;
    memberBytes;
    clients;
    last = GENESIS_HEADER;
    lastHeader;
    recent = new RecentResults();
    ids;
    constructor(options) {
        this.o = options;
        this.court = new Court(options);
        this.clients = new ClientTable(options.hasher);
        this.ids = new ClientIds(options.hasher);
        this.members = genesisMembership(options.chain.genesis);
        this.memberBytes = encodeMembership(this.members);
        this.lastHeader = headerDigest(options.hasher, this.last);
    }
    /** The last executed slot; 0 before the first. */
    get sequence() {
        return this.last.sequence;
    }
    get header() {
        return toHex(this.lastHeader);
    }
    /** The ledger's clock, ms since 1970. */
    get timeMs() {
        return this.last.timeMs;
    }
    /** The set that rules the last executed slot, and the change that is on its way. */
    get membership() {
        return this.members;
    }
    setMembership(members) {
        if (members === this.members)
            return;
        this.members = members;
        this.memberBytes = encodeMembership(members);
    }
    /** Why a change would be refused now, for whoever proposes it. Changes nothing. */
    adviseChange(payload) {
        const moment = { sequence: this.sequence + 1, timeMs: this.timeMs };
        const judged = this.judge(membershipAt(this.members, moment.sequence), payload, moment);
        return 'code' in judged ? judged : undefined;
    }
    judge(members, payload, moment) {
        const approved = decodeApproved(payload);
        if (approved === undefined)
            return { code: 'change-malformed', message: 'the payload is no change of the validators' };
        return judgeChange(members, approved, moment, this.o);
    }
    change(payload, moment) {
        const judged = this.judge(this.members, payload, moment);
        if ('code' in judged)
            return errorResult(judged.code, judged.message);
        this.setMembership(judged);
        const { set } = judged.pending;
        return okResult(2, (writer) => {
            writer.uint(set.epoch);
            writer.uint(set.since);
        });
    }
    /** Why evidence would be refused now. Changes nothing. */
    adviseEvidence(payload) {
        const moment = { sequence: this.sequence + 1, timeMs: this.timeMs };
        const judged = this.court.judge(membershipAt(this.members, moment.sequence), payload, moment);
        return 'code' in judged ? judged : undefined;
    }
    /** `[name, offence, epoch, since, why not]`: the epoch in which the convicted is gone, 0 where it stays, and why it does. */
    accusation(payload, moment, judgedBefore) {
        if (judgedBefore >= MAX_EVIDENCE_PER_SLOT)
            return errorResult('too-much-evidence', `a slot judges ${MAX_EVIDENCE_PER_SLOT} pieces of evidence: send it again`);
        const judged = this.court.judge(this.members, payload, moment);
        if ('code' in judged)
            return errorResult(judged.code, judged.message);
        this.setMembership(judged.membership);
        const { pending } = this.members;
        const leaves = pending?.set.members.every(({ name }) => name !== judged.name) ?? false;
        const stays = pending === undefined ? this.court.obstacle(this.members) : 'another change of the set is on its way';
        return okResult(5, (writer) => {
            writer.str(judged.name);
            writer.str(judged.offence);
            writer.uint(leaves ? pending.set.epoch : 0);
            writer.uint(leaves ? pending.set.since : 0);
            writer.str(leaves ? '' : (stays ?? ''));
        });
    }
    clientOf(parsed) {
        return this.ids.idOf(parsed.suite, parsed.publicKey);
    }
    /** What became of this transaction, for a client that asks again, and whether it could still execute. */
    lookup(parsed, digest) {
        const recent = this.recent.get(digest);
        if (recent !== undefined)
            return { kind: 'executed', sequence: recent.sequence, result: recent.result };
        return this.past(this.clientOf(parsed), parsed.nonce, parsed.expiry, digest);
    }
    /** The same for one whose client is known, from the state alone. */
    past(client, nonce, expiry, digest) {
        const kept = this.clients.find(client, nonce, digest);
        if (kept !== undefined)
            return { kind: 'executed', sequence: kept.sequence, result: kept.result };
        const code = this.clients.refusal(client, nonce, expiry, this.sequence + 1);
        return code === undefined ? { kind: 'new' } : { kind: 'refused', code };
    }
    /** Executes the next slot. */
    execute(sequence, batch) {
        invariant(sequence === this.sequence + 1, `slot ${sequence} is executed after ${this.sequence}`);
        const { hasher, app, digests } = this.o;
        const timeMs = Math.max(this.last.timeMs, batch.timeMs);
        this.setMembership(this.court.carryOut(membershipAt(this.members, sequence), { sequence, timeMs }));
        const { hex, root } = digests.of(batch);
        const plan = this.plan(batch, hex, sequence);
        const commands = plan.flatMap((step) => (step.command === undefined ? [] : [step.command]));
        const results = commands.length === 0 ? [] : app.execute({ sequence, timeMs }, commands);
        invariant(results.length === commands.length, 'an application gives one result per command');
        let at = 0;
        let accusations = 0;
        const leaves = [];
        const clients = [];
        const transactions = [];
        for (const step of plan) {
            let executed = step.refused;
            if (step.change !== undefined) {
                executed = this.record(step, this.change(step.change, { sequence, timeMs }), sequence);
            }
            else if (step.evidence !== undefined) {
                const result = this.accusation(step.evidence, { sequence, timeMs }, accusations++);
                executed = this.record(step, result, sequence);
            }
            else if (step.command !== undefined) {
                executed = this.record(step, results[at++], sequence);
            }
            invariant(executed !== undefined, 'every transaction is executed or refused');
            leaves.push(step.refusal ?? executed.result);
            clients.push(step.client);
            transactions.push(executed);
        }
        this.last = {
            previous: this.lastHeader,
            sequence,
            timeMs,
            transactions: root,
            results: merkleRoot(hasher, leaves),
        };
        this.lastHeader = headerDigest(hasher, this.last);
        const slot = {
            sequence,
            epoch: this.members.current.epoch,
            timeMs,
            batchTimeMs: batch.timeMs,
            header: this.lastHeader,
            previous: this.last.previous,
            transactionsRoot: root,
            resultsRoot: this.last.results,
            batchDigest: batch.digest,
            transactions: batch.transactions,
            results: leaves,
            digests: hex,
            clients,
        };
        return { header: this.header, transactions, slot };
    }
    /** Decides, in order, which transactions execute; spending a nonce at once stops its double in the same batch. */
    plan(batch, digests, sequence) {
        const { maxTransactionBytes } = this.o.chain.genesis.parameters;
        return batch.transactions.map((bytes, i) => {
            const digest = digests[i];
            const parsed = parseTransaction(bytes, maxTransactionBytes);
            if (typeof parsed === 'string')
                return refusedStep(digest, parsed, sequence);
            const client = this.clientOf(parsed);
            const { nonce, expiry, payload } = parsed;
            const code = this.clients.refusal(client, nonce, expiry, sequence);
            if (code !== undefined) {
                const step = { ...refusedStep(digest, code, sequence), client };
                if (code === 'transaction-nonce')
                    this.clients.refused(client, expiry);
                // The ledger says that it was refused; whoever asks for this transaction is told what it did the first time.
                const earlier = this.recent.get(digest) ?? this.clients.find(client, nonce, digest);
                if (earlier === undefined)
                    return step;
                return {
                    ...step,
                    refused: { digest, sequence: earlier.sequence, result: earlier.result, failed: true },
                };
            }
            this.clients.spend(client, nonce, expiry);
            if (parsed.kind === 'change')
                return { digest, client, nonce, change: payload };
            if (parsed.kind === 'evidence')
                return { digest, client, nonce, evidence: payload };
            return { digest, client, nonce, command: { client, payload, readOnly: parsed.kind === 'read' } };
        });
    }
    record(step, result, sequence) {
        const { digest, nonce, client } = step;
        this.clients.keep(client, { nonce: nonce, sequence, transaction: digest, result });
        const executed = { digest, sequence, result, failed: isErrorResult(result) };
        this.recent.add(executed);
        return executed;
    }
    /** The checkpoint of the state as it is now. */
    checkpoint() {
        return this.beginCheckpoint().step(Number.POSITIVE_INFINITY);
    }
    /** The same in slices: slots may execute meanwhile, and change nothing of it. */
    beginCheckpoint() {
        const { app } = this.o;
        const header = this.last;
        const appState = app.snapshot();
        const clients = this.clients.beginCheckpoint(header.sequence);
        const { epoch } = this.members.current;
        const membership = this.memberBytes;
        return new CheckpointJob(header.sequence, appState, clients, (clientState) => this.checkpointOf({ header, epoch, membership }, appState, clientState));
    }
    checkpointOf(at, app, clients) {
        const { hasher, chain } = this.o;
        const fields = { ...at, appRoot: app.root, clientsRoot: clients.root };
        return {
            sequence: at.header.sequence,
            epoch: at.epoch,
            digest: checkpointDigest(hasher, chain.id, fields),
            stateRoot: toHex(stateRootOf(hasher, app.root, clients.root)),
            meta: encodeMeta(fields, app.chunkCount),
            sections: [app, clients],
            *chunks() {
                yield* app.chunks();
                yield* clients.chunks();
            },
        };
    }
    /** The roots of a checkpoint's sections, if this is the meta that its digest binds. */
    sectionRoots(sequence, bytes, expected) {
        const meta = parseMeta(bytes);
        if (meta === undefined || meta.header.sequence !== sequence)
            return undefined;
        const { hasher, chain } = this.o;
        if (checkpointDigest(hasher, chain.id, meta) !== expected)
            return undefined;
        return [meta.appRoot, meta.clientsRoot];
    }
    /** Our present state as sections, to compare with a checkpoint's: sound or not, and some of it a checkpoint old. */
    present() {
        return [this.o.app.snapshot(), this.clients.lastWritten()];
    }
    /**
     * Replaces everything by the state of a checkpoint whose meta and sections were proven. Throws `snapshot-damaged` where
     * what others certified means nothing to us, and then changes nothing.
     */
    adopt(bytes, sections) {
        const meta = parseMeta(bytes);
        const [app, clients] = sections;
        if (meta === undefined || app === undefined || clients === undefined)
            throw damaged('a part is missing');
        const table = ClientTable.of(this.o.hasher, clients);
        this.o.app.adopt(app);
        this.take(meta, table);
    }
    /** Replaces everything by a checkpoint from elsewhere, as a whole, if it has this digest; else changes nothing. */
    install(sequence, meta, chunks, expected) {
        if (this.sectionRoots(sequence, meta, expected) === undefined)
            return false;
        try {
            this.restore(sequence, meta, chunks);
            return true;
        }
        catch (error) {
            if (error instanceof LockstepError && error.code === 'snapshot-damaged')
                return false;
            throw error;
        }
    }
    /** Replaces everything by a snapshot from our own disk, whose checksums held. Throws `snapshot-damaged`. */
    restore(sequence, bytes, chunks) {
        const { hasher, app } = this.o;
        const meta = parseMeta(bytes);
        if (meta === undefined || meta.header.sequence !== sequence)
            throw damaged('its head is none');
        if (meta.appChunks > chunks.length)
            throw damaged('pieces are missing');
        const clients = ClientTable.restore(hasher, chunks.slice(meta.appChunks), meta.clientsRoot);
        // Throws, and changes nothing, where the chunks do not make this root.
        app.restore(chunks.slice(0, meta.appChunks), meta.appRoot);
        this.take(meta, clients);
    }
    take({ header, validators, membership }, clients) {
        this.members = validators;
        this.memberBytes = membership;
        this.clients = clients;
        this.last = header;
        this.lastHeader = headerDigest(this.o.hasher, header);
        this.recent.clear();
    }
}
function damaged(why) {
    return new LockstepError('snapshot-damaged', `the snapshot does not hold: ${why}`);
}
function refusedStep(digest, code, sequence) {
    const refusal = errorResult(code, 'refused when it was its turn');
    return { digest, refusal, refused: { digest, sequence, result: refusal, failed: true } };
}
export function createExecutor(options) {
    return new Executor(options);
}
//# sourceMappingURL=executor.js.map