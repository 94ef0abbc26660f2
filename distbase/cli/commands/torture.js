import { LockstepError } from '../../core/errors.js';
import { MAX_VALIDATORS } from '../../core/limits.js';
import { describeMachine, machine, versions } from '../bench/machine.js';
import { AUTHS } from '../bench/options.js';
import { Progress } from '../bench/progress.js';
import { Stopped, stopSignal } from '../bench/session.js';
import { defineCommand } from '../command.js';
import { PROTOCOLS, refusedSize } from '../genesis.js';
import { note, writeJson } from '../output.js';
import { runCampaign } from '../torture/campaign.js';
import { clusterKills, kills, primaryKills } from '../torture/kills.js';
import { linearizable } from '../torture/linearizable.js';
import { printRow } from '../torture/print.js';
const CAMPAIGNS = [kills, clusterKills, primaryKills, linearizable];
/** Protocols, and the ways in which one of them can be set up. */
const VARIANTS = {
    ...Object.fromEntries(PROTOCOLS.map((protocol) => [protocol, { protocol, parameters: {} }])),
    'hotstuff-3': { protocol: 'hotstuff', parameters: { commit: 'three-chain' } },
    'hotstuff-rotating': { protocol: 'hotstuff', parameters: { leader: 'rotating' } },
};
const NAMES = CAMPAIGNS.map(({ name }) => name);
export const command = defineCommand({
    name: 'torture',
    summary: 'pull plugs on a cluster of real processes, and audit what is left',
    usage: 'CAMPAIGN',
    help: `Starts validators as processes of their own, puts many clients to work on them, and strikes. Afterwards the books are settled: every acknowledged transfer is on the ledger once (or what clients read and wrote is linearizable), no vote log contradicts itself or another, no validator counted evidence against another, and all states have the same hash.

Campaigns:
${CAMPAIGNS.map(({ name, title, runs }) => `  ${name.padEnd(15)} ${title} (${runs} times)`).join('\n')}

The seed decides what is struck and for how long; what the processes do meanwhile is their own affair, so that a seed makes a failure likely again, not certain.

Exit code 1 where anything failed.

Examples:
  lockstep torture kills --runs 20
  lockstep torture cluster-kills --validators 7 --json report.json
  lockstep torture linearizable --protocol raft --runs 100`,
    options: {
        runs: { kind: 'integer', min: 1, max: 1_000_000, doc: 'Faults to strike. Default: as listed above.' },
        for: {
            kind: 'number',
            value: 'SECONDS',
            min: 1,
            max: 1e9,
            unit: 's',
            default: 1e9,
            doc: 'Strike no more after this time, and settle the books.',
        },
        seed: { kind: 'integer', min: 0, max: 2 ** 32 - 1, doc: 'Default: drawn, and printed.' },
        protocol: {
            kind: 'choice',
            of: Object.keys(VARIANTS),
            default: 'pbft',
            doc: 'The consensus protocol.',
        },
        validators: { kind: 'integer', min: 0, max: MAX_VALIDATORS, default: 4, doc: 'How many.' },
        auth: { kind: 'choice', of: AUTHS, default: 'ed25519', doc: 'How votes are authenticated.' },
        durability: {
            kind: 'choice',
            of: ['process', 'power'],
            default: 'process',
            doc: 'What a promise survives before it is sent.',
        },
        home: {
            kind: 'text',
            value: 'DIR',
            doc: 'A new folder for the cluster, its data and its logs, which stays. Default: a temporary one.',
        },
        clients: {
            kind: 'integer',
            min: 1,
            max: 1000,
            default: 16,
            doc: 'Clients, each with 8 requests under way at once.',
        },
        rate: {
            kind: 'integer',
            min: 1,
            max: 100_000,
            unit: 'tx/s',
            doc: 'Requests per second, of all clients together. Default: 1500; 400 where their history is judged.',
        },
    },
    words: 1,
    json: true,
    async run({ values, words, json }) {
        const campaign = CAMPAIGNS.find(({ name }) => name === words[0]);
        if (campaign === undefined) {
            const given = words[0] === undefined ? 'nothing' : `"${words[0]}"`;
            throw new LockstepError('bad-flag', `lockstep torture takes one of ${NAMES.join(', ')}, not ${given}`);
        }
        const seed = values.seed ?? Math.floor(Math.random() * 2 ** 32);
        const variant = VARIANTS[values.protocol];
        const refused = refusedSize(variant.protocol, values.validators);
        if (refused !== undefined)
            throw new LockstepError('bad-flag', `--validators ${values.validators} is refused: ${refused}`);
        const runs = values.runs ?? campaign.runs;
        const settings = {
            ...values,
            ...variant,
            runs,
            seconds: values.for,
            rate: values.rate ?? campaign.rate ?? 1500,
            seed,
        };
        note(`${describeMachine()}; seed ${seed}`);
        const progress = new Progress();
        const { signal } = stopSignal();
        let row;
        try {
            row = await runCampaign(campaign, settings, progress, signal);
        }
        catch (error) {
            if (!(error instanceof Stopped))
                throw error;
            note('stopped before the campaign was over');
            return 130;
        }
        finally {
            progress.clear();
        }
        const report = {
            machine: machine(),
            versions: versions(),
            settings: { command: 'torture', campaign: campaign.name, ...settings },
            rows: [row],
        };
        if (json !== undefined)
            writeJson(json, report);
        if (json !== '-')
            process.stdout.write(`${printRow(campaign, settings, row)}\n`);
        return row.failures.length === 0 ? 0 : 1;
    },
});
//# sourceMappingURL=torture.js.map