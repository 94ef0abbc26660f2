import { existsSync, renameSync, rmSync } from 'node:fs';
import { LockstepError } from '../../core/errors.ts';
import { markForgetful, readIncarnation } from '../../storage/forgetful.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { defineCommand } from '../command.ts';
import { emptyLog, loadHome, requireHome } from '../home.ts';
import { handBack } from '../home-modes.ts';
import { writeJson } from '../output.ts';
import { type Reconciliation, reconcileHome } from '../reconcile.ts';

function told(result: Reconciliation): string {
  const { home, whole, forgetful, absent, loss, state, slots, committed, view, aside, done } = result;
  const names = (list: readonly string[]) => (list.length === 0 ? 'none' : list.join(', '));
  const lines = [
    `know what they promised   ${names(whole)}`,
    `have forgotten            ${names(forgetful)}`,
    ...(absent.length > 0 ? [`not given                 ${names(absent)}`] : []),
    `the state here            at slot ${state}; ${slots} slots above it are known, ${committed} of them committed`,
    loss
      ? 'WARNING                   what was acknowledged and is in none of these homes is lost'
      : 'nothing that was acknowledged is lost',
    done
      ? `${home} has a log again, and begins in view ${view}${aside === null ? '' : `; the old log went to ${aside}`}`
      : `would give ${home} a log again, beginning in view ${view}; nothing was changed`,
    ...(done
      ? [
          `the same for the next forgetful home, or, where that is refused because enough have theirs: start all`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** A mark of a newer program is not overwritten; one that is damaged is what this is for. */
function refuseNewer(data: string): void {
  try {
    readIncarnation(data);
  } catch (error) {
    if (error instanceof LockstepError && error.code === 'too-new') throw error;
  }
}

export const command = defineCommand({
  name: 'rejoin',
  summary: 'bring a validator back whose vote log is lost or damaged',
  help: `A validator must never contradict what it has signed, and what it has signed is in its vote log. One whose log is lost, damaged beyond repair, or a copy of an older one is not that validator any more: its keys may go on, as a new incarnation that the others agree on. From then on whatever the old one said counts for nothing.

This command marks the home as forgetful, puts the old log aside and makes an empty one. Then start the validator. It follows the others without a vote, asks them to take it back, by itself, and votes again from the epoch in which they have. /healthz, \`lockstep status\` and \`lockstep validators list\` say where it is.

That needs a quorum of validators that have not forgotten. With more than n - q forgetful ones nothing can be ordered, and the chain stands still, which is safe. Then:
  1. Stop all validators, and copy every home as it is.
  2. \`lockstep inspect\` each. Look for logs that can be had back: a disk that was not mounted, a
     folder that was moved. A home whose own log turns up whole was never forgetful: put it back, and
     remove data/incarnation.json. Never use a backup's copy. As soon as a quorum of homes have
     their logs, start all: they take the others back.
  3. If that cannot be: for one forgetful home after another, \`lockstep rejoin --home HOME --with DIR ...\`, with
     the homes of all the others as they were when all had stopped, or copies of them: public.json
     may stand in them for keys.json. The home gets a log that promises whatever any of them
     promised, and goes on in a view above all of them, so that its votes fit those that it has
     forgotten. Nothing that was acknowledged is lost where those who know, and a quorum, are together more
     than all validators: two of four, three of seven. With fewer it takes --accept-loss: what no home
     given knows is lost then. --dry-run says which it is.
     It refuses as soon as enough homes have their logs: for two lost of four, one command is enough.
  4. Start all. Those that are forgetful still are taken back by the others, as ever.
Everybody who decides this vouches that all validators stand still from step 1 to step 3, and that no home was changed to lie. It is for pbft.

Examples:
  lockstep rejoin --home ./home
  lockstep start --home ./home
  lockstep rejoin --home ./net/v2 --with ./net --dry-run     two of four have lost their logs: what would be done
  lockstep rejoin --home ./v2 --with ./copy-of-v0 --with ./copy-of-v1 --with ./copy-of-v3`,
  options: {
    home: { kind: 'text', value: 'DIR', doc: "The validator's home; it must not be running." },
    reason: { kind: 'text', value: 'TEXT', default: 'the operator said so', doc: 'Why, for the log.' },
    with: {
      kind: 'texts',
      value: 'DIR',
      doc: "Where too many have forgotten: the homes of the other validators, or copies, or a local cluster's folder.",
    },
    'accept-loss': {
      kind: 'flag',
      doc: 'With --with: go on although what was acknowledged may be in none of the homes.',
    },
    'dry-run': { kind: 'flag', doc: 'Say what would be done, and do nothing.' },
  },
  json: true,
  async run({ values, json }) {
    if (values.home === undefined) throw new LockstepError('bad-flag', 'lockstep rejoin needs --home DIR');
    requireHome(values.home);
    const home = await loadHome(values.home);
    const lock = lockHome(home.dir);
    try {
      if (values.with.length > 0) {
        const options = {
          acceptLoss: values['accept-loss'],
          dryRun: values['dry-run'],
          reason: values.reason,
        };
        const result = await reconcileHome(home, values.with, options);
        if (result.done) handBack(home.paths.data);
        if (json !== undefined) writeJson(json, result);
        else process.stdout.write(told(result));
        return 0;
      }
      if (values['accept-loss']) throw new LockstepError('bad-flag', '--accept-loss goes with --with DIR');
      const { voteLog, logWitness, data } = home.paths;
      refuseNewer(data);
      const aside = existsSync(voteLog) ? `${voteLog}.forgotten-${Date.now()}` : undefined;
      const log = aside === undefined ? 'the vote log is missing' : `the vote log goes to ${aside}`;
      if (values['dry-run']) {
        if (json !== undefined) writeJson(json, { home: home.dir, aside: aside ?? null, done: false });
        else process.stdout.write(`would mark ${home.dir} as forgetful; ${log}\n`);
        return 0;
      }
      // The mark first: a crash in between leaves a home that does not vote.
      markForgetful(data, values.reason);
      if (aside !== undefined) renameSync(voteLog, aside);
      // It knows how long the old log was.
      rmSync(logWitness, { force: true });
      emptyLog(home.paths, home.chain, 'power');
      handBack(data);
      if (json !== undefined)
        writeJson(json, { home: home.dir, aside: aside ?? null, done: true, ...readIncarnation(data) });
      else {
        process.stdout.write(`marked ${home.dir} as forgetful; ${log}\n`);
        process.stdout.write(`start it with: lockstep start --home ${home.dir}\n`);
      }
      return 0;
    } finally {
      lock.release();
    }
  },
});
