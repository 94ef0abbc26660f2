/**
 * A whole replica to throw frames at: the production driver on a clock that we move, with memory for a disk. What validator 3
 * signs holds, whatever it is, since it has its key; what it says that others signed does not.
 */
import { applicationByName } from '../../apps/registry.js';
import { Telemetry } from '../../core/telemetry.js';
import { createAuthenticator } from '../../crypto/authenticator.js';
import { protocolByName } from '../../protocols/registry.js';
import { Replica } from '../../replica/replica.js';
import { MemoryEpochs } from '../../storage/epoch-store.js';
import { openSnapshots } from '../../storage/file-snapshots.js';
import { MemoryStore } from '../../storage/memory-store.js';
import { MemoryLogFile, openMemoryVoteLog } from '../../storage/memory-vote-log.js';
const LIAR = 3;
export async function openVictim(chain, hasher, identity, folder) {
    const key = chain.genesis.validators[LIAR];
    const theirs = [key.ed25519, key.mlDsa87].map((text) => Buffer.from(text, 'hex'));
    const holds = ({ publicKey }) => theirs.some((bytes) => bytes.equals(publicKey));
    const verifier = {
        verify: async (items) => Uint8Array.from(items, (item) => Number(holds(item))),
        verifySync: holds,
        costUs: () => 1,
        prepare: () => { },
        stats: () => ({
            threads: 0,
            inline: 0,
            pooled: 0,
            failed: 0,
            queued: 0,
            queuedMax: 0,
            cacheHits: 0,
            cacheMisses: 0,
            cacheKeys: 0,
            cacheEvictions: 0,
            workersReplaced: 0,
            backends: { ed25519: '', 'ml-dsa-87': '' },
        }),
        close: async () => { },
    };
    let nowMs = 0;
    const timers = [];
    const after = (delayMs, call) => {
        const timer = { dueMs: nowMs + delayMs, call, live: true };
        timers.push(timer);
        return () => {
            timer.live = false;
        };
    };
    const clock = {
        nowMs: () => nowMs,
        wallMs: () => 1_700_000_000_000 + nowMs,
        after,
        endOfTurn: (call) => void after(0, call),
    };
    const stats = {
        framesIn: 0,
        framesOut: 0,
        bytesIn: 0,
        bytesOut: 0,
        dropped: 0,
        reconnects: 0,
        clients: 0,
        peers: [-1, 0, 0, 0],
        server: 'none',
    };
    const nothing = () => { };
    const transport = {
        start: async () => { },
        send: nothing,
        broadcast: nothing,
        flush: nothing,
        route: nothing,
        setPeers: nothing,
        setBlocked: nothing,
        stats: () => stats,
        stop: async () => { },
    };
    const telemetry = new Telemetry();
    const { log, records } = openMemoryVoteLog(new MemoryLogFile());
    const { name, params } = chain.genesis.app;
    let fatal;
    const replica = new Replica({
        chain,
        self: 0,
        protocol: protocolByName(chain.genesis.protocol),
        app: applicationByName(name).create(params, hasher),
        hasher,
        transport,
        authenticator: await createAuthenticator({
            chain,
            auth: chain.genesis.auth,
            identity,
            self: 0,
            verifier,
        }),
        verifier,
        voteLog: log,
        records,
        snapshots: openSnapshots({ dir: folder, chainId: chain.id, durability: 'process' }),
        epochs: new MemoryEpochs(),
        store: new MemoryStore({ chainId: chain.id }),
        clock,
        telemetry,
        limits: {
            mempoolTransactions: 1_000,
            mempoolBytes: 1 << 20,
            pipelineDepth: 4,
            logCompactBytes: 64 << 10,
        },
        log: { info: nothing, warn: nothing },
        run: {
            id: new Uint8Array(16).fill(7),
            startedMs: 0,
            sign: () => new Uint8Array(4691),
            verify: () => false,
        },
        onFatal: (error) => {
            fatal ??= error;
        },
    });
    replica.start();
    for (const peer of [1, 2, LIAR])
        replica.peerUp(peer);
    const session = { id: 1, remote: 'fuzz', open: true, send: () => true, close: nothing };
    return {
        telemetry,
        frame: (items) => replica.peerFrame(LIAR, items),
        client: (items) => replica.clientFrame(session, items),
        async advance(ms) {
            const end = nowMs + ms;
            for (;;) {
                await Promise.resolve();
                let next = -1;
                for (let i = 0; i < timers.length; i++) {
                    if (timers[i].dueMs <= end && (next < 0 || timers[i].dueMs < timers[next].dueMs))
                        next = i;
                }
                if (next < 0)
                    break;
                const [timer] = timers.splice(next, 1);
                nowMs = Math.max(nowMs, timer.dueMs);
                if (timer.live)
                    timer.call();
            }
            nowMs = end;
        },
        get fatal() {
            return fatal;
        },
        stop: () => replica.stop(),
    };
}
//# sourceMappingURL=driver.js.map