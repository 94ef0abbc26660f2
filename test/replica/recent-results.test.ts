import { describe, expect, it } from 'vitest';
import { RecentResults } from '../../src/replica/recent-results.ts';

const executed = (n: number, length = 1) => ({
  digest: `d${n}`,
  sequence: n,
  result: new Uint8Array(length),
  failed: false,
});

describe('recent results', () => {
  it('are the newest 65,536', () => {
    const recent = new RecentResults();
    for (let n = 0; n < 200_000; n++) {
      recent.add(executed(n));
      if (n % 9973 !== 0) continue;
      expect(recent.get(`d${n}`)?.sequence).toBe(n);
      expect(recent.get(`d${n - 65_535}`)?.sequence).toBe(n < 65_535 ? undefined : n - 65_535);
      expect(recent.get(`d${n - 65_536}`)).toBeUndefined();
    }
    recent.clear();
    expect(recent.get('d199999')).toBeUndefined();
    recent.add(executed(1));
    expect(recent.get('d1')?.sequence).toBe(1);
  });

  it('are bounded in bytes', () => {
    const recent = new RecentResults();
    for (let n = 0; n < 20; n++) recent.add(executed(n, 8 << 20));
    expect(recent.get('d11')).toBeUndefined();
    expect(recent.get('d12')?.sequence).toBe(12);
    // Larger than all that may be kept: it goes at once, and the count stays right.
    recent.add(executed(20, 65 << 20));
    expect(recent.get('d20')).toBeUndefined();
    recent.add(executed(21, 8 << 20));
    expect(recent.get('d21')?.sequence).toBe(21);
  });
});
