import { LockstepError } from '../../core/errors.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import { MAX_VALIDATORS } from '../../core/limits.ts';
import { MIN_VALIDATORS } from '../../core/quorum.ts';
import {
  BUGS,
  type CampaignSettings,
  FAULT_GROUPS,
  type FaultGroup,
  PROFILE_NAMES,
  PROFILES,
  SUBJECTS,
  usableProfiles,
} from '../../sim/index.ts';
import { describeMachine, machine, versions } from '../bench/machine.ts';
import { AUTHS } from '../bench/options.ts';
import { defineCommand, type Values } from '../command.ts';
import { DELAYS_HELP, readDelays } from '../delays.ts';
import { note, writeJson } from '../output.ts';
import { type Bounds, runCampaign } from '../sim/campaign.ts';
import { runDetect } from '../sim/detect/campaign.ts';
import { findBugs } from '../sim/find-bugs.ts';
import { runModel } from '../sim/model.ts';
import { runPowerCuts } from '../sim/power-cut.ts';
import { printReport } from '../sim/print.ts';
import { runReal } from '../sim/real.ts';
import { replay } from '../sim/replay.ts';
import { revision } from '../sim/revision.ts';
import { playScript } from '../sim/script.ts';

const OPTIONS = {
  protocol: { kind: 'choice', of: [...SUBJECTS.keys()], default: 'pbft', doc: 'The protocol under attack.' },
  validators: {
    kind: 'integer',
    min: MIN_VALIDATORS,
    max: Math.min(31, MAX_VALIDATORS),
    doc: 'Replicas in every scenario. Default: what each profile says, 4 to 10.',
  },
  seeds: { kind: 'text', value: 'A..B', doc: 'Seeds to run, both included. Default: from 1 on.' },
  for: {
    kind: 'text',
    value: '60s',
    doc: 'How long to run: 30s, 10m, 2h. Default: 60s, unless seeds are given.',
  },
  faults: { kind: 'choices', of: FAULT_GROUPS, default: FAULT_GROUPS, doc: 'What may go wrong.' },
  profile: { kind: 'choices', of: PROFILE_NAMES, doc: 'Kinds of scenarios. Default: all, in turn.' },
  delays: {
    kind: 'text',
    value: 'FILE',
    doc: 'Distances between the replicas, as said above; all times of a scenario are stretched accordingly.',
  },
  auth: {
    kind: 'choice',
    of: AUTHS,
    default: 'ed25519',
    doc: 'How votes are authenticated with --crypto real and --detect; symbolic signatures stand for any.',
  },
  crypto: {
    kind: 'choice',
    of: ['symbolic', 'real'],
    default: 'symbolic',
    doc: 'Unforgeable tokens around the protocol alone; or the whole driver with its codec, keys and application.',
  },
  model: {
    kind: 'choice',
    of: ['view-change', 'power-cut'],
    doc: 'Run a model instead: of the rule that fills a new view; or of disks that lose what was not synced, 10,000 cuts unless seeds or a time are given.',
  },
  detect: {
    kind: 'flag',
    doc: 'Run production drivers with one misbehaving in every listed way, and with none: what the others find. With --seeds, so many runs of each; else 100.',
  },
  only: { kind: 'text', value: 'TEXT', doc: 'With --detect: the rows whose name contains this.' },
  script: { kind: 'text', value: 'FILE', doc: 'Run one scenario script (see src/sim/scripts/README.md).' },
  replay: { kind: 'text', value: 'SEED', doc: 'Run one scenario again; SEED:MASK leaves parts of it out.' },
  trace: { kind: 'flag', doc: 'With --replay: print the run as a timeline.' },
  bug: {
    kind: 'choice',
    of: ['all', ...BUGS.keys()],
    doc: 'Plant a classic mistake and see after how many seeds it is found; all: one after the other.',
  },
} as const;

type SimValues = Values<typeof OPTIONS>;

