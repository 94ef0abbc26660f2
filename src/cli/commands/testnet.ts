import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LockstepError } from '../../core/errors.ts';
import type { AuthSetting, Genesis } from '../../core/genesis.ts';
import { MAX_VALIDATORS } from '../../core/limits.ts';
import { MIN_VALIDATORS } from '../../core/quorum.ts';
import { ENCRYPTION_SETTINGS, type EncryptionSetting } from '../../crypto/encryption.ts';
import type { Durability } from '../../storage/interface.ts';
import { describeExit } from '../child.ts';
import { httpUrl, LocalCluster } from '../cluster.ts';
import { holdsCluster } from '../cluster-homes.ts';
import { type Members, openMembers } from '../cluster-members.ts';
import { defineCommand } from '../command.ts';
import { DELAYS_HELP, readDelays } from '../delays.ts';
import { APPS, AUTH_SETTINGS, PROTOCOLS, refusedSize, toleranceText } from '../genesis.ts';
import { note, table, writeJson } from '../output.ts';
import { splitSettings } from '../set-keys.ts';
import { untilToldToEnd } from '../signals.ts';
import { Supervisor } from '../supervisor.ts';

/** What was asked for and what a folder that exists holds must be the same. */
function checkSame(
  genesis: Genesis,
  asked: Record<string, string | number | undefined>,
  folder: string,
): void {
  const held: Record<string, string | number> = {
    validators: genesis.validators.length,
    protocol: genesis.protocol,
    auth: genesis.auth,
    app: genesis.app.name,
  };
  for (const [flag, value] of Object.entries(asked)) {
    if (value !== undefined && value !== held[flag]) {
      const message = `${folder} holds a cluster with --${flag} ${held[flag]}, not ${value}; leave the flag out, or use another folder`;
      throw new LockstepError('bad-flag', message);
    }
  }
}

/** Keys that have a flag of their own here. */
const OWN_FLAGS: Readonly<Record<string, string>> = {
  protocol: '--protocol',
  auth: '--auth',
  validators: '--validators',
  'app.name': '--app',
  'listen.port': '--port',
  sendDelaysMs: '--delays',
};

/** What a testnet gives each of its homes by itself. */
const GIVEN = ['app', 'chain', 'createdMs', 'listen', 'name', 'peers', 'version'];

/** Keys of the genesis and of the homes. Throws `bad-flag` at those that this command gives itself. */
function keysOf(settings: readonly string[]): [string, unknown][] {
  const keys = splitSettings(settings);
  for (const [key] of keys) {
    const flag = Object.hasOwn(OWN_FLAGS, key) ? OWN_FLAGS[key] : undefined;
    if (flag !== undefined) throw new LockstepError('bad-flag', `--set ${key}: use ${flag}`);
    if (GIVEN.includes(key.split('.')[0]!) && !key.startsWith('app.params.')) {
      const why = `--set ${key}: a testnet gives that itself; make homes of your own with lockstep init`;
      throw new LockstepError('bad-flag', why);
    }
  }
  return keys;
}

/** Throws `port-taken` where one of the addresses is in use, before anything is started. */
async function checkPorts(urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    const { hostname, port } = new URL(httpUrl(url));
    await new Promise<void>((resolve, reject) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'EADDRINUSE' ? 'is taken' : `cannot be used (${error.message})`;
        const advice = 'stop what listens there, or choose others with --port BASE';
        reject(new LockstepError('port-taken', `port ${port} of ${hostname} ${why}; ${advice}`));
      });
      server.listen(Number(port), hostname, () => server.close(() => resolve()));
    });
  }
}

/** What the folder holds beside the homes that are started, and whom it lacks. */
function tellOfMembers({ set, elsewhere, alone }: Members): void {
  const names = set.members.map(({ name }) => name).join(', ');
  if (set.epoch > 0) note(`the validators of epoch ${set.epoch} are ${names}`);
  for (const name of elsewhere) note(`${name} has no home here and is not started`);
  for (const { home, why } of alone) note(`${home} is left alone: ${why}`);
}

