/** Wires one validator: disk, keys, pool, sockets, application and the driver between them. */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { applicationByName } from '../apps/registry.js';
import { LockstepError } from '../core/errors.js';
import { maxFaulty, quorumSize } from '../core/quorum.js';
import { Telemetry } from '../core/telemetry.js';
import { createAuthenticator } from '../crypto/authenticator.js';
import { createOwnSignature } from '../crypto/own-signature.js';
import { createSigner } from '../crypto/signing.js';
import { defaultThreads } from '../crypto/threads.js';
import { createVerifier } from '../crypto/verifier.js';
import { addExplainRoute } from '../ops/explain-route.js';
import { addHistoryRoutes } from '../ops/history-routes.js';
import { createLogger } from '../ops/log.js';
import { createMetrics } from '../ops/metrics.js';
import { addOpsRoutes } from '../ops/routes.js';
import { statusDocument } from '../ops/status.js';
import { protocolByName, protocolNames } from '../protocols/registry.js';
import { AddressBook } from '../replica/addresses.js';
import { History } from '../replica/history.js';
import { Replica } from '../replica/replica.js';
import { RUN_BYTES } from '../replica/twins.js';
import { openEpochs } from '../storage/epoch-store.js';
import { openSnapshots } from '../storage/file-snapshots.js';
import { openVoteLog } from '../storage/file-vote-log.js';
import { openFileWitness } from '../storage/file-witness.js';
import { readIncarnation, settleIncarnation } from '../storage/forgetful.js';
import { openStore } from '../storage/lmdb-store.js';
import { nodeFiles } from '../storage/node-files.js';
import { answersAsUs } from '../transport/own-address.js';
import { createTransport } from '../transport/transport.js';
import { addressesRoute, discover, loadAddresses, saveAddresses } from './discovery.js';
import { followEpochs } from './follow-epochs.js';
import { validatorInfo } from './genesis.js';
import { historySource } from './history-source.js';
import { membershipFigures, memberUrl, promoteKeys } from './membership.js';
import { Recorder } from './profile/recorder.js';
import { version } from './version.js';
const systemClock = {
    nowMs: () => performance.now(),
    wallMs: () => Date.now(),
    after: (delayMs, callback) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
    },
    endOfTurn: (callback) => setImmediate(callback),
};
/** How often peers' health decides who is throttled, ms. */
const THROTTLE_MS = 1_000;
/** Set to `1`, it has a validator record where its time goes: see `lockstep profile cluster`. */
export const PROFILE_VARIABLE = 'LOCKSTEP_PROFILE';
/** How many validators have our host's address: those of a local cluster share its cores. */
function sharingHost({ urls, url, self }) {
    const host = (address) => new URL(address).hostname;
    const all = self === undefined ? [...urls, url] : urls;
    return all.filter((other) => other !== '' && host(other) === host(url)).length;
}
/** The vote log; where it cannot be opened, the store is not kept open either. */
async function openBeside(store, options) {
    try {
        return openVoteLog(options);
    }
    catch (error) {
        // Waited for: where the process ends while its thread closes LMDB, LMDB aborts the process.
        await store.close();
        throw error;
    }
}
/**
 * A validator from a checked home (see `loadHome`). The caller holds the home's lock. Throws `bad-genesis` for a
 * protocol or application that this version does not have, and what keys, log and snapshots are found guilty of.
 */
