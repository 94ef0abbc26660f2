/** What the log lacks, or says too much, after a restart. Written without sight of the campaign's settings. */

import type { Protocol } from '../../core/machine.ts';
import { settle } from '../../protocols/pbft/checkpoints.ts';
import type { PbftMessage, PbftRecord } from '../../protocols/pbft/messages.ts';
import { type Meddler, type PbftBug, type PbftEffect, planted } from '../bug-kit.ts';

const isBytes = (effect: PbftEffect): boolean => effect.kind === 'persist' && effect.record.type === 'batch';

/** Where all that promised a batch lose its bytes, the next view must choose what nobody can show. */
const bytesLast: Meddler = {
  after(_event, _state, out) {
    const bytes = out.filter(isBytes);
    if (bytes.length === 0) return;
    const rest = out.filter((effect) => !isBytes(effect));
    out.splice(0, out.length, ...rest);
    for (const effect of bytes) out.push(effect.kind === 'persist' ? { ...effect, lazy: true } : effect);
  },
};

/** "Others send it again": then the view is entered a second time, with the votes that were cast in it forgotten. */
const unloggedView: Meddler = {
  effect: (effect) =>
    effect.kind === 'persist' &&
    effect.record.type === 'attested' &&
    effect.record.attested.message.type === 'new-view'
      ? []
      : [effect],
};

/** "Execution tells it": but the change that ends the set may have executed below the state that was restored. */
function withoutEnd(protocol: Protocol<PbftMessage, PbftRecord>): Protocol<PbftMessage, PbftRecord> {
  return {
    ...protocol,
    create(config, records, nowMs, out) {
      const { boundary: _, ...rest } = config;
      return protocol.create(rest, records, nowMs, out);
    },
  };
}

/** The certificate may be younger than the state that the disk holds, and the driver may not have heard of it. */
const stableAtOnce: Meddler = {
  created(state) {
    const certified = state.pendingCertificate;
    if (certified === undefined) return;
    settle(state, certified.sequence, certified.digest);
    state.certificate = certified;
  },
};

export const bugs: readonly PbftBug[] = [
  planted(
    'bytes-after-vote',
    'The bytes of a batch are logged after the vote for it, at leisure.',
    () => bytesLast,
  ),
  planted(
    'new-view-not-logged',
    'A backup does not log the NEW-VIEW of the view that it enters.',
    () => unloggedView,
  ),
  {
    name: 'boundary-forgotten',
    doc: 'A replica that restarts does not know where its validator set ends.',
    plant: (parts) => ({ ...parts, protocol: withoutEnd(parts.protocol) }),
  },
  planted(
    'stable-before-executed',
    'After a restart the last certified checkpoint is the low watermark, executed or not.',
    () => stableAtOnce,
  ),
];
