/** What no honest replica signs twice: a vote in one round, a leader's own among them, and a checkpoint for one sequence. */
import { sameHeader } from './chain.js';
/** Of two different messages by one author. */
export function contradiction(a, b) {
    if (a.type !== b.type || a.epoch !== b.epoch)
        return undefined;
    if (a.type === 'vote') {
        const other = b;
        return a.round === other.round && !sameHeader(a, other) ? a.type : undefined;
    }
    if (a.type !== 'checkpoint')
        return undefined;
    const other = b;
    return a.sequence === other.sequence && a.digest !== other.digest ? a.type : undefined;
}
//# sourceMappingURL=contradiction.js.map