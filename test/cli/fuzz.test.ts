/** A few of the frames of `lockstep fuzz`; `npm run coverage:fuzz` throws more, and says which branches they reach. */

import { describe, expect, it } from 'vitest';
import { fuzz, TARGETS } from '../../src/cli/fuzz/run.ts';

const FRAMES = Number(process.env.LOCKSTEP_FUZZ_FRAMES ?? 25_000);

describe('changed frames', () => {
  it('are each refused with a code, by decoders, handshake and drivers of every protocol', async () => {
    const report = await fuzz({ frames: FRAMES, seed: 20_261 });
    expect(report.failures).toEqual([]);
    expect(report.frames).toBe(FRAMES);
    const codes = /^([a-z]+(-[a-z]+)*|messages in all|taken|answered)$/;
    for (const [target, counts] of Object.entries(report.targets)) {
      expect(Object.keys(counts).filter((code) => !codes.test(code))).toEqual([]);
      expect(Object.keys(counts).length, target).toBeGreaterThan(1);
    }
    expect(Object.keys(report.targets)).toHaveLength(TARGETS.length);
  }, 1_800_000);
});
