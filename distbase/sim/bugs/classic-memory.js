/** Mistakes about what may be forgotten: at a checkpoint, in a snapshot, in a crash. */
import { settle } from '../../protocols/pbft/checkpoints.js';
import { Pbft } from '../../protocols/pbft/pbft.js';
import { meddled } from '../bug-kit.js';
import { Disk } from '../disk.js';
import { Ledger } from '../ledger.js';
/**
 * A checkpoint is stable as soon as we executed it ourselves: the watermark moves, slots below are dropped, the snapshot
 * takes the log's place. TOCS 2002 §4.3 asks for 2f + 1 signed CHECKPOINTs first, since whoever drops a slot that others
 * lack leaves them with nobody to ask. A change of the validator set that takes effect at an uncertified
 * checkpoint is the same mistake.
 */
const checkpointAlone = {
    after(event, state, out) {
        if (event.kind !== 'checkpoint' || event.sequence <= state.stable)
            return;
        const { sequence, digest } = event;
        const heard = state.checkpointVotes.get(sequence) ?? [];
        const votes = heard.flatMap((vote) => (vote?.message.digest === digest ? [vote] : []));
        out.push({ kind: 'persist', record: { type: 'stable', sequence, digest, certificate: votes } });
        settle(state, sequence, digest);
        state.certificate = { sequence, digest, votes };
        out.push({ kind: 'stable', sequence, digest, certificate: votes });
    },
};
/**
 * The vote log does not survive, and the replica votes on as if it had never promised anything; its snapshots are still
 * there, so it looks in order. Castro & Liskov assume stable storage (§2.1). Tendermint validators were slashed for
 * it: the file with the last signed height was left behind when a node moved, and it signed the same height again.
 */
class ForgetfulDisk extends Disk {
    crash() {
        this.replace([]);
    }
}
/**
 * A snapshot holds the application's state without the table of what was executed already: after a state transfer, or a
 * restart, a transaction that comes twice takes effect twice, here and nowhere else. Ongaro's dissertation (2014, §6.3)
 * says why sessions belong to the replicated state. What observers ask of the ledger stays as it is: only
 * the effects, and with them the state's digest, go wrong.
 */
class DoublingLedger extends Ledger {
    /** Executed since the last snapshot was read. */
    #table = new Set();
    restore(entry) {
        super.restore(entry);
        this.#table = new Set();
    }
    takesEffect(transaction) {
        if (this.#table.has(transaction))
            return false;
        this.#table.add(transaction);
        return true;
    }
}
/**
 * The log is cut at what was delivered instead of at the stable checkpoint. A restart starts from that checkpoint's snapshot,
 * so it has neither the slots between the two nor the promises that its VIEW-CHANGE must repeat for them. Where
 * snapshots are taken at the applied index, as in Raft's implementations, the same cut is right.
 */
class HastyCompaction extends Pbft {
    liveRecords() {
        const { delivered } = this.s;
        const over = (record) => record.type !== 'stable' && 'sequence' in record && record.sequence <= delivered;
        return super.liveRecords().filter((record) => !over(record));
    }
}
export const bugs = [
    {
        name: 'checkpoint-alone',
        doc: 'A checkpoint that we executed ourselves counts as stable, without q signatures.',
        plant: (parts) => ({ ...parts, protocol: meddled(parts.protocol, () => checkpointAlone) }),
    },
    {
        name: 'amnesiac',
        doc: 'A crash empties the vote log, and the replica goes on voting.',
        plant: (parts) => ({ ...parts, disk: () => new ForgetfulDisk() }),
    },
    {
        name: 'duplicates-forgotten',
        doc: 'A snapshot lacks the table of executed transactions: a repeated one takes effect again.',
        plant: (parts) => ({ ...parts, ledger: (clients) => new DoublingLedger(clients) }),
    },
    {
        name: 'log-cut-at-delivered',
        doc: 'A compacted log has nothing at slots that were delivered, though their checkpoint is not certified.',
        plant: (parts) => ({
            ...parts,
            protocol: {
                ...parts.protocol,
                create: (config, records, nowMs, out) => new HastyCompaction(config, records, nowMs, out),
            },
        }),
    },
];
//# sourceMappingURL=classic-memory.js.map