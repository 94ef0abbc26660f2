/**
 * Asks other validators over HTTP for the epochs that we missed: for one that nobody lets in yet, or any more, because
 * the others' set, or ours, is another. What comes back proves itself, so that anybody may be asked.
 */
import type { Replica } from '../replica/replica.ts';
import type { Home } from './home.ts';
/** Begins; returns what ends it. `peers`: bytes queued per peer by number, −1 where it is not connected. */
export declare function followEpochs(home: Home, replica: Replica, peers: () => readonly number[]): () => void;
//# sourceMappingURL=follow-epochs.d.ts.map