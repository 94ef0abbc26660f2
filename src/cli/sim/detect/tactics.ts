/**
 * One lie a run, told again and again: what a validator must be found at. Each stands before a production driver, which signs
 * what it is told to send, or between it and the network.
 */

import { encodeClientReply } from '../../../codec/client-messages.ts';
import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../../../codec/frame.ts';
import { MESSAGE_ITEM } from '../../../codec/message-codec.ts';
import { encodeValue } from '../../../codec/value.ts';
import type { Batch } from '../../../core/batch.ts';
import type { AuthSetting } from '../../../core/genesis.ts';
import type { ReplicaId } from '../../../core/ids.ts';
import { messages, type PbftMessage, type PbftRecord } from '../../../protocols/pbft/messages.ts';
import type { Detection } from '../../../replica/watch/detections.ts';
import {
  delaying,
  halves,
  type LiarSetting,
  replaying,
  sendEach,
  silent,
  type Tactic,
  withholding,
} from '../../../sim/byzantine.ts';
import type { Item } from '../../../transport/interface.ts';

type PbftTactic = Tactic<PbftMessage, PbftRecord>;

/** What a liar of these runs knows: real batches instead of symbolic ones. */
export interface DetectSetting extends Omit<LiarSetting, 'clients'> {
  batchOf(timeMs: number, transactions: readonly Uint8Array[]): Batch;
}

export interface Misbehaviour {
  readonly name: string;
  readonly kind: Detection;
  /** Whether two signed messages prove it to anybody. */
  readonly provable: boolean;
  /** Where sessions vouch for votes it is over before anybody could ask for signatures: there it is found, and mostly not proven. */
  readonly brief?: boolean;
  /** It makes sense under these settings only. Default: all. */
  readonly auths?: readonly AuthSetting[];
  /** It is the first view's primary. */
  readonly primary: boolean;
  readonly tactic?: (setting: DetectSetting) => PbftTactic;
  readonly mangle?: (setting: DetectSetting) => (item: Item, to: ReplicaId) => Item;
  /** Answers to clients are put in place of the true ones. */
  readonly answer?: (item: { kind: string }) => Item | undefined;
}

const bySide = (setting: DetectSetting) => {
  const [left, right] = halves(setting as unknown as LiarSetting);
  return { left, right, self: setting.self };
};

/** One message to half of the others, another to the rest. */
function splitting(
  setting: DetectSetting,
  other: (message: PbftMessage) => PbftMessage | undefined,
): PbftTactic {
  const { left, right, self } = bySide(setting);
  return {
    bend(effect, out) {
      const message = effect.kind === 'send' || effect.kind === 'attest' ? effect.message : undefined;
      const lie = message === undefined ? undefined : other(message);
      if (message === undefined || lie === undefined) return void out.push(effect);
      // What is attested whole its own machine hears as well: it goes on as if it had told the truth.
      if (effect.kind === 'attest') out.push({ ...effect, unsent: true });
      sendEach(message, left, self, out);
      sendEach(lie, right, self, out);
    },
  };
}

const INVENTED = 'c'.repeat(64);

/** As the primary, proposes one batch to some and another to the rest. */
function twoProposals(setting: DetectSetting): PbftTactic {
  return splitting(setting, (message) => {
    if (message.type !== 'pre-prepare' || message.batch.transactions.length === 0) return undefined;
    const batch = setting.batchOf(message.batch.timeMs + 1, message.batch.transactions);
    return { ...message, digest: batch.digest, batch };
  });
}

/** As the primary, proposes another batch to one of them only, again and again, so that its view goes on. */
function anotherToOne(setting: DetectSetting): PbftTactic {
  const { self, n, random } = setting;
  const victim = (self + 1 + random.below(n - 1)) % n;
  const others = [...Array(n).keys()].filter((id) => id !== victim);
  return {
    bend(effect, out) {
      const proposal =
        effect.kind === 'send' &&
        effect.message.type === 'pre-prepare' &&
        effect.message.batch.transactions.length > 0
          ? effect.message
          : undefined;
      if (proposal === undefined) return void out.push(effect);
      const batch = setting.batchOf(proposal.batch.timeMs + 1, proposal.batch.transactions);
      sendEach(proposal, others, self, out);
      sendEach({ ...proposal, digest: batch.digest, batch }, [victim], self, out);
    },
  };
}

function twoVotes(setting: DetectSetting): PbftTactic {
  return splitting(setting, (message) =>
    message.type === 'prepare' || message.type === 'commit' ? { ...message, digest: INVENTED } : undefined,
  );
}

/** Ends its view by silence, and tells each half something else of what it had prepared. */
function twoViewChanges(setting: DetectSetting): PbftTactic {
  const split = splitting(setting, (message) =>
    message.type === 'view-change' ? { ...message, prepared: [], preprepared: [] } : undefined,
  );
  return {
    bend(effect, out, nowMs) {
      // Amid two checkpoints: right at one there is nothing to tell, and nothing to lie about.
      if (effect.kind === 'send' && effect.message.type === 'pre-prepare' && effect.message.sequence > 24)
        return;
      split.bend!(effect, out, nowMs);
    },
  };
}

function twoCheckpoints(setting: DetectSetting): PbftTactic {
  return splitting(setting, (message) =>
    message.type === 'checkpoint' ? { ...message, digest: INVENTED } : undefined,
  );
}

/** Signs a state that nobody else has, to everybody. */
function wrongState({ self, n }: DetectSetting): PbftTactic {
  return {
    bend(effect, out) {
      if (effect.kind !== 'attest' || effect.message.type !== 'checkpoint') return void out.push(effect);
      out.push({ ...effect, unsent: true });
      sendEach({ ...effect.message, digest: INVENTED }, Array(n).keys(), self, out);
    },
  };
}