function describe(cluster: LocalCluster) {
  return {
    folder: cluster.folder,
    chain: cluster.genesis.chain,
    protocol: cluster.genesis.protocol,
    auth: cluster.genesis.auth,
    app: cluster.genesis.app.name,
    clientKeys: cluster.clientKeys,
    validators: cluster.urls.map((url, id) => ({
      id,
      name: cluster.names[id]!,
      url,
      http: httpUrl(url),
      home: cluster.homes[id],
      pid: cluster.pid(id),
    })),
  };
}

function addresses(cluster: LocalCluster): string {
  const { validators, protocol, auth, app, folder } = describe(cluster);
  const n = validators.length;
  const rows = validators.map((v) => [v.name, String(v.pid), v.url, `${v.http}/status`, `${v.http}/metrics`]);
  const example = app === 'kv' ? 'put greeting hello' : 'balance';
  return `${n} ${n === 1 ? 'validator runs' : 'validators run'} (${protocol}, ${auth}, application ${app}); ${toleranceText(cluster.genesis)}.

${table(['name', 'process', 'address', 'status', 'metrics'], rows, ['left', 'right', 'left', 'left', 'left'])}

Try in another terminal:
  lockstep status --home ${folder}
  lockstep ${app === 'kv' ? 'submit' : 'query'} --home ${folder} ${example}

Ctrl-C stops them all.
`;
}

export const command = defineCommand({
  name: 'testnet',
  summary: 'start a local cluster of real processes',
  help: `Makes keys, a genesis and a home for each validator, starts each as a process of its own on the loopback, and stops them all on Ctrl-C or SIGTERM. A folder that holds a cluster is started again with its data: every home in it whose keys are in the present set of validators, those that came by "lockstep validators add" included; any other home is named and left alone. A validator that dies is reported and stays down, unless it is supervised.

Examples:
  lockstep testnet                                       four validators in a temporary folder that goes with them
  lockstep testnet --home ./net --auth ml-dsa-87         kept in ./net; the same command starts it again
  lockstep testnet --validators 7 --app ledger --port 9000
  lockstep testnet --supervise                           kill one of them, and see it come back
  lockstep testnet --protocol raft --validators 3        for trusted machines: crashes are tolerated, lies are not
  lockstep testnet --protocol hotstuff --set protocolParameters.commit=three-chain --set protocolParameters.leader=rotating
  lockstep testnet --delays regions.yaml                 as if the validators were far apart

Keys for --set are those of \`lockstep init --help\`.

${DELAYS_HELP}`,
  options: {
    validators: {
      kind: 'integer',
      min: 0,
      max: MAX_VALIDATORS,
      doc: `How many; at least ${MIN_VALIDATORS}, or 1 where the protocol tolerates crashes only. Default: 4.`,
    },
    protocol: { kind: 'choice', of: PROTOCOLS, doc: 'The consensus protocol. Default: pbft.' },
    auth: {
      kind: 'choice',
      of: AUTH_SETTINGS,
      doc: 'How votes are authenticated. Default: channel, or ed25519 for a protocol that needs signed votes.',
    },
    app: { kind: 'choice', of: APPS, doc: 'The application. Default: kv.' },
    home: {
      kind: 'text',
      value: 'DIR',
      doc: "The cluster's folder. Without it: a temporary one, removed at the end.",
    },
    delays: {
      kind: 'text',
      value: 'FILE',
      doc: 'Distances between the validators, as said above.',
    },
    port: {
      kind: 'integer',
      value: 'BASE',
      min: 1,
      max: 65_535,
      doc: 'Validator i listens on BASE + i. Default: 7100.',
    },
    durability: {
      kind: 'choice',
      of: ['process', 'power'],
      doc: 'What a promise survives before it is sent. Default: process.',
    },
    encryption: {
      kind: 'choice',
      of: ENCRYPTION_SETTINGS,
      doc: 'Whether connections are encrypted. Default: auto, which on one host is off.',
    },
    set: {
      kind: 'texts',
      value: 'KEY=VALUE',
      doc: 'Set another key of the new genesis, or of every config.yaml.',
    },
    supervise: {
      kind: 'flag',
      doc: 'Restart a validator that dies: after 0.1 s at first, later after up to 10 s where it dies again and again.',
    },
  },
  json: true,
  async run({ values, json }) {
    const refused = refusedSize(values.protocol ?? 'pbft', values.validators ?? MIN_VALIDATORS);
    if (refused !== undefined)
      throw new LockstepError('bad-flag', `--validators ${values.validators} is refused: ${refused}`);
    const port = values.port ?? 7100;
    const delays = values.delays === undefined ? undefined : readDelays(values.delays);
    if (port + (values.validators ?? 4) - 1 > 65_535)
      throw new LockstepError(
        'bad-flag',
        `--port ${port} leaves no room for the validators' ports; the last port is 65535`,
      );
    // From here on, so that Ctrl-C while keys are made leaves nothing behind either.
    const told = untilToldToEnd();
    const kept = values.home !== undefined;
    const set = keysOf(values.set);
    const { validators, protocol, auth, app } = values;
    let cluster: LocalCluster;
    if (values.home !== undefined && holdsCluster(values.home)) {
      const members = await openMembers(values.home);
      cluster = LocalCluster.of(members.cluster);
      checkSame(cluster.genesis, { validators, protocol, auth, app }, values.home);
      if ([values.port, values.durability, values.encryption, delays].some((asked) => asked !== undefined)) {
        throw new LockstepError(
          'bad-flag',
          `${values.home} holds a cluster, whose homes have ports, durability, encryption and delays; change them in its config.yaml files`,
        );
      }
      if (set.length > 0)
        throw new LockstepError(
          'bad-flag',
          `${values.home} holds a cluster: its genesis cannot change, and its homes have their own config.yaml; leave --set out, or use another folder`,
        );
      note(`starting the cluster in ${values.home} again, with its data`);
      tellOfMembers(members);
    } else {
      const folder = values.home ?? mkdtempSync(join(tmpdir(), 'lockstep-testnet-'));
      if (kept && !existsSync(folder)) note(`making a cluster in ${folder}`);
      cluster = await LocalCluster.make({
        folder,
        port,
        ...(validators !== undefined && { validators }),
        ...(protocol !== undefined && { protocol }),
        ...(delays !== undefined && { delays }),
        ...(auth !== undefined && { auth: auth as AuthSetting }),
        ...(app !== undefined && { app }),
        set,
        config: {
          ...(values.durability !== undefined && { durability: values.durability as Durability }),
          ...(values.encryption !== undefined && { encryption: values.encryption as EncryptionSetting }),
        },
      }).catch((error) => {
        if (!kept) rmSync(folder, { recursive: true, force: true });
        throw error;
      });
    }
    try {
      return await runUntilTold(cluster, told, values.supervise, json);
    } finally {
      if (kept) await cluster.stop();
      else await cluster.remove();
    }
  },
});

