import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeChange } from '../../codec/membership-codec.js';
import { fromHex, toHex } from '../../core/bytes.js';
import { LockstepError } from '../../core/errors.js';
import { MIN_VALIDATORS, maxFaulty, quorumSize } from '../../core/quorum.js';
import { readKeyFile, writeKeyFile } from '../../crypto/keyfile.js';
import { generateIdentity } from '../../crypto/keys.js';
import { approve, approveFromHomes, askSet, readChangeFile, sendChange, untilEpoch, whereOf, } from '../changes.js';
import { defineCommand } from '../command.js';
import { validatorInfo } from '../genesis.js';
import { homePaths, loadHome } from '../home.js';
import { note, table, writeJson } from '../output.js';
import { nodeUrl } from '../targets.js';
const ACTIONS = ['list', 'add', 'remove', 'rotate', 'approve', 'submit'];
function bad(message) {
    return new LockstepError('bad-flag', `${message} (see \`lockstep validators --help\`)`);
}
function show(set) {
    const n = set.members.length;
    const rows = set.members.map((m) => [
        String(m.id),
        m.name,
        m.url,
        m.voting ? 'yes' : 'no',
        String(m.incarnation),
        m.ed25519.slice(0, 16),
    ]);
    const text = table(['number', 'name', 'address', 'votes', 'incarnation', 'key'], rows, [
        'right',
        'left',
        'left',
        'left',
        'right',
        'left',
    ]);
    const head = `epoch ${set.epoch} since checkpoint ${set.since}: ${n} validators, quorum ${quorumSize(n)}, f = ${maxFaulty(n)}`;
    const pending = set.pending === null ? '' : `\npending: ${set.pending.what}, from checkpoint ${set.pending.from}`;
    const convicted = (set.convicted ?? [])
        .map(({ name, offence, sequence }) => `\nconvicted: ${name}, of two of ${offence}, by slot ${sequence}`)
        .join('');
    return `${head}\n${text}${pending}${convicted}\n`;
}
function readPublic(file) {
    try {
        const info = JSON.parse(readFileSync(file, 'utf8'));
        if (fromHex(info.ed25519)?.length === 32 && fromHex(info.mlDsa87)?.length === 2592)
            return info;
    }
    catch {
        // Told below.
    }
    throw bad(`${file} is no public part of a validator; \`lockstep init --join\` writes one as public.json`);
}
/** What is asked for, of the set of now. Refuses at once what every validator would refuse. */
function changeOf(action, name, values, set) {
    const { epoch } = set;
    const names = set.members.map((member) => member.name);
    if (action === 'remove') {
        if (name === undefined)
            throw bad('say whom: lockstep validators remove NAME');
        if (!names.includes(name))
            throw bad(`there is no validator ${name}; the set is ${names.join(', ')}`);
        if (names.length <= MIN_VALIDATORS) {
            throw bad(`without ${name} there would be ${names.length - 1} validators, and ${MIN_VALIDATORS} is the least that tolerates a fault; add one first`);
        }
        return { kind: 'remove', epoch, name };
    }
    if (values.public === undefined)
        throw bad('give the public part of the new validator: --public FILE');
    const info = readPublic(values.public);
    const url = values.url ?? info.url;
    if (url === undefined)
        throw bad('say where the new validator listens: --url ws://HOST:PORT');
    const as = name ?? info.name;
    if (names.includes(as))
        throw bad(`there is a validator ${as} already (${names.join(', ')})`);
    return { kind: 'add', epoch, name: as, url: nodeUrl(url), ed25519: info.ed25519, mlDsa87: info.mlDsa87 };
}
async function rotation(dir, values, set) {
    const home = await loadHome(dir);
    const { keys, nextKeys } = homePaths(dir);
    const present = toHex(readKeyFile(keys).ed25519.publicKey);
    const member = set.members.find((one) => one.ed25519 === present);
    if (member === undefined)
        throw bad(`the set does not hold the keys of ${dir}`);
    // A rotation that was begun is gone on with: its new keys may be on the ledger already.
    if (!existsSync(nextKeys))
        writeKeyFile(nextKeys, await generateIdentity());
    const info = validatorInfo(member.name, readKeyFile(nextKeys));
    const url = nodeUrl(values.url ?? (member.url || home.url));
    return {
        kind: 'rotate',
        epoch: set.epoch,
        name: member.name,
        url,
        ed25519: info.ed25519,
        mlDsa87: info.mlDsa87,
    };
}
async function approveFile(file, where, set) {
    const held = readChangeFile(file, where.chain);
    const approvals = [...held.approvals];
    for (const home of where.homes) {
        const given = await approve(where.chain, set, encodeChange(held.change), readKeyFile(homePaths(home).keys));
        if (given === undefined || approvals.some(({ member }) => member === given.member))
            continue;
        approvals.push({ name: given.name, member: given.member, signature: toHex(given.signature) });
    }
    writeFileSync(file, `${JSON.stringify({ ...held, approvals }, null, 2)}\n`);
    const needed = quorumSize(set.members.length);
    process.stdout.write(`${approvals.map(({ name }) => name).join(', ')} approve it: ${approvals.length} of the ${needed} that must\n`);
    return 0;
}
export const command = defineCommand({
    name: 'validators',
    summary: 'show and change the validator set',
    usage: 'list|add|remove|rotate|approve|submit [NAME]',
    words: 3,
    help: `The validators of a chain are part of its state, and change by transactions: one at a time, in effect from a checkpoint that the old set certifies. A change that is ordered while the cluster is idle takes effect at once, since empty batches lead to that checkpoint.

  list     the set of now, and the change on its way
  add      a validator: its home is made by \`lockstep init --join\`; it may be started before or after
  remove   a validator: it stops voting and keeps answering; its home may then be stopped
  rotate   a validator's own keys: new ones are made in its home and are used once the set knows them

To add and to remove needs the approval of a quorum of the present validators. Where their homes are on this machine (--home of a cluster's folder), the command collects it. Elsewhere:
  1. one:    lockstep validators add NAME --home DIR --public FILE --propose change.json
  2. each:   lockstep validators approve change.json --home DIR
  3. one:    lockstep validators submit change.json --home DIR

To rotate needs the validator's own keys alone. A refused change says why: below four validators, another one pending, a name or key that is taken, approved for another epoch, not approved by enough.

Examples:
  lockstep init --home ./net/v4 --join ./net --name v4
  lockstep start --home ./net/v4 &
  lockstep validators add v4 --home ./net --public ./net/v4/public.json
  lockstep validators list --home ./net
  lockstep validators rotate --home ./net/v4
  lockstep validators remove v4 --home ./net`,
    options: {
        home: { kind: 'text', value: 'DIR', doc: "A cluster's folder, or a validator's home." },
        node: { kind: 'texts', value: 'URL', doc: "A validator's address, in place of --home, for list." },
        public: { kind: 'text', value: 'FILE', doc: 'The public part of the new validator, for add.' },
        url: {
            kind: 'text',
            value: 'URL',
            doc: 'Where the validator listens, for add and rotate, such as ws://10.0.0.5:7100.',
        },
        propose: {
            kind: 'text',
            value: 'FILE',
            doc: 'Write the change here for others to approve, and send nothing.',
        },
        timeout: {
            kind: 'integer',
            value: 'MS',
            min: 1,
            max: 600_000,
            unit: 'ms',
            default: 30_000,
            doc: 'Longest wait for it to be in effect.',
        },
    },
    json: true,
    async run({ values, words, json }) {
        const [first = 'list', name, surplus] = words;
        const action = ACTIONS.find((one) => one === first);
        if (action === undefined)
            throw bad(`"${first}" is none of ${ACTIONS.join(', ')}`);
        if (surplus !== undefined)
            throw bad(`one at a time: "${surplus}" is the second of two changes, and takes a command of its own`);
        if (action === 'list' && values.node.length > 0) {
            const { set } = await askSet(values.node.map(nodeUrl), Math.min(values.timeout, 5_000));
            if (json !== undefined)
                writeJson(json, set);
            else
                process.stdout.write(show(set));
            return 0;
        }
        if (values.home === undefined)
            throw bad('give --home DIR to say which cluster is meant');
        const where = await whereOf(values.home);
        const { set, urls } = await askSet(where.urls, Math.min(values.timeout, 5_000));
        if (action === 'list') {
            if (json !== undefined)
                writeJson(json, set);
            else
                process.stdout.write(show(set));
            return 0;
        }
        if (action === 'approve') {
            if (name === undefined)
                throw bad('say what: lockstep validators approve FILE');
            return approveFile(name, where, set);
        }
        let change;
        let approvals;
        if (action === 'submit') {
            if (name === undefined)
                throw bad('say what: lockstep validators submit FILE');
            const held = readChangeFile(name, where.chain);
            change = held.change;
            approvals = held.approvals.map(({ member, signature }) => ({
                member,
                signature: fromHex(signature) ?? new Uint8Array(0),
            }));
        }
        else {
            change =
                action === 'rotate' ? await rotation(values.home, values, set) : changeOf(action, name, values, set);
            if (values.propose !== undefined) {
                const file = { version: 1, chain: where.chain.idHex, change, approvals: [] };
                writeFileSync(values.propose, `${JSON.stringify(file, null, 2)}\n`);
                process.stdout.write(`wrote ${values.propose}: ${quorumSize(set.members.length)} validators must approve it\n`);
                return 0;
            }
            approvals = await approveFromHomes(where.chain, set, encodeChange(change), action === 'rotate' ? [values.home] : where.homes);
        }
        const startedMs = performance.now();
        const ordered = await sendChange(where.chain, urls, encodeChange(change), approvals, values.timeout);
        if (json === undefined)
            note(`ordered at slot ${ordered.sequence}; waiting for checkpoint ${ordered.from}`);
        const after = await untilEpoch(urls, ordered.epoch, values.timeout);
        const effectiveMs = Math.round(performance.now() - startedMs);
        if (json !== undefined)
            writeJson(json, { change: change.kind, name: change.name, ...ordered, effectiveMs, set: after });
        else
            process.stdout.write(`in effect after ${effectiveMs} ms\n${show(after)}`);
        return 0;
    },
});
//# sourceMappingURL=validators.js.map