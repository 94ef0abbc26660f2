/** Replicas with a part taken out, to see that a scenario script fails without what it guards. */

import { type Meddler, meddled, type PbftParts } from '../../src/sim/bug-kit.ts';
import { PBFT, PBFT_PARTS } from '../../src/sim/protocols/pbft.ts';
import { SymbolicVerifier } from '../../src/sim/symbolic.ts';

const meddling = (make: () => Meddler): PbftParts => ({
  ...PBFT_PARTS,
  protocol: meddled(PBFT_PARTS.protocol, make),
});

/** Without effects of these kinds, or messages of these types. */
const without = (...names: readonly string[]): PbftParts =>
  meddling(() => ({
    effect: (effect) => {
      const type = effect.kind === 'send' || effect.kind === 'attest' ? effect.message.type : effect.kind;
      return names.includes(type) ? [] : [effect];
    },
  }));

class Gullible extends SymbolicVerifier {
  override verify(): boolean {
    return true;
  }
}

const { protocol } = PBFT_PARTS;

const BROKEN: Readonly<Record<string, () => PbftParts>> = {
  'view-changes': () => without('view-change'),
  'commit-phase': () => without('commit'),
  'catch-up': () => without('status', 'committed', 'fetch'),
  checkpoints: () => without('checkpoint'),
  transfer: () => without('transfer'),
  evidence: () => without('evidence'),
  relay: () => without('relay'),
  timeouts: () =>
    meddling(() => ({
      created: (state) => {
        state.config = { ...state.config, timeoutFloorMs: 5, timeoutCeilingMs: 5 };
      },
    })),
  /** One that asks for a view is followed. */
  'lonely-stay': () =>
    meddling(() => ({
      created: (state) => {
        state.weakQuorum = 1;
      },
    })),
  'fast-path': () => ({
    ...PBFT_PARTS,
    protocol: {
      ...protocol,
      create: (config, log, nowMs, out) => protocol.create({ ...config, fastPath: false }, log, nowMs, out),
    },
  }),
  /** A COMMIT that is held back is never sent. */
  'fast-fallback': () =>
    meddling(() => ({
      effect: (effect) => (effect.kind === 'timer' && effect.timer === 'fast' ? [] : [effect]),
    })),
  /** Whoever committed fast sends no COMMIT, whoever asks. */
  'commit-on-demand': () =>
    meddling(() => ({
      effect: (effect, state) =>
        effect.kind === 'send' &&
        effect.message.type === 'commit' &&
        state.slots.get(effect.message.sequence)?.fast === true
          ? []
          : [effect],
    })),
  /** The log is empty after a crash. */
  log: () => meddling(() => ({ records: () => [] })),
  'null-slots': () =>
    meddling(() => ({
      created: (state) => {
        const { decide } = state.rules;
        state.rules = {
          ...state.rules,
          decide: (viewChanges, n) => {
            const decision = decide(viewChanges, n);
            if (decision === undefined) return undefined;
            return { ...decision, digests: decision.digests.filter((digest) => !/^0+$/.test(digest)) };
          },
        };
      },
    })),
  signatures: () => ({ ...PBFT_PARTS, verifier: (schema) => new Gullible(schema) }),
};

/** The parts of a run without what `guard` names: something of these, or one of the planted bugs. */
export function brokenParts(guard: string): PbftParts {
  const make = BROKEN[guard];
  if (make !== undefined) return make();
  const bug = PBFT.bugs.find(({ name }) => name === guard);
  if (bug === undefined) throw new Error(`nothing is called ${guard}`);
  return bug.plant(PBFT_PARTS);
}
