import { describe, expect, it } from 'vitest';
import { nftables } from '../../src/cli/commands/guard.ts';
import {
  BAN_MS,
  BAN_STRIKES,
  BASE_ITEMS_PER_PERIOD,
  MAX_BANNED_ADDRESSES,
  MAX_DEFERRED_BYTES,
  MAX_DEFERRED_FRAMES,
  MAX_PENDING_HANDSHAKES,
  MAX_PENDING_PEERS,
  MAX_RELAYED_PER_PERIOD,
  MAX_TRUSTED_PER_VALIDATOR,
  RELAY_MUTE_MS,
  RELAY_PERIOD_MS,
  STRIKE_PERIOD_MS,
} from '../../src/core/limits.ts';
import { plainAddress } from '../../src/crypto/encryption.ts';
import { RELAY_ITEM, Relays } from '../../src/replica/relays.ts';
import { Admission, type Guest, type Lane } from '../../src/transport/admission.ts';
import { Allowance, medianSaid } from '../../src/transport/allowance.ts';
import { Bans } from '../../src/transport/bans.ts';
import { Budget } from '../../src/transport/budget.ts';

describe('banned addresses', () => {
  const at = () => {
    let nowMs = 0;
    const bans = new Bans(() => nowMs);
    const strike = (address: string, times = BAN_STRIKES) => {
      for (let i = 0; i < times; i++) bans.strike(address, 'handshake-malformed');
    };
    return { bans, strike, advance: (ms: number) => (nowMs += ms) };
  };

  it('are those of strangers that fail again and again, for a while', () => {
    const { bans, strike, advance } = at();
    strike('203.0.113.7', BAN_STRIKES - 1);
    expect(bans.banned('203.0.113.7')).toBe(false);
    strike('203.0.113.7', 1);
    expect(bans.banned('203.0.113.7')).toBe(true);
    expect(bans.banned('::ffff:203.0.113.7')).toBe(true);
    expect(bans.banned('203.0.113.8')).toBe(false);
    expect(bans.list()).toEqual([{ address: '203.0.113.7', reason: 'handshake-malformed', leftMs: BAN_MS }]);
    advance(BAN_MS);
    expect(bans.banned('203.0.113.7')).toBe(false);
  });

  it('are not those of slow failures, of busy machines, or of validators', () => {
    const { bans, strike, advance } = at();
    for (let i = 0; i < 10 * BAN_STRIKES; i++) {
      bans.strike('203.0.113.7', 'stranger');
      advance(STRIKE_PERIOD_MS / (BAN_STRIKES - 2));
      bans.strike('203.0.113.9', 'rate-limited');
    }
    expect(bans.list()).toEqual([]);
    bans.trust(1, '::ffff:198.51.100.1');
    strike('198.51.100.1');
    expect(bans.list()).toEqual([]);
    // A validator that proves itself at an address that was banned for its neighbours is let in from then on.
    strike('198.51.100.2');
    bans.trust(2, '198.51.100.2');
    expect(bans.banned('198.51.100.2')).toBe(false);
  });

  it('are not the last addresses of a validator; one that comes from thousands lends trust to a few, and takes nobody else any', () => {
    const { bans, strike } = at();
    bans.trust(0, '198.51.100.1');
    for (let i = 0; i < 5_000; i++) bans.trust(3, `10.0.${i >> 8}.${i & 255}`);
    expect(bans.trusts('198.51.100.1')).toBe(true);
    expect(bans.trusts('10.0.19.135')).toBe(true);
    let trusted = 0;
    for (let i = 0; i < 5_000; i++) trusted += Number(bans.trusts(`10.0.${i >> 8}.${i & 255}`));
    expect(trusted).toBe(MAX_TRUSTED_PER_VALIDATOR);
    // What is in use stays: it is the oldest that goes.
    bans.trust(3, '10.0.19.134');
    for (let i = 1; i < MAX_TRUSTED_PER_VALIDATOR; i++) bans.trust(3, `10.9.9.${i}`);
    expect(bans.trusts('10.0.19.134')).toBe(true);
    expect(bans.trusts('10.0.19.135')).toBe(false);
    strike('10.0.19.135');
    expect(bans.banned('10.0.19.135')).toBe(true);
    // Nor do numbers that nobody has any more pile up.
    for (let id = 4; id < 10_000; id++) bans.trust(id, `10.8.${id >> 8}.${id & 255}`);
    bans.only([0, 3]);
    expect(bans.trusts('10.8.39.15')).toBe(false);
    expect(bans.trusts('198.51.100.1')).toBe(true);
  });

  it('are bounded, and a flood of addresses frees nobody that is banned first', () => {
    const { bans, strike } = at();
    strike('203.0.113.7');
    for (let i = 0; i < 3 * MAX_BANNED_ADDRESSES; i++) bans.strike(`10.0.${i >> 8}.${i & 255}`, 'stranger');
    expect(bans.banned('203.0.113.7')).toBe(true);
  });

  it('have one form', () => {
    expect(plainAddress('::ffff:10.1.2.3')).toBe('10.1.2.3');
    expect(plainAddress('0000:0000:0000:0000:0000:ffff:0a01:0203')).toBe('10.1.2.3');
    expect(plainAddress('2001:DB8::1')).toBe('2001:db8::1');
  });

  it('become an nftables set, and nothing else does', () => {
    const text = nftables(
      [
        { address: '203.0.113.7', reason: 'stranger', leftMs: 1500 },
        { address: '2001:db8::1', reason: 'stranger', leftMs: 60_000 },
        { address: '1.2.3.4 } ; flush ruleset', reason: 'stranger', leftMs: 1 },
      ],
      [7100],
    );
    expect(text).toContain('203.0.113.7 timeout 2s');
    expect(text).toContain('2001:db8::1 timeout 60s');
    expect(text).toContain('tcp dport { 7100 }');
    expect(text).not.toContain('flush');
  });
});

