/**
 * What no honest replica signs twice. Within a view it proposes one digest for a slot and votes for one; it signs one
 * checkpoint for a sequence and one VIEW-CHANGE for a view: each is in its log before it leaves, and is re-sent to the letter.
 */
/** Of two different messages by one author. */
export function contradiction(a, b) {
    if (a.type !== b.type || a.epoch !== b.epoch)
        return undefined;
    switch (a.type) {
        case 'pre-prepare':
        case 'prepare':
        case 'commit': {
            const other = b;
            const same = a.view === other.view && a.sequence === other.sequence;
            return same && a.digest !== other.digest ? a.type : undefined;
        }
        case 'checkpoint': {
            const other = b;
            return a.sequence === other.sequence && a.digest !== other.digest ? a.type : undefined;
        }
        case 'view-change':
            return a.view === b.view ? a.type : undefined;
        default:
            return undefined;
    }
}
//# sourceMappingURL=contradiction.js.map