export async function createValidator(home, options = {}) {
    const { chain, config, hasher, identity, self, name, url, urls, paths } = home;
    const { genesis } = chain;
    const protocol = protocolByName(genesis.protocol);
    if (protocol === undefined) {
        throw new LockstepError('bad-genesis', `no protocol ${genesis.protocol} here: there is ${protocolNames().join(', ')}`);
    }
    const logger = createLogger({ level: config.logLevel, base: { validator: name } });
    const telemetry = new Telemetry();
    const recorder = process.env[PROFILE_VARIABLE] === '1'
        ? new Recorder(self ?? genesis.validators.length, genesis.validators.length)
        : undefined;
    const plainVerifier = await createVerifier({
        threads: config.threads === 'auto' ? defaultThreads(sharingHost(home)) : config.threads,
        cache: config.limits.clientKeys,
    });
    const verifier = recorder?.verifier(plainVerifier) ?? plainVerifier;
    const authenticator = await createAuthenticator({ chain, auth: genesis.auth, identity, self, verifier });
    const transport = await createTransport({
        self,
        listen: config.listen,
        peers: urls.map((url, id) => ({ id, url })).filter(({ id, url }) => id !== self && url !== ''),
        chain,
        identity,
        verifier,
        sendDelaysMs: genesis.validators.map((validator) => config.sendDelaysMs[validator.name]),
        maxClients: config.limits.clientConnections,
        ...(recorder && { stopwatch: recorder.timeline }),
        warn: (message) => logger.warn(message),
    });
    const store = await openStore({
        path: paths.store,
        chainId: chain.id,
        retain: config.retain === 'all' ? Number.POSITIVE_INFINITY : config.retain,
    });
    const { log: voteLog, records, cutBytes, } = await openBeside(store, {
        path: paths.voteLog,
        chainId: chain.id,
        durability: config.durability,
        mustExist: true,
        witness: openFileWitness(nodeFiles, paths.logWitness),
        onSync: (tookMs) => telemetry.logSyncMs.observe(tookMs),
        syncLater: process.env.LOCKSTEP_SYNC === 'later',
    });
    if (cutBytes > 0)
        logger.info({ cutBytes }, 'cut an unfinished write off the vote log');
    let rotate;
    const rotated = new Promise((resolve) => {
        rotate = resolve;
    });
    let fail;
    const failed = new Promise((resolve) => {
        fail = resolve;
    });
    const signer = await createSigner('ed25519', identity.ed25519.secretKey);
    const wild = config.listen.host === '0.0.0.0' || config.listen.host === '::';
    const addresses = new AddressBook({
        chainId: chain.id,
        clock: systemClock,
        members: () => {
            const { set, pending } = replica.status();
            return [...(pending?.set.members ?? []), ...set.members];
        },
        verify: (item) => plainVerifier.verifySync(item),
        sign: (input) => signer.sign(input),
        // An address that stands for all of them is nobody's.
        url: wild && config.peers[name] === undefined ? '' : url,
        self: () => replica.number,
        changed: () => {
            saveAddresses(paths.data, addresses);
            replica.readdressed();
        },
    });
    const replica = new Replica({
        chain,
        self,
        keys: validatorInfo(name, identity),
        incarnation: readIncarnation(paths.data),
        settleIncarnation: () => settleIncarnation(paths.data),
        signer,
        epochs: openEpochs(paths.epochs),
        addresses,
        urlOf: (member) => addresses.urlOf(member.id) ?? (member.url || config.peers[member.name]),
        onSet: (set) => {
            if (promoteKeys(home, set))
                rotate();
        },
        protocol: recorder?.protocol(protocol) ?? protocol,
        app: options.application ?? applicationByName(genesis.app.name).create(genesis.app.params, hasher),
        hasher,
        transport: recorder?.transport(transport) ?? transport,
        authenticator,
        verifier,
        voteLog: recorder?.voteLog(voteLog) ?? voteLog,
        records,
        snapshots: openSnapshots({ dir: paths.snapshots, chainId: chain.id, durability: config.durability }),
        store,
        clock: recorder?.clock(systemClock) ?? systemClock,
        run: {
            id: randomBytes(RUN_BYTES),
            startedMs: Date.now(),
            ...(await createOwnSignature(identity, plainVerifier)),
        },
        ...(recorder && { stopwatch: recorder.timeline }),
        telemetry,
        limits: {
            mempoolTransactions: config.limits.mempoolTransactions,
            mempoolBytes: config.limits.mempoolBytes,
            pipelineDepth: config.pipelineDepth,
            logCompactBytes: config.logCompactBytes,
        },
        log: {
            info: (message, fields) => logger.info(fields ?? {}, message),
            warn: (message, fields) => logger.warn(fields ?? {}, message),
        },
        onFatal: (error) => {
            logger.fatal({ err: error }, 'this validator stops: a wrong vote would be worse than none');
            fail(error);
        },
    });
    const size = () => replica.status().set.members.length;
    const bounds = (n) => {
        const setting = { n, auth: genesis.auth, parameters: genesis.protocolParameters ?? {} };
        return protocol.quorum?.(setting) ?? { faulty: maxFaulty(n), quorum: quorumSize(n) };
    };
    if (!protocol.byzantine) {
        const n = genesis.validators.length;
        const { faulty } = bounds(n);
        const message = `${protocol.name} tolerates validators that crash (${faulty} of ${n}) and not one that lies: every validator is trusted`;
        logger.warn({ protocol: protocol.name, faulty }, message);
    }
    let throttled = [];
    let throttling;
    const source = {
        facts: {
            chain: { name: genesis.chain, id: chain.idHex },
            protocol: genesis.protocol,
            auth: genesis.auth,
            hash: genesis.hash,
            app: genesis.app.name,
            durability: config.durability,
            version,
            name,
            get self() {
                return replica.number ?? -1;
            },
            get names() {
                const names = [];
                for (const member of replica.status().set.members)
                    names[member.id] = member.name;
                return names;
            },
            get n() {
                return size();
            },
            get faulty() {
                return bounds(size()).faulty;
            },
            get quorum() {
                return bounds(size()).quorum;
            },
            byzantine: protocol.byzantine,
            startedMs: Date.now(),
        },
        telemetry,
        ...(recorder && { profile: () => recorder.figures() }),
        state: () => {
            const status = replica.status();
            return {
                machine: status,
                executed: { sequence: status.sequence, header: status.header, timeMs: status.timeMs },
                checkpoint: status.checkpoint,
                mempool: status.mempool,
                verifier: verifier.stats(),
                transport: transport.stats(),
                conduct: replica.peerReports(),
                banned: throttled,
                halted: status.paused ?? status.mute,
                membership: membershipFigures(status, home, (id) => addresses.urlOf(id)),
                transfer: status.transfer,
            };
        },
    };
    let pollEpochs;
    let stopDiscovery;
    replica.describe = () => statusDocument(source);
    return {
        failed,
        rotated,
        get isPrimary() {
            return replica.isPrimary;
        },
        propose: (transaction) => replica.submit(transaction),
        status: () => statusDocument(source),
        async start() {
            if (await answersAsUs({ chain, identity, url, verifier: plainVerifier })) {
                throw new LockstepError('key-in-use', `a process with the keys of validator ${name} answers at ${url}, its own address: two would contradict each other. ` +
                    'End that one before this home is started, or remove this home if it is a copy');
            }
            replica.start();
            loadAddresses(paths.data, addresses);
            transport.route('/addresses', addressesRoute(addresses, (code) => telemetry.rejections.add(code)));
            addOpsRoutes((path, handler) => transport.route(path, handler), source, { genesis, urls: urls.filter((url) => url !== '') }, config.metrics ? createMetrics(source) : undefined, (above) => replica.epochProofs(above));
            addHistoryRoutes((path, handler) => transport.route(path, handler), historySource(new History(store, hasher, chain), () => replica.heldStates(), () => replica.epochProofs(0, Number.POSITIVE_INFINITY)));
            transport.route('/guard', () => ({
                status: 200,
                contentType: 'application/json; charset=utf-8',
                body: JSON.stringify({ banned: transport.bans() }),
            }));
            throttling = setInterval(() => {
                throttled = replica
                    .peerReports()
                    .flatMap(({ id, judgement }) => (judgement.health === 'quarantined' ? [id] : []));
                transport.setThrottled(throttled);
            }, THROTTLE_MS);
            throttling.unref();
            addExplainRoute((path, handler) => transport.route(path, handler), (sequence) => replica.explain(sequence));
            if (recorder) {
                transport.route('/profile', () => ({
                    status: 200,
                    contentType: 'application/json; charset=utf-8',
                    body: JSON.stringify(recorder.trace()),
                }));
            }
            await transport.start({
                peerFrame: (from, items) => replica.peerFrame(from, items),
                peerUp: (peer, replaced) => replica.peerUp(peer, replaced),
                peerDown: (peer) => replica.peerDown(peer),
                clientFrame: (session, items) => replica.clientFrame(session, items),
                clientDown: () => { },
                rejected: (code, peer) => {
                    telemetry.rejections.add(code);
                    if (peer !== undefined)
                        replica.peerRejected(peer, code);
                },
            });
            stopDiscovery = discover(addresses, () => {
                const { set } = replica.status();
                const all = [
                    ...set.members.map((member) => memberUrl(home, member)),
                    ...Object.values(config.peers),
                ];
                const heard = set.members.flatMap(({ id }) => addresses.urlOf(id) ?? []);
                return [...new Set([...heard, ...all])].filter((other) => other !== '' && other !== url);
            }, () => {
                const { peers } = transport.stats();
                return replica
                    .status()
                    .set.members.some(({ id }) => id !== replica.number && (peers[id] ?? -1) < 0);
            });
            pollEpochs = followEpochs(home, replica, () => transport.stats().peers);
        },
        async stop() {
            clearInterval(throttling);
            pollEpochs?.();
            stopDiscovery?.();
            replica.stop();
            await transport.stop();
            voteLog.close();
            await store.close();
            await verifier.close();
        },
    };
}
//# sourceMappingURL=validator.js.map