/** As the primary, lets everything wait, for less than would end its view. */
function slowPrimary(): PbftTactic {
  let held: { readonly dueMs: number; readonly effect: Parameters<NonNullable<PbftTactic['bend']>>[0] }[] =
    [];
  return {
    bend(effect, out, nowMs) {
      if (effect.kind === 'send' && effect.message.type === 'pre-prepare')
        held.push({ dueMs: nowMs + 120, effect });
      else out.push(effect);
    },
    add(out, nowMs) {
      for (const { dueMs, effect } of held) if (dueMs <= nowMs) out.push(effect);
      held = held.filter(({ dueMs }) => dueMs > nowMs);
    },
  };
}

/** As the primary, keeps half of its proposals from one of the others. */
function leavingOneOut({ self, n, random }: DetectSetting): PbftTactic {
  const victim = (self + 1 + random.below(n - 1)) % n;
  return {
    bend(effect, out) {
      const proposes =
        effect.kind === 'send' &&
        (effect.message.type === 'pre-prepare' || effect.message.type === 'fetched');
      if (!proposes || !random.chance(0.5)) return void out.push(effect);
      const to = effect.to === undefined ? [...Array(n).keys()] : [effect.to];
      sendEach(
        effect.message,
        to.filter((id) => id !== victim),
        self,
        out,
      );
    },
  };
}

/** Spoils the end of some of its messages: there the signature is. */
function badSignatures({ random }: DetectSetting) {
  return (item: Item): Item => {
    // An array that begins with the kind of a protocol's message.
    if ((item[0]! & 0xf0) !== 0x90 || item[1] !== 0 || !random.chance(0.3)) return item;
    // Where a session vouches for it there is none: the last value is no bytes.
    if (item.at(-2) === 0xc4 && item.at(-1) === 0) return item;
    item[item.length - 1 - random.below(32)]! ^= 1 << random.below(8);
    return item;
  };
}

const decodeItems = createFrameDecoder(PEER_FRAME_LIMITS);

/** Leaves its votes unsigned, asked or not. */
function unsigned() {
  return (item: Item): Item => {
    const decoded = decodeItems(encodeFrame([item]));
    const value = typeof decoded === 'string' ? undefined : (decoded[0] as unknown);
    if (!Array.isArray(value) || value[0] !== MESSAGE_ITEM || value.length !== 4) return item;
    const [kind, epoch, body] = value as [number, number, Uint8Array];
    // A body is an array that begins with its type.
    const votes = body[1] === messages.prepare!.tag || body[1] === messages.commit!.tag;
    return votes ? encodeValue([kind, epoch, body, new Uint8Array(0)]) : item;
  };
}

function garbage({ random }: DetectSetting) {
  return (item: Item): Item => {
    if (!random.chance(0.2)) return item;
    const noise = Uint8Array.from({ length: 1 + random.below(40) }, () => random.below(256));
    return encodeValue(random.pick([[0, noise, noise], [0, 1, 2], [7, noise], [0, noise], [2, 1], 5]));
  };
}

const plain = (setting: DetectSetting): LiarSetting => setting as unknown as LiarSetting;

/** All that a validator is to be found at. */
export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  {
    name: 'two proposals for a slot',
    kind: 'equivocation',
    provable: true,
    brief: true,
    primary: true,
    tactic: twoProposals,
  },
  {
    name: 'another proposal to one',
    kind: 'equivocation',
    provable: true,
    primary: true,
    tactic: anotherToOne,
  },
  { name: 'two votes for a slot', kind: 'equivocation', provable: true, primary: false, tactic: twoVotes },
  { name: 'two view changes', kind: 'equivocation', provable: true, primary: true, tactic: twoViewChanges },
  { name: 'two checkpoints', kind: 'equivocation', provable: true, primary: false, tactic: twoCheckpoints },
  {
    name: 'invalid signatures',
    kind: 'invalid-signature',
    provable: false,
    primary: false,
    mangle: badSignatures,
  },
  {
    name: 'two votes, unsigned though asked',
    kind: 'invalid-signature',
    provable: false,
    auths: ['channel'],
    primary: false,
    tactic: twoVotes,
    mangle: unsigned,
  },
  { name: 'malformed messages', kind: 'malformed-message', provable: false, primary: false, mangle: garbage },
  { name: 'wrong state hash', kind: 'wrong-state-hash', provable: false, primary: false, tactic: wrongState },
  {
    name: 'stale replay',
    kind: 'stale-replay',
    provable: false,
    primary: false,
    tactic: (s) => replaying(plain(s), 0.1),
  },
  {
    name: 'conflicting results',
    kind: 'conflicting-result',
    provable: false,
    primary: false,
    answer: wrongAnswer,
  },
  { name: 'withheld batches', kind: 'withheld-batch', provable: false, primary: true, tactic: leavingOneOut },
  {
    name: 'late votes',
    kind: 'timing-violation',
    provable: false,
    primary: false,
    tactic: (s) => delaying(plain(s), 120),
  },
  { name: 'late proposals', kind: 'timing-violation', provable: false, primary: true, tactic: slowPrimary },
  { name: 'silence', kind: 'non-participation', provable: false, primary: false, tactic: () => silent() },
  {
    name: 'half of the votes missing',
    kind: 'non-participation',
    provable: false,
    primary: false,
    tactic: (s) => withholding(plain(s), 0.5, ['prepare', 'commit']),
  },
];

function wrongAnswer(answer: { kind: string }): Item | undefined {
  if (answer.kind !== 'reply') return undefined;
  return encodeClientReply({
    ...(answer as Parameters<typeof encodeClientReply>[0] & { kind: 'reply' }),
    result: Uint8Array.of(9, 9),
  });
}
