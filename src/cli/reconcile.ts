/**
 * Brings a home back to voting whose validator has forgotten what it promised, together with too many others for the rest to take
 * them back: by what all of the homes know, while all stand still. `protocols/pbft/reconcile.ts` argues why that is safe.
 */

import { existsSync, renameSync, rmSync } from 'node:fs';
import { applicationByName } from '../apps/registry.ts';
import { createMessageCodec, type MessageCodec } from '../codec/message-codec.ts';
import { createRecordCodec } from '../codec/record-codec.ts';
import { NULL_BATCH } from '../core/batch.ts';
import { LockstepError } from '../core/errors.ts';
import { NULL_DIGEST } from '../core/ids.ts';
import type { AnyMessage, Attested, MachineConfig, Reconciled } from '../core/machine.ts';
import type { ValidatorSet } from '../core/membership.ts';
import { createAuthenticator } from '../crypto/authenticator.ts';
import { createVerifier } from '../crypto/verifier.ts';
import { certifiersOf } from '../proofs/epochs.ts';
import { protocolByName } from '../protocols/registry.ts';
import { createBatchDigests } from '../replica/batch-digest.ts';
import { epochMark } from '../replica/epoch-mark.ts';
import { createExecutor } from '../replica/executor.ts';
import { openSnapshots } from '../storage/file-snapshots.ts';
import { openVoteLog } from '../storage/file-vote-log.ts';
import { markForgetful, unmarkForgetful } from '../storage/forgetful.ts';
import { syncDirectory } from '../storage/fs.ts';
import { nodeFiles } from '../storage/node-files.ts';
import { unmarkRun } from '../storage/run-mark.ts';
import { scanVoteLog } from '../storage/vote-log-scan.ts';
import { latestSet } from './cluster-members.ts';
import { markFresh } from './fresh-log.ts';
import type { Home } from './home.ts';
import {
  checkpointIn,
  executedIn,
  forgetfulBecause,
  homesAt,
  logsIn,
  madeWithLoss,
  placeOf,
  type Remains,
  readRemains,
} from './remains.ts';

/** Views left out where later ones than any log names may be forgotten altogether. */
const SKIPPED_VIEWS = 64;

export interface Reconciliation {
  readonly home: string;
  readonly epoch: number;
  /** Validators whose logs are whole, those that have forgotten, and those of which nothing was given. */
  readonly whole: readonly string[];
  readonly forgetful: readonly string[];
  readonly absent: readonly string[];
  /** Whether something may be lost that was acknowledged: a whole quorum has forgotten. */
  readonly loss: boolean;
  /** The state that the home has, the slots above it of which its new log speaks, and how many of them committed. */
  readonly state: number;
  readonly slots: number;
  readonly committed: number;
  readonly view: number;
  readonly aside: string | null;
  readonly done: boolean;
}

interface Gathered {
  readonly set: ValidatorSet;
  /** Of members, each once; our own home among them. */
  readonly homes: readonly Remains[];
  readonly whole: readonly string[];
  readonly forgetful: readonly string[];
  readonly absent: readonly string[];
  /** Of the whole ones, those that were made so with a loss. */
  readonly doubtful: number;
}

async function gather(home: Home, dirs: readonly string[]): Promise<Gathered> {
  const all: Remains[] = [await readRemains(home.dir)];
  for (const dir of homesAt(dirs)) all.push(await readRemains(dir));
  const stranger = all.find(({ chain }) => chain.idHex !== home.chain.idHex);
  if (stranger !== undefined)
    throw new LockstepError('wrong-chain', `${stranger.dir} is of another chain than ${home.dir}`);
  const set = await latestSet(all, home);
  const byPlace = new Map<number, Remains>();
  for (const one of all) {
    const place = placeOf(one, set);
    const there = byPlace.get(place);
    if (place < 0 || there === all[0]) continue;
    if (there !== undefined)
      throw new LockstepError(
        'bad-flag',
        `${there.dir} and ${one.dir} are the same validator; give its home once`,
      );
    byPlace.set(place, one);
  }
  const whole: string[] = [];
  const forgetful: string[] = [];
  const absent: string[] = [];
  let doubtful = 0;
  for (const [place, { name, token }] of set.members.entries()) {
    const one = byPlace.get(place);
    const list = one === undefined ? absent : forgetfulBecause(one, token) === undefined ? whole : forgetful;
    list.push(name);
    if (list === whole && madeWithLoss(one!)) doubtful++;
  }
  return { set, homes: [...byPlace.values()], whole, forgetful, absent, doubtful };
}

