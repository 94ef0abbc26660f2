/** Where the commands that look into the past get it from. */
import { LockstepError } from '../core/errors.js';
import { History } from '../replica/history.js';
import { openEpochs } from '../storage/epoch-store.js';
import { fetchStatus } from './cluster.js';
import { holdsCluster, openClusterFolder } from './cluster-homes.js';
import { historySource, openStoreView, remoteHistory } from './history-source.js';
import { loadHome } from './home.js';
import { nodeUrl } from './targets.js';
export const HISTORY_OPTIONS = {
    home: {
        kind: 'text',
        value: 'DIR',
        doc: "A cluster's folder or a validator's home. Of validators that run one is asked; where none runs, the store is read.",
    },
    node: { kind: 'text', value: 'URL', doc: "A validator's address." },
    timeout: {
        kind: 'integer',
        value: 'MS',
        min: 1,
        max: 600_000,
        unit: 'ms',
        default: 10_000,
        doc: 'Longest wait for an answer.',
    },
};
const NOTHING_TO_CLOSE = async () => { };
/** The first of these validators that answers. */
async function running(urls, timeoutMs) {
    for (const url of urls) {
        try {
            const { app } = await fetchStatus(url, Math.min(timeoutMs, 2000));
            return { source: remoteHistory(url, timeoutMs), app, close: NOTHING_TO_CLOSE };
        }
        catch {
            // Not running, or not reachable: the next one.
        }
    }
    return undefined;
}
/** Throws `bad-flag`, `not-connected`, `home-missing`, and what a store is found guilty of. */
export async function openHistory(command, { home, node, timeout }) {
    if ((home === undefined) === (node === undefined)) {
        throw new LockstepError('bad-flag', `lockstep ${command} needs --home DIR or --node URL, one of them`);
    }
    if (node !== undefined) {
        const url = nodeUrl(node);
        const answering = await running([url], timeout);
        if (answering === undefined)
            throw new LockstepError('not-connected', `no validator answers at ${url}`);
        return answering;
    }
    const cluster = holdsCluster(home) ? openClusterFolder(home) : undefined;
    const loaded = await loadHome(cluster?.homes[0] ?? home);
    const answering = await running(cluster?.urls ?? [loaded.url], timeout);
    if (answering !== undefined)
        return answering;
    const view = await openStoreView(loaded);
    const { hasher, chain } = loaded;
    const source = historySource(new History(view, hasher, chain), () => [], () => openEpochs(loaded.paths.epochs).load());
    return { source, app: chain.genesis.app.name, close: () => view.close() };
}
//# sourceMappingURL=history-options.js.map