/** What may be asked of the ledger from another thread: plain values there and back. */
export function ask(ledger, question) {
    switch (question.kind) {
        case 'summary':
            return ledger.summary();
        case 'slot':
            return ledger.slot(question.sequence);
        case 'slots':
            return ledger.slotsFrom(question.from, question.limit);
        case 'checkpoint':
            return question.from !== undefined
                ? ledger.checkpointFrom(question.from)
                : ledger.checkpointTo(question.to ?? Number.MAX_SAFE_INTEGER);
        case 'evidence':
            return ledger.evidence(question.limit);
        case 'find':
            return ledger.find(question.by, question.tag, question.before, question.limit);
    }
}
//# sourceMappingURL=ledger-questions.js.map