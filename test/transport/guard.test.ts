import { describe, expect, it } from 'vitest';
import { nftables } from '../../src/cli/commands/guard.ts';
import { BAN_MS, BAN_STRIKES, MAX_BANNED_ADDRESSES, STRIKE_PERIOD_MS } from '../../src/core/limits.ts';
import { Bans, plainAddress } from '../../src/transport/bans.ts';
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
    bans.trust('::ffff:198.51.100.1');
    strike('198.51.100.1');
    expect(bans.list()).toEqual([]);
    // A validator that proves itself at an address that was banned for its neighbours is let in from then on.
    strike('198.51.100.2');
    bans.trust('198.51.100.2');
    expect(bans.banned('198.51.100.2')).toBe(false);
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
