/** What a replica says: bodies made and signed, items and records encoded, all of it counted. One for each epoch. */
import { LockstepError } from '../core/errors.js';
const UNSIGNED = new Uint8Array(0);
export class Voice {
    o;
    constructor(options) {
        this.o = options;
    }
    sign(message) {
        const { authenticator, self, codec, protocol, stopwatch, telemetry } = this.o;
        stopwatch.enter('codec');
        const body = codec.encodeBody(message, self);
        stopwatch.leave();
        stopwatch.enter('sign');
        const { signed } = protocol.messages[message.type];
        const always = signed === 'always' || this.o.surety?.signing === true;
        const signature = signed === 'session' ? UNSIGNED : authenticator.sign(body, always);
        stopwatch.leave();
        if (signature.length > 0)
            telemetry.signaturesMade += authenticator.signaturesEach;
        return { from: self, message, envelope: { body, signature } };
    }
    /** An item of the wire to one replica, or to all others. */
    post(to, item) {
        const { telemetry, n, outbox } = this.o;
        const receivers = to === undefined ? n - 1 : 1;
        telemetry.peerMessagesSent += receivers;
        telemetry.peerBytesSent += receivers * item.length;
        outbox.send(to, item);
    }
    encodeItem(attested) {
        const { stopwatch, codec } = this.o;
        stopwatch.enter('codec');
        const item = codec.encodeItem(attested);
        stopwatch.leave();
        return item;
    }
    encodeRecord(record) {
        const { stopwatch, recordCodec } = this.o;
        stopwatch.enter('codec');
        const bytes = recordCodec.encodeRecord(record);
        stopwatch.leave();
        return bytes;
    }
    /** Throws `log-damaged` at a record that is none of this epoch's protocol. */
    *decoded(records) {
        let index = 0;
        for (const bytes of records) {
            const record = this.o.recordCodec.decodeRecord(bytes);
            if (typeof record === 'string') {
                throw new LockstepError('log-damaged', `record ${index} of the vote log is not one of ours (${record})`);
            }
            index++;
            yield record;
        }
    }
    count(message, to) {
        const { type } = message;
        const { telemetry, protocol, watch } = this.o;
        telemetry.messagesSent.add(type);
        const { role, first } = protocol.messages[type];
        watch.said(message, role);
        // What goes to one replica repeats what all were sent, unless its type says that it is meant for one.
        if (to !== undefined && first !== 'one') {
            telemetry.retransmissions++;
            return;
        }
        switch (role) {
            case 'proposal':
                telemetry.proposalsSent++;
                return;
            case 'vote':
                telemetry.preparesSent++;
                return;
            case 'commit-vote':
                telemetry.commitsSent++;
                return;
            case 'view-change':
                telemetry.viewChangesSent++;
                return;
            case 'new-view':
                telemetry.newViewsSent++;
                return;
            case 'fetch':
                telemetry.batchesFetched++;
                return;
        }
    }
}
//# sourceMappingURL=voice.js.map