describe("a validator's budget", () => {
  it('drops what is beyond, and starts anew', () => {
    const budget = new Budget();
    let read = 0;
    for (let i = 0; i < 50_000; i++) read += Number(budget.take(100));
    expect(read).toBe(10_000);
    budget.renew();
    expect(budget.take(32 << 20)).toBe(true);
    for (let i = 0; i < 200; i++) budget.spoilt();
    expect(budget.take(100)).toBe(false);
  });

  it('keeps a floor in quarantine', () => {
    const budget = new Budget();
    budget.throttled = true;
    let read = 0;
    for (let i = 0; i < 5_000; i++) read += Number(budget.take(5_000));
    expect(read).toBe(400);
    budget.renew();
    // A frame at its limit still gets through, alone.
    expect(budget.take(32 << 20)).toBe(true);
    expect(budget.take(100)).toBe(false);
  });
});

describe('the messages of one validator', () => {
  it('are read at once up to its allowance, which follows what the median validator says', () => {
    const allowance = new Allowance();
    expect(allowance.free).toBe(true);
    allowance.count(BASE_ITEMS_PER_PERIOD, 0);
    allowance.spend(BASE_ITEMS_PER_PERIOD);
    expect(allowance.free).toBe(false);
    allowance.renew(1000, false);
    expect(allowance.free).toBe(true);
    allowance.spend(BASE_ITEMS_PER_PERIOD + 2000);
    expect(allowance.free).toBe(true);
    // In quarantine it keeps what the others say, half as much again, and no base to speak of.
    allowance.renew(1000, true);
    allowance.spend(1550);
    expect(allowance.free).toBe(false);
    // A minority of liars does not move the median.
    expect(medianSaid([120, 1e6, 100])).toBe(120);
    expect(medianSaid([0, 1e6, 90, 1e6, 100, 80])).toBe(90);
  });

  it('are looked at in smaller slices in quarantine, so that votes wait less behind each', () => {
    const allowance = new Allowance();
    const usual = allowance.slice;
    allowance.throttle(true);
    expect(allowance.slice).toBeLessThanOrEqual(usual / 4);
    allowance.throttle(false);
    expect(allowance.slice).toBe(usual);
  });

  it('wait beyond it, bounded and in order, the rest of a frame first', () => {
    const allowance = new Allowance();
    allowance.spend(BASE_ITEMS_PER_PERIOD);
    const frame = (value: number) => Uint8Array.of(value);
    for (let i = 0; i < MAX_DEFERRED_FRAMES; i++) expect(allowance.defer(frame(i & 255))).toBe(true);
    expect(allowance.defer(frame(1))).toBe(false);
    allowance.keepRest([7, 8, 9], 1);
    expect(allowance.next()).toEqual({ items: [7, 8, 9], at: 1 });
    expect(allowance.next()).toEqual({ payload: frame(0) });
    allowance.drip(5);
    expect(allowance.spent).toBe(false);
    allowance.clear();
    expect(allowance.waiting).toBe(false);
    expect(allowance.defer(new Uint8Array(MAX_DEFERRED_BYTES))).toBe(true);
    expect(allowance.defer(frame(1))).toBe(false);
  });
});

