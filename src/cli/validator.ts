/** Wires one validator: disk, keys, pool, sockets, application and the driver between them. */

import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { StateMachine } from '../apps/interface.ts';
import { applicationByName } from '../apps/registry.ts';
import { LockstepError } from '../core/errors.ts';
import type { AnyMessage, Protocol } from '../core/machine.ts';
import { maxFaulty, quorumSize } from '../core/quorum.ts';
import { Telemetry } from '../core/telemetry.ts';
import { createAuthenticator } from '../crypto/authenticator.ts';
import { hostOf } from '../crypto/encryption.ts';
import { createOwnSignature } from '../crypto/own-signature.ts';
import { createSigner } from '../crypto/signing.ts';
import { defaultThreads } from '../crypto/threads.ts';
import { createVerifier } from '../crypto/verifier.ts';
import { addExplainRoute } from '../ops/explain-route.ts';
import { addHistoryRoutes } from '../ops/history-routes.ts';
import { createLogger } from '../ops/log.ts';
import { createMetrics } from '../ops/metrics.ts';
import { addOpsRoutes } from '../ops/routes.ts';
import { type NodeState, type StatusDocument, type StatusSource, statusDocument } from '../ops/status.ts';
import { protocolByName, protocolNames } from '../protocols/registry.ts';
import { AddressBook } from '../replica/addresses.ts';
import { History } from '../replica/history.ts';
import type { Clock } from '../replica/ports.ts';
import { Replica } from '../replica/replica.ts';
import { RUN_BYTES } from '../replica/twins.ts';
import { openEpochs } from '../storage/epoch-store.ts';
import { openSnapshots } from '../storage/file-snapshots.ts';
import { type OpenedVoteLog, openVoteLog, type VoteLogOptions } from '../storage/file-vote-log.ts';
import { openFileWitness } from '../storage/file-witness.ts';
import { type Incarnation, markForgetful, readIncarnation, settleIncarnation } from '../storage/forgetful.ts';
import type { LedgerStore } from '../storage/interface.ts';
import { openStore } from '../storage/lmdb-store.ts';
import { nodeFiles } from '../storage/node-files.ts';
import { lostWithPower, markRun, settleRun, unmarkRun } from '../storage/run-mark.ts';
import { answersAsUs } from '../transport/own-address.ts';
import { createTransport } from '../transport/transport.ts';
import { addressesRoute, discover, loadAddresses, saveAddresses } from './discovery.ts';
import { followEpochs } from './follow-epochs.ts';
import { validatorInfo } from './genesis.ts';
import { historySource } from './history-source.ts';
import type { Home } from './home.ts';
import { membershipFigures, memberUrl, promoteKeys } from './membership.ts';
import { Recorder } from './profile/recorder.ts';
import { version } from './version.ts';

export interface Validator {
  /** Restores what the disk holds, listens, dials the others and takes part. Throws `port-taken`, `log-damaged`. */
  start(): Promise<void>;
  /** Puts a signed transaction (see `codec/transaction`) into this validator's mempool. */
  propose(transaction: Uint8Array): void;
  readonly isPrimary: boolean;
  status(): StatusDocument;
  /** Leaves in order: what was promised is in the log. Resolves when the port is free. */
  stop(): Promise<void>;
  /** Resolves when the set knows the keys of a rotation: they are the home's now, and a validator is to be made of it anew. */
  readonly rotated: Promise<void>;
  /** Resolves with the error that stopped the validator, if one does: a disk that failed, or a broken invariant. */
  readonly failed: Promise<unknown>;
}

export interface ValidatorOptions {
  /** Runs in place of the application that the genesis names. All validators of a chain need the same. */
  readonly application?: StateMachine;
  /** Runs in place of the protocol that the genesis names: what a liar is made of. */
  readonly protocol?: Protocol<AnyMessage, AnyMessage>;
}

