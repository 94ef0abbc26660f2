/** What a validator can say wrongly in good form: forged, misplaced, contradicting, or far too much of it. */
import { encodeTransaction } from '../../codec/transaction.js';
import { encodeValue } from '../../codec/value.js';
import { PROOFS_ITEM } from '../../replica/epoch-exchange.js';
import { RELAY_ITEM } from '../../replica/relays.js';
import { STATE_PIECES_ITEM, STATE_REQUEST_ITEM } from '../../replica/state-items.js';
import { CHALLENGE_ITEM, RUN_ITEM } from '../../replica/twins.js';
import { EXHIBIT_ITEM } from '../../replica/watch/watch.js';
import { attack } from './attack.js';
const known = new WeakMap();
/** Where the honest are, a moment ago. */
async function position(scene) {
    const last = known.get(scene);
    if (last !== undefined && performance.now() - last.atMs < 200)
        return last.position;
    const { view, sequence, watermarks } = await scene.cluster.status(1);
    const found = {
        view,
        delivered: sequence,
        low: watermarks.low,
        high: watermarks.high,
        interval: scene.home.chain.genesis.parameters.checkpointInterval,
    };
    known.set(scene, { atMs: performance.now(), position: found });
    return found;
}
/** A slot that nobody has proposed yet. */
async function ahead(scene) {
    const { view, high } = await position(scene);
    return { view, sequence: high - scene.random.below(16) };
}
async function vote(scene, type, more = {}) {
    return { type, epoch: 0, ...(await ahead(scene)), digest: scene.digest(), ...more };
}
/** One word to one half, another to the other half; or both to all. */
async function contradict(scene, first, second) {
    const [a, b] = [scene.signed(first), scene.signed(second)];
    const halves = [[0], [1, 2]];
    await scene.say([a], halves[0]);
    await scene.say([b], halves[1]);
    await scene.say([a, b]);
}
const viewChange = (view, stable) => ({
    type: 'view-change',
    epoch: 0,
    view,
    stable,
    checkpoints: [],
    prepared: [],
    preprepared: [],
});
/** An honest-looking view change: it names a checkpoint, invented. */
const claimed = (scene, view, stable) => ({
    ...viewChange(view, stable),
    checkpoints: [{ sequence: stable, digest: scene.digest() }],
});
const many = (count, make) => Array.from({ length: count }, (_, i) => make(i));
let lastView = 1_000;
export const VOTES = [
    attack('validator', 'items-malformed', 'items of the wrong shape', ['body-malformed'], (scene) => scene.say([encodeValue([0, 0, 1, 2]), encodeValue([0, 0, scene.noise(3), 7])]), { brief: true }),
    attack('validator', 'items-unknown', 'items and messages of no known kind', ['frame-kind', 'body-unknown-type'], (scene) => scene.say([encodeValue([77, 1]), encodeValue([0, 0, encodeValue([99, 3]), new Uint8Array(64)])])),
    attack('validator', 'vote-forged', 'votes whose signatures do not hold', ['signature-invalid', 'signature-length'], async (scene) => scene.say([scene.signed(await vote(scene, 'prepare'), 3, true)]), { brief: true }),
    attack('validator', 'vote-of-another', 'votes in the name of another validator', ['sender-mismatch'], async (scene) => scene.say([scene.signed(await vote(scene, 'commit'), 2)]), { brief: true }),
    attack('validator', 'vote-of-its-receiver', "a validator's own words, reflected", ['sender-mismatch'], async (scene) => {
        for (const id of scene.honest)
            await scene.say([scene.signed(await vote(scene, 'commit'), id)], [id]);
    }),
    attack('validator', 'vote-old-epoch', 'votes of an epoch that is not', ['epoch-mismatch'], async (scene) => scene.say([scene.signed(await vote(scene, 'commit', { epoch: 4 }))])),
    attack('validator', 'proposal-by-a-backup', 'proposals by who is not the primary', ['not-primary', 'batch-invalid'], async (scene) => {
        const batch = scene.digests.batchOf(Date.now(), []);
        await scene.say([
            scene.signed({ type: 'pre-prepare', epoch: 0, ...(await ahead(scene)), digest: batch.digest, batch }),
        ]);
    }),
    attack('validator', 'proposal-of-garbage', 'a proposal of things that are no transactions', ['batch-invalid', 'not-primary'], async (scene) => {
        const batch = scene.digests.batchOf(Date.now(), many(50, () => scene.noise(200)));
        await scene.say([
            scene.signed({ type: 'pre-prepare', epoch: 0, ...(await ahead(scene)), digest: batch.digest, batch }),
        ]);
    }),
    attack('validator', 'claim-invented', 'view changes that claim what cannot be', ['bad-claim'], async (scene) => scene.say([scene.signed(viewChange((await position(scene)).view + 1, 7))])),
    attack('validator', 'new-view-empty', 'a new view that nobody asked for', ['not-primary', 'bad-claim'], async (scene) => scene.say([
        scene.signed({ type: 'new-view', epoch: 0, view: (await position(scene)).view + 4, viewChanges: [] }),
    ])),
    attack('validator', 'batch-unrequested', 'batches that nobody asked for', ['skipped unread', 'deferred', 'unrequested', 'digest-mismatch'], async (scene) => {
        const batch = scene.digests.batchOf(Date.now(), [scene.noise(300)]);
        await scene.say([
            scene.signed({
                type: 'fetched',
                epoch: 0,
                sequence: (await ahead(scene)).sequence,
                digest: batch.digest,
                batch,
            }),
        ]);
    }),
    attack('validator', 'equivocation-prepare', 'two PREPAREs for one slot', ['evidence prepare', 'found equivocation', 'rate-limited'], async (scene) => {
        const one = await vote(scene, 'prepare');
        await contradict(scene, one, { ...one, digest: scene.digest() });
    }, { pauseMs: 50, brief: true }),
    attack('validator', 'equivocation-commit', 'two COMMITs for one slot', ['evidence commit', 'found equivocation', 'rate-limited'], async (scene) => {
        const one = await vote(scene, 'commit');
        await contradict(scene, one, { ...one, digest: scene.digest() });
    }, { pauseMs: 50 }),
    attack('validator', 'equivocation-checkpoint', 'two CHECKPOINTs for one sequence', ['evidence checkpoint', 'found equivocation', 'rate-limited'], async (scene) => {
        const { low, interval } = await position(scene);
        const one = { type: 'checkpoint', epoch: 0, sequence: low + interval, digest: scene.digest() };
        await contradict(scene, one, { ...one, digest: scene.digest() });
    }, { pauseMs: 50, brief: true }),
    attack('validator', 'equivocation-view-change', 'two VIEW-CHANGEs for one view', ['evidence view-change', 'found equivocation', 'rate-limited'], async (scene) => {
        const { low } = await position(scene);
        const view = lastView++;
        await contradict(scene, claimed(scene, view, low), claimed(scene, view, low));
    }, { pauseMs: 50, brief: true }),
    attack('validator', 'wrong-state', 'a CHECKPOINT for another state than that of all', ['found wrong-state-hash', 'found equivocation', 'evidence checkpoint'], async (scene) => {
        const { low, interval } = await position(scene);
        await scene.say([
            scene.signed({ type: 'checkpoint', epoch: 0, sequence: low + interval, digest: scene.digest() }),
        ]);
    }, { pauseMs: 100 }),
    attack('validator', 'flood-votes-forged', 'votes with signatures that do not hold, as fast as they go', ['deferred', 'signature-invalid', 'signature-length', 'rate-limited'], async (scene) => {
        const one = await vote(scene, 'prepare');
        const items = many(200, (i) => scene.codec.encodeItem({
            from: 3,
            message: one,
            envelope: {
                body: scene.codec.encodeBody({ ...one, sequence: one.sequence - (i & 7) }, 3),
                signature: scene.noise(Math.max(8, scene.authenticator.signatureBytes(false))),
            },
        }));
        await scene.say(items);
    }, { pauseMs: 0 }),
    attack('validator', 'flood-votes-signed', 'votes that are signed, for slots that are to come, as fast as they go', [
        'skipped unread',
        'deferred',
        'rate-limited',
        'evidence prepare',
        'evidence commit',
        'found equivocation',
    ], async (scene) => {
        await scene.say(await Promise.all(many(50, async (i) => scene.signed(await vote(scene, i % 2 === 0 ? 'prepare' : 'commit')))));
    }, { pauseMs: 0, brief: true }),
    attack('validator', 'flood-votes-again', 'one good vote again and again', ['skipped unread', 'deferred', 'rate-limited', 'found stale-replay'], async (scene) => {
        const item = scene.signed(await vote(scene, 'commit', { digest: 'ab'.repeat(32) }));
        await scene.say(many(400, () => item));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-far-votes', 'signed votes for sequences and views far away', [
        'skipped unread',
        'deferred',
        'outside-watermarks',
        'rate-limited',
        'view-stale',
        'view-inactive',
        'found equivocation',
    ], async (scene) => {
        const { high, view } = await position(scene);
        await scene.say(await Promise.all(many(50, async (i) => scene.signed(await vote(scene, 'commit', i % 2 === 0 ? { sequence: high + 10_000 + i } : { view: view + 9 + i })))));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-view-changes', 'view changes for ever higher views, signed', ['skipped unread', 'deferred', 'rate-limited', 'bad-claim', 'conflicting'], async (scene) => {
        const { low } = await position(scene);
        await scene.say(many(10, () => scene.signed(claimed(scene, lastView++, low))));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-status', 'questions for all that was ever decided, as fast as they go', ['skipped unread', 'deferred', 'rate-limited'], async (scene) => {
        const { view, low } = await position(scene);
        await scene.say(many(50, () => scene.signed({
            type: 'status',
            epoch: 0,
            view,
            active: true,
            asked: view,
            stable: Math.max(0, low - 1_000),
            delivered: Math.max(0, low - 1_000),
        })));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-fetch', 'questions for batches, as fast as they go', ['skipped unread', 'deferred', 'rate-limited'], async (scene) => {
        const { delivered } = await position(scene);
        await scene.say(many(50, (i) => scene.signed({
            type: 'fetch',
            epoch: 0,
            sequence: Math.max(1, delivered - i),
            digest: scene.digest(),
        })));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-state-requests', 'questions for the state of checkpoints', ['deferred', 'rate-limited', 'overloaded', 'body-malformed'], async (scene) => {
        const { low } = await position(scene);
        await scene.say(many(100, (i) => encodeValue(i % 2 === 0
            ? [STATE_REQUEST_ITEM, i, low]
            : [STATE_REQUEST_ITEM, i, low, 0, true, [new Uint8Array(0)]])));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-false-pieces', 'pieces of a state that nobody asked for', ['deferred', 'unrequested', 'bad-piece', 'rate-limited'], (scene) => scene.say(many(100, (i) => encodeValue([STATE_PIECES_ITEM, i, 128, [scene.noise(300)]]))), { pauseMs: 0 }),
    attack('validator', 'flood-exhibits', 'things that others are said to have signed', ['deferred', 'signature-invalid', 'signature-length', 'rate-limited'], async (scene) => {
        const one = await vote(scene, 'commit');
        await scene.say(many(50, () => encodeValue([
            EXHIBIT_ITEM,
            scene.codec.encodeBody(one, 1),
            scene.noise(Math.max(8, scene.authenticator.signatureBytes(false))),
        ])));
    }, { pauseMs: 0 }),
    attack('validator', 'flood-relays', 'transactions of nobody, passed on by a validator', ['deferred', 'transaction-malformed', 'transaction-signature', 'rate-limited'], async (scene) => {
        const { client, home } = scene;
        const key = client.ed25519.publicKey;
        const transactions = many(100, (i) => encodeTransaction({
            suite: 'ed25519',
            kind: 'write',
            nonce: i + 1,
            expiry: 500_000,
            publicKey: key,
            payload: scene.noise(40),
        }, () => scene.noise(64), home.chain.id));
        await scene.say([encodeValue([RELAY_ITEM, transactions])]);
    }, { pauseMs: 0 }),
    attack('validator', 'flood-epochs', 'proofs of epochs that never were', ['deferred', 'bad-claim', 'body-malformed', 'rate-limited'], (scene) => scene.say(many(20, () => encodeValue([PROOFS_ITEM, scene.noise(3_000)]))), { pauseMs: 0 }),
    attack('validator', 'flood-twins', 'claims that another process has the keys', ['deferred', 'body-malformed', 'rate-limited', 'signature-invalid'], (scene) => scene.say(many(100, (i) => encodeValue(i % 2 === 0 ? [CHALLENGE_ITEM, scene.noise(16)] : [RUN_ITEM, scene.noise(16), Date.now()]))), { pauseMs: 0 }),
];
//# sourceMappingURL=votes.js.map