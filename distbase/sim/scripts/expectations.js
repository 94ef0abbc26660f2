/** What a script may expect: each says undefined where it holds, and else what is there instead. */
/** Reads what stands after `expect`, up to `within`. */
export function readExpectation(reader, world, ids) {
    const at = () => (reader.take('at') ? ids('replicas') : undefined);
    /** The same of each replica: its value, and whether that will do. */
    const each = (what, value, bound, where) => {
        return () => {
            for (const node of world.honest(where)) {
                const is = value(node);
                if (!bound.holds(is))
                    return `${what} ${is} at ${node.id}, not ${bound.text}`;
            }
            return undefined;
        };
    };
    const counted = (what, value) => {
        const bound = readBound(reader);
        return each(what, value, bound, at());
    };
    const told = (what) => {
        const wanted = `${reader.word('what')} ${reader.word('from')} ${reader.word('a replica')}`;
        const where = at();
        return () => {
            const nodes = world.honest(where);
            // Where no replica is named, one that has it is enough.
            const have = nodes.filter((node) => world.journal.of(node.id)[what].has(wanted));
            if (where === undefined ? have.length > 0 : have.length === nodes.length)
                return undefined;
            const all = nodes.flatMap((node) => [...world.journal.of(node.id)[what]].map((it) => `${node.id}: ${it}`));
            return `no ${what} of ${wanted}; there is ${all.length === 0 ? 'none' : all.join(', ')}`;
        };
    };
    const deeds = (node) => world.journal.of(node.id);
    const what = reader.word('what is expected');
    switch (what) {
        case 'view':
        case 'asking': {
            const view = reader.integer('a view');
            const where = at();
            return () => {
                for (const node of world.honest(where)) {
                    const status = node.machine?.status();
                    if (status?.view === view && status.active === (what === 'view'))
                        continue;
                    return `${node.id} is ${status === undefined ? 'down' : `${status.active ? 'in' : 'asking for'} view ${status.view}`}`;
                }
                return undefined;
            };
        }
        case 'delivered':
            return counted('delivered', (node) => node.ledger.tip.sequence);
        case 'stable':
            return counted('stable', (node) => node.machine?.status().lowWatermark ?? -1);
        case 'executed': {
            if (!reader.take('all'))
                return counted('executed', (node) => node.ledger.executed.size);
            const where = at();
            return () => unfinished(world, where);
        }
        case 'fast':
            return counted('fast', (node) => deeds(node).fast);
        case 'slow':
            return counted('slow', (node) => deeds(node).slow);
        case 'nulls':
            return counted('nulls', (node) => deeds(node).nulls);
        case 'transfers':
            return counted('transfers', (node) => deeds(node).transfers);
        case 'forged':
            return counted('forged', (node) => node.forged);
        case 'evidence':
            return told('evidence');
        case 'refusal':
            return told('refusals');
        case 'no':
            return readAbsence(reader, world);
        case 'up':
        case 'down': {
            const nodes = ids();
            return () => {
                const wrong = nodes.filter((id) => world.cluster.nodes[id].up !== (what === 'up'));
                return wrong.length === 0 ? undefined : `${wrong.join(' ')} not ${what}`;
            };
        }
        case 'agreement':
            return () => disagreement(world);
        default:
            return reader.fail(`"${what}" cannot be expected`);
    }
}
function readAbsence(reader, world) {
    if (reader.take('view', 'change'))
        return () => {
            const changed = world.cluster.nodes.filter((node) => world.journal.of(node.id).viewChanges > 0);
            return changed.length === 0 ? undefined : `view changes at ${changed.map(({ id }) => id).join(' ')}`;
        };
    if (reader.take('evidence'))
        return () => {
            const all = world.honest().flatMap((node) => [...world.journal.of(node.id).evidence]);
            return all.length === 0 ? undefined : `evidence: ${all.join(', ')}`;
        };
    return reader.fail('"no" stands before "view change" or "evidence"');
}
/** `5`, `>= 5`, `<= 5`. */
function readBound(reader) {
    const sign = reader.take('>=') ? '>=' : reader.take('<=') ? '<=' : '';
    const bound = reader.integer('a number');
    return {
        text: `${sign} ${bound}`.trim(),
        holds: (value) => (sign === '>=' ? value >= bound : sign === '<=' ? value <= bound : value === bound),
    };
}
/** Who has not executed all that clients submitted. */
export function unfinished(world, where) {
    const all = world.cluster.clients.issued.length;
    for (const node of world.honest(where))
        if (node.ledger.executed.size !== all)
            return `${node.id} executed ${node.ledger.executed.size} of ${all} transactions`;
    return undefined;
}
/** Two honest replicas with different histories up to the height of the lower one. */
function disagreement(world) {
    const [first, ...others] = world.honest();
    if (first === undefined)
        return 'nobody is there to agree';
    for (const other of others) {
        const height = Math.min(first.ledger.tip.sequence, other.ledger.tip.sequence);
        if (first.ledger.at(height)?.digest !== other.ledger.at(height)?.digest)
            return `${first.id} and ${other.id} differ at ${height}`;
    }
    return undefined;
}
//# sourceMappingURL=expectations.js.map