/** Throws unless this is the case that it is for, and as safe as was agreed to. */
function checkCase(
  home: Home,
  { set, whole, forgetful, absent, doubtful }: Gathered,
  acceptLoss: boolean,
): boolean {
  const { genesis } = home.chain;
  const n = set.members.length;
  const quorum = certifiersOf(protocolByName(genesis.protocol)!, genesis, n);
  const refuse = (why: string) => new LockstepError('bad-flag', why);
  if (!forgetful.includes(set.members[placeOfHome(home, set)]?.name ?? ''))
    throw refuse(`${home.dir} has forgotten nothing, or is no validator of epoch ${set.epoch}; start it`);
  if (whole.length >= quorum) {
    const names = whole.join(', ');
    throw refuse(
      `${names} have their logs, and ${quorum} of ${n} are enough: start all, and they take this one back by themselves (after \`lockstep rejoin --home ${home.dir}\`, where it is not marked as forgetful yet)`,
    );
  }
  if (whole.length + forgetful.length < quorum)
    throw refuse(
      `homes of ${whole.length + forgetful.length} validators were given, and it takes ${quorum} of ${n} to order anything; give those of ${absent.join(', ')} too`,
    );
  const loss = whole.length - doubtful + quorum <= n;
  if (loss && !acceptLoss) {
    throw refuse(
      `only ${whole.length === 0 ? 'none' : whole.join(', ')} of ${n} validators still know what they promised (${[...forgetful, ...absent].join(', ')} do not, or were not given): ` +
        `a quorum of ${quorum} may have committed what nobody remembers. Look for the lost logs, or give the missing homes; what every home given here knows ` +
        'is kept with --accept-loss, and what was acknowledged and is in none of them is lost',
    );
  }
  return loss;
}

function placeOfHome({ identity }: Home, set: ValidatorSet): number {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  return set.members.findIndex((one) => one.ed25519 === hex(identity.ed25519.publicKey));
}

/** What certifies the state that is begun with, from whichever history has it. */
async function certificateOf(
  homes: readonly Remains[],
  { restoredSequence, restoredDigest }: MachineConfig,
  codec: MessageCodec,
): Promise<Attested[] | undefined> {
  for (const one of homes) {
    const stored = await checkpointIn(one, restoredSequence);
    if (stored?.digest !== restoredDigest) continue;
    const votes: Attested[] = [];
    for (const { body, signature } of stored.certificate) {
      const decoded = codec.decodeBody(body);
      if (typeof decoded !== 'string') votes.push({ ...decoded, envelope: { body, signature } });
    }
    if (votes.length === stored.certificate.length) return votes;
  }
  return undefined;
}

/** The machine's configuration at the home's newest state. */
function configOf(home: Home, set: ValidatorSet): MachineConfig {
  const { chain, hasher, paths, config } = home;
  const { parameters, app, protocolParameters } = chain.genesis;
  const executor = createExecutor({
    chain,
    hasher,
    app: applicationByName(app.name).create(app.params, hasher),
    digests: createBatchDigests(hasher),
    verify: () => false,
  });
  const snapshots = { dir: paths.snapshots, chainId: chain.id, durability: config.durability };
  const saved = existsSync(paths.snapshots) ? openSnapshots(snapshots).load() : undefined;
  if (saved !== undefined) executor.restore(saved.sequence, saved.meta, saved.chunks);
  const { sequence, digest } = executor.checkpoint();
  const { current, pending } = executor.membership;
  if (current.epoch !== set.epoch && set.since !== sequence)
    throw new LockstepError(
      'bad-flag',
      `the state of ${home.dir} is of epoch ${current.epoch}, and the validators are in epoch ${set.epoch}: ${importAdvice(home)}`,
    );
  const boundary = current.epoch === set.epoch ? pending?.set.since : undefined;
  return {
    self: placeOfHome(home, set),
    n: set.members.length,
    epoch: set.epoch,
    base: set.since,
    checkpointInterval: parameters.checkpointInterval,
    window: parameters.window,
    restoredSequence: sequence,
    restoredDigest: digest,
    ...(boundary !== undefined && { boundary }),
    fastPath: parameters.fastPath,
    timeoutFloorMs: parameters.viewChangeTimeoutMs,
    timeoutCeilingMs: parameters.viewChangeTimeoutMaxMs,
    timeoutGrowth: parameters.viewChangeTimeoutGrowth,
    parameters: protocolParameters ?? {},
  };
}

const importAdvice = (home: Home) =>
  `bring it a later one first, with \`lockstep snapshot export\` of another home and \`lockstep snapshot import ${home.dir} FILE\``;