describe('the door', () => {
  const guest = (admission: Admission, lane: Lane) => {
    const one = {
      remote: `203.0.113.${Math.floor(Math.random() * 250)}`,
      door: lane === 'client' ? 'client' : 'peer',
      lane,
      gone: false as boolean,
      evict: () => {
        one.gone = true;
        admission.leave(one, false);
      },
    } satisfies Guest & { gone: boolean };
    return one;
  };

  it('gives up those that were answered and never finished, and keeps a lane for known addresses', () => {
    const admission = new Admission(4);
    const strangers = Array.from({ length: MAX_PENDING_PEERS }, () => guest(admission, 'peer'));
    for (const one of strangers) expect(admission.enter(one)).toBe(true);
    for (const one of strangers) admission.answer(one, () => {});
    // All wait for their turn: nobody may be given up.
    expect(admission.enter(guest(admission, 'peer'))).toBe(false);
    expect(admission.enter(guest(admission, 'trusted'))).toBe(true);
    admission.answered(strangers[0]!);
    expect(admission.enter(guest(admission, 'peer'))).toBe(true);
    expect(strangers[0]!.gone).toBe(true);
    admission.stop();
  });

  it('keeps no validator out for the many clients that begin at its address, a gateway', () => {
    const admission = new Admission(4);
    const at = (lane: Lane) => ({ ...guest(admission, lane), remote: '198.51.100.1' });
    for (let i = 0; i < MAX_PENDING_HANDSHAKES; i++) expect(admission.enter(at('client'))).toBe(true);
    expect(admission.enter(at('client'))).toBe(false);
    const validator = at('trusted');
    expect(admission.enter(validator)).toBe(true);
    expect(admission.enter(at('peer'))).toBe(true);
    // Nor is there more room for clients when it has gone.
    admission.leave(validator, true);
    expect(admission.enter(at('client'))).toBe(false);
  });

  it('answers less and less where answers come to nothing', () => {
    const admission = new Admission(4);
    const ask = (completed: boolean): void => {
      const one = guest(admission, 'client');
      admission.enter(one);
      admission.answered(one);
      admission.leave(one, completed);
    };
    const least = admission.rest('client');
    for (let i = 0; i < 100; i++) ask(false);
    expect(admission.rest('client')).toBe(40);
    expect(admission.rest('trusted')).toBe(least);
    for (let i = 0; i < 100; i++) ask(true);
    expect(admission.rest('client')).toBe(least);
  });
});

describe('transactions that a validator passes on', () => {
  it('are few, and a forged one ends it for a while', () => {
    let nowMs = 0;
    const clock = { nowMs: () => nowMs, wallMs: () => 0, after: () => () => {}, endOfTurn: () => {} };
    const taken: number[] = [];
    const found: number[] = [];
    let forged = false;
    const relays = new Relays(
      clock,
      (transactions, onForged) => {
        taken.push(transactions.length);
        if (forged) onForged();
      },
      (from) => found.push(from),
    );
    const item = (count: number) => [RELAY_ITEM, Array.from({ length: count }, () => new Uint8Array(1))];
    expect(relays.onItem(2, item(MAX_RELAYED_PER_PERIOD))).toBeUndefined();
    expect(relays.onItem(2, item(1))).toBe('rate-limited');
    expect(relays.onItem(1, item(1))).toBeUndefined();
    nowMs += RELAY_PERIOD_MS;
    forged = true;
    expect(relays.onItem(2, item(1))).toBeUndefined();
    expect(found).toEqual([2]);
    nowMs += RELAY_MUTE_MS - 1;
    expect(relays.onItem(2, item(1))).toBe('rate-limited');
    nowMs += 1;
    expect(relays.onItem(2, item(1))).toBeUndefined();
    expect(relays.onItem(2, [RELAY_ITEM, [5]])).toBe('body-malformed');
    expect(relays.onItem(2, item(MAX_RELAYED_PER_PERIOD + 1))).toBe('body-malformed');
    expect(taken).toEqual([MAX_RELAYED_PER_PERIOD, 1, 1, 1]);
  });
});
