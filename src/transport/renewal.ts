/**
 * A fresh key agreement between two connected validators, now and then, while frames go on both ways. The one that dialled
 * offers. Each direction goes over to its new key behind the frame that says so, so that nothing is lost or decoded twice:
 *
 *     dialler                                                   listener
 *        offer  ──────────────────────────────────────────────▶
 *               ◀──────────────────────────────────────────────  answer; what the listener says from here on: new key
 *        done   ──────────────────────────────────────────────▶  what the dialler says from here on: new key
 */

import { concatBytes } from '../core/bytes.ts';
import { answerOffer, makeOffer, type Offer } from '../crypto/key-renewal.ts';
import { CONTROL, MAC_BYTES, type Session } from '../crypto/session.ts';

const OFFER = 1;
const ANSWER = 2;
const DONE = 3;

export interface RenewalOptions {
  readonly session: Session;
  readonly dialled: boolean;
  /** Time between two agreements, ms. The other side may offer four times as often: each costs us a millisecond or two. */
  readonly everyMs: number;
  /** Sends a sealed frame. */
  send(frame: Uint8Array): boolean;
  /** Both have their new keys. */
  renewed(): void;
}

export class Renewal {
  private readonly options: RenewalOptions;
  private lastMs = performance.now();
  private offer: Offer | undefined;
  /** For what the dialler will say, until it says that it has it too. */
  private secret: Uint8Array | undefined;

  constructor(options: RenewalOptions) {
    this.options = options;
  }

  /** Offers where it is time. False: the socket lost the offer. */
  start(): boolean {
    const { dialled, everyMs } = this.options;
    const nowMs = performance.now();
    if (!dialled || this.offer !== undefined || nowMs - this.lastMs < everyMs) return true;
    this.lastMs = nowMs;
    this.offer = makeOffer();
    return this.say(OFFER, this.offer.message);
  }

  /** One of the frames above. False where it is out of turn, or none of them: the session is to end. */
  take(payload: Uint8Array): boolean {
    const body = payload.subarray(2);
    if (payload[1] === OFFER) return this.answer(body);
    if (payload[1] === ANSWER) return this.finish(body);
    return payload[1] === DONE && body.length === 0 && this.done();
  }

  private answer(body: Uint8Array): boolean {
    const { dialled, everyMs, session } = this.options;
    const nowMs = performance.now();
    if (dialled || this.secret !== undefined || nowMs - this.lastMs < everyMs / 4) return false;
    this.lastMs = nowMs;
    const answer = answerOffer(body);
    if (answer === undefined) return false;
    this.secret = answer.secret;
    const sent = this.say(ANSWER, answer.message);
    session.mix('send', answer.secret);
    return sent;
  }

  private finish(body: Uint8Array): boolean {
    const { session } = this.options;
    const secret = this.offer?.finish(body);
    this.offer = undefined;
    if (secret === undefined) return false;
    session.mix('receive', secret);
    const sent = this.say(DONE, new Uint8Array(0));
    session.mix('send', secret);
    secret.fill(0);
    this.options.renewed();
    return sent;
  }

  private done(): boolean {
    if (this.secret === undefined) return false;
    this.options.session.mix('receive', this.secret);
    this.secret.fill(0);
    this.secret = undefined;
    this.options.renewed();
    return true;
  }

  private say(kind: number, body: Uint8Array): boolean {
    const { session, send } = this.options;
    return send(session.seal(concatBytes(new Uint8Array(MAC_BYTES), Uint8Array.of(CONTROL, kind), body)));
  }
}