/** Writes the new log and puts it in place of what there is; the home counts as forgetful until all is done. */
function replaceLog(
  home: Home,
  records: Iterable<Uint8Array>,
  reason: string,
  token: string,
  loss: boolean,
): string | null {
  const { paths, chain } = home;
  const draft = `${paths.voteLog}.reconciled`;
  markForgetful(paths.data, reason);
  rmSync(draft, { recursive: true, force: true });
  const { log } = openVoteLog({ path: draft, chainId: chain.id, durability: 'power' });
  try {
    for (const record of records) log.append(record);
    log.flush(log.appended);
  } finally {
    log.close();
  }
  markFresh(paths.data, scanVoteLog(nodeFiles, draft, chain.id, undefined));
  const aside = existsSync(paths.voteLog) ? `${paths.voteLog}.forgotten-${Date.now()}` : null;
  if (aside !== null) renameSync(paths.voteLog, aside);
  // It knows how long the old log was.
  rmSync(paths.logWitness, { force: true });
  renameSync(draft, paths.voteLog);
  syncDirectory(paths.data, 'power');
  // The new log is synced, whatever became of the old one.
  unmarkRun(paths.data);
  unmarkForgetful(paths.data, token, loss ? 'its log was made anew, with what others knew' : '');
  return aside;
}

/**
 * The caller holds the home's lock after this has looked at the others: `dirs` are their homes or copies, or a local
 * cluster's folder. Throws `bad-flag` where it is not the case for this, `home-in-use`, `diverged`.
 */
export async function reconcileHome(
  home: Home,
  dirs: readonly string[],
  options: { readonly acceptLoss: boolean; readonly dryRun: boolean; readonly reason: string },
): Promise<Reconciliation> {
  const { chain, hasher, identity, self } = home;
  const { genesis } = chain;
  const protocol = protocolByName(genesis.protocol)!;
  if (protocol.reconcile === undefined)
    throw new LockstepError(
      'bad-flag',
      `for ${protocol.name} there is no such procedure; \`lockstep rejoin --help\` says what there is`,
    );
  const gathered = await gather(home, dirs);
  const { set, homes, whole, forgetful, absent } = gathered;
  const loss = checkCase(home, gathered, options.acceptLoss);
  const config = configOf(home, set);

  const digests = createBatchDigests(hasher);
  const codecOptions = {
    n: config.n,
    epoch: set.epoch,
    batchDigest: digests.batchDigest,
    limits: genesis.parameters,
  };
  const messages = createMessageCodec(protocol.messages, codecOptions);
  const records = createRecordCodec<AnyMessage, AnyMessage>(protocol.records, messages, codecOptions);
  const logs: AnyMessage[][] = [];
  const executed = [];
  for (const one of homes) {
    for (const log of logsIn(one, set.epoch)) {
      const decoded = log.map((bytes) => records.decodeRecord(bytes));
      logs.push(decoded.filter((record) => typeof record !== 'string'));
    }
    for (const { sequence, batchDigest, batchTimeMs, transactions } of await executedIn(
      one,
      config.restoredSequence,
      set.epoch,
    )) {
      const empty = batchDigest === NULL_DIGEST;
      executed.push({ sequence, batch: empty ? NULL_BATCH : digests.batchOf(batchTimeMs, transactions) });
    }
  }
  const head = executed.reduce((most, { sequence }) => Math.max(most, sequence), 0);
  if (head > config.restoredSequence + config.window)
    throw new LockstepError(
      'bad-flag',
      `the state of ${home.dir} is at slot ${config.restoredSequence}, and others were at ${head}, further than a window of ${config.window}: ${importAdvice(home)}`,
    );
  const skipViews = loss ? SKIPPED_VIEWS : 0;
  const certificate = await certificateOf(homes, config, messages);
  const testimony = { certificate, logs, executed, skipViews };
  const reconciled: Reconciled<AnyMessage, AnyMessage> = protocol.reconcile(config, testimony);
  const { message, view, slots, committed } = reconciled;
  let aside: string | null = null;
  if (!options.dryRun) {
    const verifier = await createVerifier({ threads: 0 });
    const base = await createAuthenticator({ chain, auth: genesis.auth, identity, self, verifier });
    const body = messages.encodeBody(message, config.self);
    const signature = base.forEpoch(set.epoch, set.members, config.self).sign(body, true);
    const attested = { from: config.self, message, envelope: { body, signature } };
    const live = [...reconciled.records, protocol.attestedRecord(attested)];
    const mark = set.epoch === 0 ? [] : [epochMark(set.epoch)];
    const bytes = [...mark, ...live.map((record) => records.encodeRecord(record))];
    aside = replaceLog(home, bytes, options.reason, set.members[config.self]!.token, loss);
  }
  return {
    home: home.dir,
    epoch: set.epoch,
    whole,
    forgetful,
    absent,
    loss,
    state: config.restoredSequence,
    slots,
    committed,
    view,
    aside,
    done: !options.dryRun,
  };
}
