/** What a replica says: bodies made and signed, items and records encoded, all of it counted. One for each epoch. */

import type { MessageCodec } from '../codec/message-codec.ts';
import type { RecordCodec } from '../codec/record-codec.ts';
import { LockstepError } from '../core/errors.ts';
import type { ReplicaId } from '../core/ids.ts';
import type { AnyMessage, Attested, Protocol } from '../core/machine.ts';
import type { Stopwatch } from '../core/stopwatch.ts';
import type { Telemetry } from '../core/telemetry.ts';
import type { Authenticator } from '../crypto/authenticator.ts';
import type { Outbox } from './outbox.ts';
import type { Surety } from './surety.ts';
import type { Watch } from './watch/watch.ts';

const UNSIGNED = new Uint8Array(0);

export interface VoiceOptions {
  readonly self: ReplicaId;
  /** Replicas of the set. */
  readonly n: number;
  readonly protocol: Protocol<AnyMessage, AnyMessage>;
  readonly codec: MessageCodec;
  readonly recordCodec: RecordCodec;
  readonly authenticator: Authenticator;
  readonly outbox: Outbox;
  readonly telemetry: Telemetry;
  readonly stopwatch: Stopwatch;
  readonly watch: Watch;
  /** Whether votes are signed now though sessions vouch for them. */
  readonly surety: Surety | undefined;
}

export class Voice {
  private readonly o: VoiceOptions;

  constructor(options: VoiceOptions) {
    this.o = options;
  }

  sign(message: AnyMessage): Attested {
    const { authenticator, self, codec, protocol, stopwatch, telemetry } = this.o;
    stopwatch.enter('codec');
    const body = codec.encodeBody(message, self);
    stopwatch.leave();
    stopwatch.enter('sign');
    const { signed } = protocol.messages[message.type]!;
    const always = signed === 'always' || this.o.surety?.signing === true;
    const signature = signed === 'session' ? UNSIGNED : authenticator.sign(body, always);
    stopwatch.leave();
    if (signature.length > 0) telemetry.signaturesMade += authenticator.signaturesEach;
    return { from: self, message, envelope: { body, signature } };
  }

  /** An item of the wire to one replica, or to all others. */
  post(to: ReplicaId | undefined, item: Uint8Array): void {
    const { telemetry, n, outbox } = this.o;
    const receivers = to === undefined ? n - 1 : 1;
    telemetry.peerMessagesSent += receivers;
    telemetry.peerBytesSent += receivers * item.length;
    outbox.send(to, item);
  }

  encodeItem(attested: Attested): Uint8Array {
    const { stopwatch, codec } = this.o;
    stopwatch.enter('codec');
    const item = codec.encodeItem(attested);
    stopwatch.leave();
    return item;
  }

  encodeRecord(record: AnyMessage): Uint8Array {
    const { stopwatch, recordCodec } = this.o;
    stopwatch.enter('codec');
    const bytes = recordCodec.encodeRecord(record);
    stopwatch.leave();
    return bytes;
  }

  /** Throws `log-damaged` at a record that is none of this epoch's protocol. */
  *decoded(records: Iterable<Uint8Array>): Generator<AnyMessage> {
    let index = 0;
    for (const bytes of records) {
      const record = this.o.recordCodec.decodeRecord(bytes);
      if (typeof record === 'string') {
        throw new LockstepError(
          'log-damaged',
          `record ${index} of the vote log is not one of ours (${record})`,
        );
      }
      index++;
      yield record;
    }
  }

  count(message: AnyMessage, to: ReplicaId | undefined): void {
    const { type } = message;
    const { telemetry, protocol, watch } = this.o;
    telemetry.messagesSent.add(type);
    const { role, first } = protocol.messages[type]!;
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
