/** How `submit` and `query` reach a cluster. */
import { Client } from '../client/index.js';
import { LockstepError } from '../core/errors.js';
import { readKeyFile } from '../crypto/keyfile.js';
import { httpUrl } from './cluster.js';
import { parseGenesis, readGenesis } from './genesis.js';
import { getText, reasonOf } from './http.js';
import { note } from './output.js';
import { nodeUrl } from './targets.js';
export const CONNECT_OPTIONS = {
    home: { kind: 'text', value: 'DIR', doc: "A cluster's folder or a validator's home." },
    node: {
        kind: 'texts',
        value: 'URL',
        doc: "A validator's address. Of one validator the others' addresses are asked; give f + 1 or more and they are used as given.",
    },
    genesis: {
        kind: 'text',
        value: 'FILE',
        doc: 'The genesis, with --node. Without it, the one that the node shows is believed.',
    },
    key: {
        kind: 'text',
        value: 'FILE',
        doc: "Key file to sign with. Default: the cluster's client-keys.json, else new keys.",
    },
    suite: {
        kind: 'choice',
        of: ['ed25519', 'ml-dsa-87'],
        default: 'ed25519',
        doc: 'What the transaction is signed with.',
    },
    timeout: {
        kind: 'integer',
        value: 'MS',
        min: 1,
        max: 3_600_000,
        unit: 'ms',
        default: 15_000,
        doc: 'Longest wait for the result.',
    },
};
async function askNode(url, timeoutMs) {
    let document;
    try {
        document = JSON.parse(await getText(`${httpUrl(url)}/genesis`, timeoutMs));
    }
    catch (cause) {
        throw new LockstepError('not-connected', `${url} does not say which chain it is of: ${reasonOf(cause)}`, {
            cause,
        });
    }
    const genesis = parseGenesis(JSON.stringify(document.genesis ?? null), `the genesis of ${url}`);
    return { genesis, urls: Array.isArray(document.validators) ? document.validators.map(String) : [] };
}
async function targetOf({ home, node, genesis, timeout }) {
    if (home !== undefined && node.length === 0)
        return { home };
    if (home !== undefined || node.length === 0) {
        throw new LockstepError('bad-flag', 'give --home DIR or --node URL, one of them, to say which cluster is meant');
    }
    const urls = node.map(nodeUrl);
    if (genesis !== undefined && urls.length > 1)
        return { validators: urls, genesis: readGenesis(genesis) };
    const told = await askNode(urls[0], timeout);
    if (genesis === undefined)
        note(`believing ${urls[0]} about the genesis of chain "${told.genesis.chain}"; --genesis FILE does not have to`);
    return {
        validators: urls.length > 1 ? urls : told.urls,
        genesis: genesis === undefined ? told.genesis : readGenesis(genesis),
    };
}
/** A connected client for a command's flags. Throws `bad-flag`, `bad-genesis`, `bad-key`, `not-connected`. */
export async function connectClient(values) {
    const suite = values.suite;
    const identity = values.key === undefined ? undefined : readKeyFile(values.key);
    return Client.connect({
        ...(await targetOf(values)),
        suite,
        timeoutMs: values.timeout,
        connectTimeoutMs: Math.min(values.timeout, 10_000),
        ...(identity && { key: suite === 'ed25519' ? identity.ed25519 : identity.mlDsa87 }),
    });
}
//# sourceMappingURL=connect.js.map