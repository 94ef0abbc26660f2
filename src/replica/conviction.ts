/**
 * Judges evidence that was ordered, by the ledger and the genesis alone, so that every replica convicts or refuses alike.
 *
 * A member of the present set is convicted where two messages contradict each other and both signatures are by its keys, in
 * whichever epoch it signed them: an honest validator signs no such pair in any place of any set. It is convicted once; keys
 * that were convicted stay so, and whoever is to come back comes with new ones, by the others' leave: a member that gives itself new
 * ones takes its conviction with it. (What it signed with keys that it had given up by then convicts nobody here; the file with it
 * still proves it.) Where the genesis says `onEvidence: remove`, the
 * convicted leave by the way of every change of the set: one at a time, at a checkpoint, and never below the least that tolerates
 * a fault; who cannot leave yet leaves when another validator has come.
 */

import { type Accusation, decodeAccusation, type SignedMessage } from '../codec/accusation-codec.ts';
import { epochOfBody } from '../codec/body-epoch.ts';
import { createMessageCodec, type MessageCodec } from '../codec/message-codec.ts';
import { bytesEqual } from '../core/bytes.ts';
import type { Epoch } from '../core/ids.ts';
import { MAX_VALIDATORS } from '../core/limits.ts';
import type { AnyMessage } from '../core/machine.ts';
import { boundaryAfter, type Member, type Membership } from '../core/membership.ts';
import { certificateClaims, voteClaims } from '../crypto/certificate-claims.ts';
import { protocolByName } from '../protocols/registry.ts';
import type { BatchDigests } from './batch-digest.ts';
import { type JudgeOptions, leastReached, type Moment, type Refusal } from './membership.ts';

export interface Verdict {
  readonly membership: Membership;
  readonly name: string;
  readonly offence: string;
}

const refuse = (code: string, message: string): Refusal => ({ code, message });

export class Court {
  readonly #o: JudgeOptions;
  readonly #codec: MessageCodec;

  constructor(options: JudgeOptions & { readonly digests: BatchDigests }) {
    this.#o = options;
    const { genesis } = options.chain;
    // Bodies of any epoch: the author's place in the set of then is not what convicts it.
    this.#codec = createMessageCodec(protocolByName(genesis.protocol)!.messages, {
      n: MAX_VALIDATORS,
      batchDigest: options.digests.batchDigest,
      limits: genesis.parameters,
    });
  }

  /** Why it convicts nobody, or the membership with the conviction, and with a removal where that is the policy. */
  judge(membership: Membership, payload: Uint8Array, moment: Moment): Verdict | Refusal {
    const accusation = decodeAccusation(payload);
    if (accusation === undefined) return refuse('evidence-malformed', 'the payload is no evidence');
    const accused = membership.current.members.find(({ id }) => id === accusation.member);
    if (accused === undefined)
      return refuse('unknown-validator', `the set has no member ${accusation.member}`);
    const before = membership.convicted ?? [];
    if (before.some(({ member }) => member === accused.id))
      return refuse('already-convicted', `${accused.name} is convicted already`);
    const offence = this.#offenceOf(accused, accusation);
    if (typeof offence !== 'string') return offence;
    const conviction = { member: accused.id, offence, sequence: moment.sequence };
    const convicted = { ...membership, convicted: [...before, conviction] };
    return { membership: this.carryOut(convicted, moment), name: accused.name, offence };
  }

  /** Puts the removal of a convicted member on its way, where the genesis says so and one can be now. */
  carryOut(membership: Membership, moment: Moment): Membership {
    const { current, pending, convicted = [], nextId } = membership;
    if (convicted.length === 0 || pending !== undefined || this.obstacle(membership) !== undefined)
      return membership;
    const leaving = current.members.find(({ id }) => convicted.some(({ member }) => member === id));
    if (leaving === undefined) return membership;
    const { window, checkpointInterval } = this.#o.chain.genesis.parameters;
    const set = {
      epoch: current.epoch + 1,
      since: boundaryAfter(moment.sequence, window, checkpointInterval),
      members: current.members.filter((member) => member !== leaving),
    };
    return { current, nextId, convicted, pending: { set, what: `remove ${leaving.name}, convicted` } };
  }

  /** Why nobody is removed for what it is convicted of; undefined where somebody may be. */
  obstacle({ current }: Membership): string | undefined {
    const { genesis } = this.#o.chain;
    if (genesis.onEvidence !== 'remove') return 'the policy of the genesis is to report';
    const least = leastReached(genesis, current.members.length);
    return least === undefined ? undefined : `${least}: it leaves when another one has come`;
  }

  #offenceOf(accused: Member, { first, second }: Accusation): string | Refusal {
    if (bytesEqual(first.body, second.body))
      return refuse('evidence-proves-nothing', 'both messages are the same');
    const codec = this.#codec;
    const a = codec.decodeBody(first.body);
    const b = codec.decodeBody(second.body);
    const epoch = epochOfBody(first.body);
    if (typeof a === 'string' || typeof b === 'string' || epoch === undefined)
      return refuse('evidence-malformed', "a message is none of this chain's protocol");
    const { chain } = this.#o;
    const { contradiction } = protocolByName(chain.genesis.protocol)!;
    const offence = a.from === b.from ? contradiction?.(a.message, b.message) : undefined;
    if (offence === undefined)
      return refuse('evidence-proves-nothing', 'an honest validator may have signed both messages');
    for (const [signed, { message }] of [
      [first, a],
      [second, b],
    ] as const) {
      if (!this.#signedBy(accused, epoch, signed, message))
        return refuse(
          'evidence-proves-nothing',
          `a message carries no signature of ${accused.name} that holds`,
        );
    }
    return offence;
  }

  #signedBy(accused: Member, epoch: Epoch, { body, signature }: SignedMessage, message: AnyMessage): boolean {
    const { chain, verify } = this.#o;
    const { signed } = this.#codec.schemaOf(message);
    if (signed === 'session') return false;
    const claimsOf = signed === 'always' ? certificateClaims : voteClaims;
    const claims = claimsOf(chain, epoch, accused, body, signature);
    return claims !== undefined && claims.length > 0 && claims.every(verify);
  }
}