export const command = defineCommand({
  name: 'sim',
  summary: 'attack the protocols by seed, with the code that production runs',
  help: `Runs scenarios on a simulated network, disk and clock. One seed decides everything: delays, losses, partitions, crashes, damaged logs, wrong clocks, flipped bits, and what Byzantine replicas do. Checkers watch every step. A failure names its seed and is shrunk to the fewest faults and transactions that still fail.

Profiles:
${PROFILES.map(({ name, doc }) => `  ${name.padEnd(11)} ${doc}`).join('\n')}

Examples:
  lockstep sim --for 10m
  lockstep sim --profile twins --seeds 1..100000
  lockstep sim --replay 1234 --trace
  lockstep sim --crypto real --auth ml-dsa-87 --seeds 1..20
  lockstep sim --script test/scenarios/twins.txt
  lockstep sim --model view-change --validators 5
  lockstep sim --model power-cut --auth channel
  lockstep sim --detect --seeds 1..10               who is found at what, and whether anybody honest is accused
  lockstep sim --detect --auth channel --only proposals
  lockstep sim --protocol hotstuff --delays regions.yaml

${DELAYS_HELP}`,
  options: OPTIONS,
  json: true,
  async run({ values, json }) {
    const bug = process.env.LOCKSTEP_SIM_BUG ?? values.bug;
    refuseDelays(values, bug);
    if (values.script !== undefined) return playScript(values.script, json);
    if (values.model === 'power-cut') {
      const bounded = values.seeds !== undefined || values.for !== undefined;
      return runPowerCuts(values.auth, values.validators ?? 4, boundsOf(values), bounded, json);
    }
    if (values.detect) {
      const { first, last } = values.seeds === undefined ? { first: 1, last: 100 } : boundsOf(values);
      return runDetect(first, last - first + 1, values.auth as AuthSetting, values.only, json);
    }
    if (values.model !== undefined) return runModel(values.validators, boundsOf(values), json);
    if (bug !== undefined && values.replay === undefined)
      return findBugs(bug, boundsOf(values).seconds, json);
    if (values.crypto === 'real') return runReal(values.auth, values.validators ?? 4, seedsOf(values), json);
    const settings = settingsOf(values, bug);
    if (values.replay !== undefined) return replay(settings, values.replay, values.trace);
    note(describeMachine());
    const commit = revision();
    const report = runCampaign(settings, boundsOf(values), commit, sameFlags(values));
    const { seeds, profile, faults, validators, protocol, delays } = values;
    const given = {
      command: 'sim',
      protocol,
      validators,
      seeds,
      for: values.for,
      faults,
      profile,
      delays,
      crypto: 'symbolic',
    };
    const document = { machine: machine(), versions: versions(), settings: { ...given, commit }, ...report };
    if (json !== undefined) writeJson(json, document);
    if (json !== '-') process.stdout.write(`${printReport(report)}\n`);
    return report.failures.length === 0 ? 0 : 1;
  },
});

/** Only scenarios that a seed draws have a network whose distances can be chosen. */
function refuseDelays(
  { delays, script, model, detect, crypto, replay }: SimValues,
  bug: string | undefined,
): void {
  if (delays === undefined) return;
  const other =
    script !== undefined
      ? '--script'
      : model !== undefined
        ? '--model'
        : detect
          ? '--detect'
          : crypto === 'real'
            ? '--crypto real'
            : bug !== undefined && replay === undefined
              ? '--bug'
              : undefined;
  if (other === undefined) return;
  throw new LockstepError(
    'bad-flag',
    `--delays makes no sense with ${other}, which has a network of its own; leave one of them out`,
  );
}

function settingsOf(
  { profile, faults, validators, protocol, delays }: SimValues,
  bug: string | undefined,
): CampaignSettings {
  const planted = bug === undefined ? undefined : BUGS.get(bug);
  const subject = planted?.subject ?? SUBJECTS.get(protocol)!;
  const settings = {
    profiles: PROFILES.filter(({ name }) => profile === undefined || profile.includes(name)),
    groups: new Set(faults as readonly FaultGroup[]),
    validators,
    subject,
    ...(delays !== undefined && { delays: readDelays(delays) }),
    ...(planted !== undefined && { parts: planted.plant(subject.parts) }),
  };
  if (usableProfiles(settings).length === 0) {
    throw new LockstepError(
      'bad-flag',
      `no profile has scenarios for ${protocol} with these --faults and --validators`,
    );
  }
  return settings;
}

/** The flags that decide which scenario a seed is, for the line that replays it. */
function sameFlags({ validators, faults, profile, protocol, delays }: SimValues): string {
  const parts: string[] = [];
  if (protocol !== 'pbft') parts.push(` --protocol ${protocol}`);
  if (validators !== undefined) parts.push(` --validators ${validators}`);
  if (faults.length < FAULT_GROUPS.length) parts.push(` --faults ${faults.join(',')}`);
  if (profile !== undefined) parts.push(` --profile ${profile.join(',')}`);
  if (delays !== undefined) parts.push(` --delays ${delays}`);
  return parts.join('');
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };
const DEFAULT_SECONDS = 60;

/** With --replay, that seed alone. */
function seedsOf(values: SimValues): Bounds {
  if (values.replay === undefined) return boundsOf(values);
  if (!/^\d{1,15}$/.test(values.replay)) {
    throw new LockstepError(
      'bad-flag',
      `--replay ${values.replay} is refused: with --crypto real it is a seed`,
    );
  }
  const seed = Number(values.replay);
  return { first: seed, last: seed, seconds: Number.POSITIVE_INFINITY };
}

/** Throws `bad-flag` for what is neither seeds nor a time. */
function boundsOf({ seeds, for: time }: SimValues): Bounds {
  const range = seeds === undefined ? undefined : /^(\d{1,15})\.\.(\d{1,15})$/.exec(seeds);
  if (range === null)
    throw new LockstepError('bad-flag', `--seeds ${seeds} is refused: it is written 1..1000`);
  const span = time === undefined ? undefined : /^(\d{1,6})([smh])?$/.exec(time);
  if (span === null)
    throw new LockstepError('bad-flag', `--for ${time} is refused: it is written 30s, 10m or 2h`);
  const first = range === undefined ? 1 : Number(range[1]);
  const last = range === undefined ? Number.MAX_SAFE_INTEGER : Number(range[2]);
  if (last < first)
    throw new LockstepError('bad-flag', `--seeds ${seeds} is refused: it ends before it starts`);
  if (span !== undefined) return { first, last, seconds: Number(span[1]) * UNIT_SECONDS[span[2] ?? 's']! };
  return { first, last, seconds: range === undefined ? DEFAULT_SECONDS : Number.POSITIVE_INFINITY };
}
