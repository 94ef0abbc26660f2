/** What no honest replica signs twice: a block as a round's leader, a vote in a round, a checkpoint for a sequence. */
import { sameBlock } from './block.js';
const proposes = (message) => message.type === 'proposal' || message.type === 'tail';
/** Of two different messages by one author. */
export function contradiction(a, b) {
    if (a.epoch !== b.epoch)
        return undefined;
    if (a.type === 'checkpoint' && b.type === 'checkpoint') {
        return a.sequence === b.sequence && a.digest !== b.digest ? 'checkpoint' : undefined;
    }
    const bothPropose = proposes(a) && proposes(b);
    if (!bothPropose && !(a.type === 'vote' && b.type === 'vote'))
        return undefined;
    const first = a;
    const second = b;
    if (first.round !== second.round || sameBlock(first, second))
        return undefined;
    return bothPropose ? 'proposal' : 'vote';
}
//# sourceMappingURL=contradiction.js.map