const systemClock: Clock = {
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
function sharingHost({ urls, url, self }: Home): number {
  const host = (address: string) => new URL(address).hostname;
  const all = self === undefined ? [...urls, url] : urls;
  return all.filter((other) => other !== '' && host(other) === host(url)).length;
}

interface OpenedLog extends OpenedVoteLog {
  readonly incarnation: Incarnation;
  /** Why the home is forgetful from now on: what was promised may have gone with the power. */
  readonly lost: string | undefined;
}

/**
 * The vote log, and whether the home still is whom it promised for. Nothing is written to a home that is refused; and before the
 * first promise the home says what that promise rests on (`run-mark.ts`). Where the log cannot be opened, the store is not
 * kept open either.
 */
async function openBeside(store: LedgerStore, data: string, options: VoteLogOptions): Promise<OpenedLog> {
  let opened: OpenedVoteLog | undefined;
  try {
    const known = readIncarnation(data);
    const lost = known.forgotten ? undefined : lostWithPower(data);
    opened = openVoteLog(options);
    const incarnation = lost === undefined ? known : markForgetful(data, lost);
    // Under `power` what was there was synced when it was opened.
    if (options.durability === 'process') markRun(data);
    else unmarkRun(data);
    return { ...opened, incarnation, lost };
  } catch (error) {
    opened?.log.close();
    // Waited for: where the process ends while its thread closes LMDB, LMDB aborts the process.
    await store.close();
    throw error;
  }
}

/**
 * A validator from a checked home (see `loadHome`). The caller holds the home's lock. Throws `bad-genesis` for a
 * protocol or application that this version does not have, and what keys, log and snapshots are found guilty of.
 */
export async function createValidator(home: Home, options: ValidatorOptions = {}): Promise<Validator> {
  const { chain, config, hasher, identity, self, name, url, urls, paths } = home;
  const { genesis } = chain;
  const protocol = options.protocol ?? protocolByName(genesis.protocol);
  if (protocol === undefined) {
    throw new LockstepError(
      'bad-genesis',
      `no protocol ${genesis.protocol} here: there is ${protocolNames().join(', ')}`,
    );
  }
  const logger = createLogger({ level: config.logLevel, base: { validator: name } });
  const telemetry = new Telemetry();
  const recorder =
    process.env[PROFILE_VARIABLE] === '1'
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
    encryption: config.encryption,
    compression: config.compression,
    hosts: [hostOf(url)].filter((host) => host !== ''),
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
  const {
    log: voteLog,
    records,
    cutBytes,
    incarnation,
    lost,
  } = await openBeside(store, paths.data, {
    path: paths.voteLog,
    chainId: chain.id,
    durability: config.durability,
    mustExist: true,
    witness: openFileWitness(nodeFiles, paths.logWitness),
    onSync: (tookMs) => telemetry.logSyncMs.observe(tookMs),
    syncLater: 'if-slow',
  });
  if (lost !== undefined) logger.warn(`this home comes back as a new incarnation: ${lost}`);
  if (cutBytes > 0) logger.info({ cutBytes }, 'cut an unfinished write off the vote log');

  let rotate!: () => void;
  const rotated = new Promise<void>((resolve) => {
    rotate = resolve;
  });
  let fail: (error: unknown) => void;
  const failed = new Promise<unknown>((resolve) => {
    fail = resolve;
  });
  const signer = await createSigner('ed25519', identity.ed25519.secretKey);
  const wild = config.listen.host === '0.0.0.0' || config.listen.host === '::';
  const addresses: AddressBook = new AddressBook({
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
  const replica: Replica = new Replica({
    chain,
    self,
    keys: validatorInfo(name, identity),
    incarnation,
    settleIncarnation: () => settleIncarnation(paths.data),
    signer,
    epochs: openEpochs(paths.epochs),
    addresses,
    urlOf: (member) => addresses.urlOf(member.id) ?? (member.url || config.peers[member.name]),
    onSet: (set) => {
      if (promoteKeys(home, set)) rotate();
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
    reputation: config.reputation,
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
  const bounds = (n: number) => {
    const setting = { n, auth: genesis.auth, parameters: genesis.protocolParameters ?? {} };
    return protocol.quorum?.(setting) ?? { faulty: maxFaulty(n), quorum: quorumSize(n) };
  };
  if (!protocol.byzantine) {
    const n = genesis.validators.length;
    const { faulty } = bounds(n);
    const message = `${protocol.name} tolerates validators that crash (${faulty} of ${n}) and not one that lies: every validator is trusted`;
    logger.warn({ protocol: protocol.name, faulty }, message);
  }
  let throttled: readonly number[] = [];
  let throttling: NodeJS.Timeout | undefined;
  const source: StatusSource = {
    facts: {
      chain: { name: genesis.chain, id: chain.idHex },
      protocol: genesis.protocol,
      auth: genesis.auth,
      hash: genesis.hash,
      app: genesis.app.name,
      durability: config.durability,
      encryption: config.encryption,
      version,
      name,
      get self() {
        return replica.number ?? -1;
      },
      get names() {
        const names: string[] = [];
        for (const member of replica.status().set.members) names[member.id] = member.name;
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
    state: (): NodeState => {
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
  let pollEpochs: (() => void) | undefined;
  let stopDiscovery: (() => void) | undefined;
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
        throw new LockstepError(
          'key-in-use',
          `a process with the keys of validator ${name} answers at ${url}, its own address: two would contradict each other. ` +
            'End that one before this home is started, or remove this home if it is a copy',
        );
      }
      replica.start();
      loadAddresses(paths.data, addresses);
      transport.route(
        '/addresses',
        addressesRoute(addresses, (code) => telemetry.rejections.add(code)),
      );
      addOpsRoutes(
        (path, handler) => transport.route(path, handler),
        source,
        { genesis, urls: urls.filter((url) => url !== '') },
        config.metrics ? createMetrics(source) : undefined,
        (above) => replica.epochProofs(above),
      );
      addHistoryRoutes(
        (path, handler) => transport.route(path, handler),
        historySource(
          new History(store, hasher, chain),
          () => replica.heldStates(),
          () => replica.epochProofs(0, Number.POSITIVE_INFINITY),
        ),
      );
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
      addExplainRoute(
        (path, handler) => transport.route(path, handler),
        (sequence) => replica.explain(sequence),
      );
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
        clientDown: () => {},
        rejected: (code, peer) => {
          telemetry.rejections.add(code);
          if (peer !== undefined) replica.peerRejected(peer, code);
        },
      });
      stopDiscovery = discover(
        addresses,
        () => {
          const { set } = replica.status();
          const all = [
            ...set.members.map((member) => memberUrl(home, member)),
            ...Object.values(config.peers),
          ];
          const heard = set.members.flatMap(({ id }) => addresses.urlOf(id) ?? []);
          return [...new Set([...heard, ...all])].filter((other) => other !== '' && other !== url);
        },
        () => {
          const { peers } = transport.stats();
          return replica
            .status()
            .set.members.some(({ id }) => id !== replica.number && (peers[id] ?? -1) < 0);
        },
      );
      pollEpochs = followEpochs(home, replica, () => transport.stats().peers);
    },
    async stop() {
      clearInterval(throttling);
      pollEpochs?.();
      stopDiscovery?.();
      replica.stop();
      await transport.stop();
      voteLog.close();
      settleRun(paths.data, paths.voteLog);
      await store.close();
      await verifier.close();
    },
  };
}
