/**
 * The state at a certified checkpoint, from what a home holds: the newest snapshot below it, and the stored slots since,
 * executed again. Nothing of it is believed: the certificate is checked, each slot must lead to the header that the
 * ledger has, and the state to the digest that was certified.
 */
import { NULL_BATCH } from '../core/batch.js';
import { toHex } from '../core/bytes.js';
import { LockstepError } from '../core/errors.js';
import { NULL_DIGEST } from '../core/ids.js';
import { createBatchDigests } from './batch-digest.js';
import { createExecutor } from './executor.js';
/** Slots between two calls of `onProgress`. */
const PROGRESS_SLOTS = 512;
/** Sequences asked for at once. */
const PAGE = 256;
/** The certified checkpoints whose state can be made, ascending; 0, the genesis, is not among them. */
export async function certifiedCheckpoints(sources) {
    const { store, snapshots } = sources;
    const { first } = await store.summary();
    // Slots are pruned from below: from its first one on, history leads on from any snapshot, unless there is a gap.
    const lowest = first === 1 ? 0 : (snapshots.find((sequence) => sequence >= first - 1) ?? undefined);
    const out = [];
    for (let from = 1;; from = out.at(-1) + 1) {
        const checkpoint = await store.checkpointFrom(from);
        if (checkpoint === undefined)
            break;
        out.push(checkpoint.sequence);
    }
    return out.filter((sequence) => snapshots.includes(sequence) || (lowest !== undefined && sequence >= lowest));
}
function impossible(sequence, why) {
    return new LockstepError('snapshot-damaged', `the state at checkpoint ${sequence} cannot be made: ${why}`);
}
async function replay(executor, sources, target) {
    const { store, hasher, onProgress } = sources;
    const digests = createBatchDigests(hasher);
    let executed = 0;
    while (executor.sequence < target) {
        const sequences = await store.slotsFrom(executor.sequence + 1, PAGE);
        for (const sequence of sequences.length === 0 ? [0] : sequences) {
            if (executor.sequence >= target)
                break;
            if (sequence !== executor.sequence + 1) {
                throw impossible(target, `slot ${executor.sequence + 1} is not in the history of this home`);
            }
            const slot = (await store.slot(sequence));
            const empty = slot.batchDigest === NULL_DIGEST;
            executor.execute(sequence, empty ? NULL_BATCH : digests.batchOf(slot.batchTimeMs, slot.transactions));
            executed++;
            if (executor.header !== toHex(slot.header)) {
                throw new LockstepError('diverged', `slot ${sequence} executed again gives another ledger header than the history has: an application that is not ` +
                    'deterministic, another version of it, or a damaged history (`lockstep verify` tells)');
            }
            if (executed % PROGRESS_SLOTS === 0)
                onProgress?.(sequence, target);
        }
    }
    return executed;
}
/** Throws `snapshot-damaged` where the state is not to be had, `diverged` where it is not the certified one. */
export async function certifiedState(sources, sequence) {
    const { chain, hasher, app, store, certificates, snapshots, snapshot } = sources;
    const checkpoint = await store.checkpointFrom(sequence);
    if (checkpoint?.sequence !== sequence)
        throw impossible(sequence, 'there is no certificate of it here');
    const verdict = certificates.check(checkpoint);
    if (typeof verdict === 'string')
        throw impossible(sequence, `its certificate does not hold: ${verdict}`);
    const executor = createExecutor({
        chain,
        hasher,
        app: app(),
        digests: createBatchDigests(hasher),
        verify: certificates.verify,
    });
    const base = snapshots.findLast((saved) => saved <= sequence) ?? 0;
    if (base > 0) {
        const { meta, chunks } = snapshot(base);
        executor.restore(base, meta, chunks);
    }
    const executed = await replay(executor, sources, sequence);
    const state = executor.checkpoint();
    if (state.digest !== checkpoint.digest) {
        const shown = `${state.digest.slice(0, 12)}… here, ${checkpoint.digest.slice(0, 12)}… certified`;
        throw new LockstepError('diverged', `the state at checkpoint ${sequence} is not the certified one (${shown})`);
    }
    return { checkpoint, state, base, executed };
}
//# sourceMappingURL=certified-state.js.map