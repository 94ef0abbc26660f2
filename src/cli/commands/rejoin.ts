import { existsSync, renameSync, rmSync } from 'node:fs';
import { LockstepError } from '../../core/errors.ts';
import { markForgetful, readIncarnation } from '../../storage/forgetful.ts';
import { lockHome } from '../../storage/home-lock.ts';
import { defineCommand } from '../command.ts';
import { emptyLog, loadHome, requireHome } from '../home.ts';
import { writeJson } from '../output.ts';

export const command = defineCommand({
  name: 'rejoin',
  summary: 'bring a validator back whose vote log is lost or damaged',
  help: `A validator must never contradict what it has signed, and what it has signed is in its vote log. One whose log is lost, damaged beyond repair, or a copy of an older one is not that validator any more: its keys may go on, as a new incarnation that the others agree on. From then on whatever the old one said counts for nothing.

This command marks the home as forgetful, puts the old log aside and makes an empty one. Then start the validator. It follows the others without a vote, asks them to take it back, by itself, and votes again from the epoch in which they have. /healthz, \`lockstep status\` and \`lockstep validators list\` say where it is.

That needs a quorum of validators that have not forgotten. With more than n - q forgetful ones nothing can be ordered, and the chain stands still, which is safe. Then:
  1. Stop all validators, and copy every home as it is.
  2. \`lockstep inspect\` each. Look for logs that can be had back: a disk that was not mounted, a
     folder that was moved. A home whose own log turns up whole was never forgetful: put it back, and
     remove data/incarnation.json. Never use a backup's copy.
  3. As soon as a quorum of homes have their logs, start all: they take the others back.
  4. If that cannot be, the ledger is still there (\`lockstep verify\`, \`lockstep snapshot
     export\`), and its promises are not: a new chain begins by the agreement of the people who run
     it.

Examples:
  lockstep rejoin --home ./home
  lockstep start --home ./home`,
  options: {
    home: { kind: 'text', value: 'DIR', doc: "The validator's home; it must not be running." },
    reason: { kind: 'text', value: 'TEXT', default: 'the operator said so', doc: 'Why, for the log.' },
    'dry-run': { kind: 'flag', doc: 'Say what would be done, and do nothing.' },
  },
  json: true,
  async run({ values, json }) {
    if (values.home === undefined) throw new LockstepError('bad-flag', 'lockstep rejoin needs --home DIR');
    requireHome(values.home);
    const home = await loadHome(values.home);
    const lock = lockHome(home.dir);
    try {
      const { voteLog, logWitness, data } = home.paths;
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
