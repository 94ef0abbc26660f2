/**
 * Asks other validators over HTTP for the epochs that we missed: for one that nobody lets in yet, or any more, because
 * the others' set, or ours, is another. What comes back proves itself, so that anybody may be asked.
 */
import { Buffer } from 'node:buffer';
import { quorumSize } from '../core/quorum.js';
import { httpUrl } from './cluster.js';
import { getText } from './http.js';
import { memberUrl } from './membership.js';
/** How often, ms: one that waits to be added sees it this soon. */
const PERIOD_MS = 250;
const TIMEOUT_MS = 2_000;
/** Begins; returns what ends it. `peers`: bytes queued per peer by number, −1 where it is not connected. */
export function followEpochs(home, replica, peers) {
    let stopped = false;
    let turn = 0;
    let timer;
    const ask = async () => {
        const { set, mute } = replica.status();
        const connected = 1 + peers().filter((backlog) => backlog >= 0).length;
        // Whoever is connected with a quorum hears of a new epoch there.
        if (connected >= quorumSize(set.members.length) && (mute === undefined || connected > 1))
            return;
        const urls = new Set([...set.members.map((member) => memberUrl(home, member)), ...Object.values(home.config.peers)].filter((url) => url !== '' && url !== home.url));
        const url = [...urls][turn++ % Math.max(1, urls.size)];
        if (url === undefined)
            return;
        const text = await getText(`${httpUrl(url)}/epochs?above=${set.epoch}`, TIMEOUT_MS);
        const { proofs } = JSON.parse(text);
        if (stopped || !Array.isArray(proofs) || proofs.length === 0)
            return;
        replica.learnEpochs(proofs.map((proof) => new Uint8Array(Buffer.from(String(proof), 'base64'))));
    };
    const again = () => {
        timer = setTimeout(() => {
            // Silence and garbage are the same here: another one is asked next time.
            void ask()
                .catch(() => { })
                .then(() => {
                if (!stopped)
                    again();
            });
        }, PERIOD_MS);
        timer.unref();
    };
    again();
    return () => {
        stopped = true;
        clearTimeout(timer);
    };
}
//# sourceMappingURL=follow-epochs.js.map