async function runUntilTold(
  cluster: LocalCluster,
  told: Promise<string>,
  supervise: boolean,
  json: string | undefined,
): Promise<number> {
  await checkPorts(cluster.urls);
  let supervisor: Supervisor | undefined;
  const allDead = new Promise<number>((resolve) => {
    if (supervise) {
      const left = new Set(cluster.urls.keys());
      supervisor = new Supervisor(cluster, note, (id) => {
        left.delete(id);
        if (left.size === 0) resolve(1);
      });
      return;
    }
    cluster.onDeath = (id, exit) => {
      const left = cluster.urls.filter((_, other) => cluster.alive(other)).length;
      note(`validator ${cluster.names[id]!} ${describeExit(exit)} (${left} of ${cluster.size} still run)`);
      if (left === 0) resolve(1);
    };
  });
  cluster.start();
  const ready = cluster.waitReady();
  const early = await Promise.race([ready.then(() => undefined), told]);
  if (early !== undefined) {
    supervisor?.stop();
    ready.catch(() => {});
    return 0;
  }
  if (json !== undefined) writeJson(json, describe(cluster));
  else process.stdout.write(addresses(cluster));
  const ended = await Promise.race([told, allDead]);
  supervisor?.stop();
  if (typeof ended === 'number') {
    note('no validator runs any more');
    return ended;
  }
  note(`${ended}: stopping ${cluster.size} validators`);
  return 0;
}
