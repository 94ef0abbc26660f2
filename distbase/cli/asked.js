/** Whom the commands ask that show what validators say: one address or several, or those that a folder names. */
import { LockstepError } from '../core/errors.js';
import { holdsCluster, openClusterFolder } from './cluster-homes.js';
import { loadHome } from './home.js';
import { nodeUrl } from './targets.js';
export const ASKED_OPTIONS = {
    home: { kind: 'text', value: 'DIR', doc: "A cluster's folder or a validator's home." },
    node: { kind: 'texts', value: 'URL', doc: "A validator's address." },
    timeout: {
        kind: 'integer',
        value: 'MS',
        min: 1,
        max: 600_000,
        unit: 'ms',
        default: 2000,
        doc: 'How long to wait for each.',
    },
};
/**
 * `ws://` addresses. A validator's home stands for all whom it knows, or with `alone` for that validator. Throws `bad-flag`
 * where not exactly one of the two flags is given, and what opening the folder does.
 */
export async function askedUrls(command, { home, node }, alone = false) {
    if ((home === undefined) === (node.length === 0)) {
        throw new LockstepError('bad-flag', `lockstep ${command} needs --home DIR or --node URL, one of them`);
    }
    if (home === undefined)
        return node.map(nodeUrl);
    if (holdsCluster(home))
        return openClusterFolder(home).urls;
    const { url, urls } = await loadHome(home);
    return alone ? [url] : urls;
}
//# sourceMappingURL=asked.js.map