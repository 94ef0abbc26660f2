/** What no honest replica signs twice: a vote in one round, a leader's own among them, and a checkpoint for one sequence. */

import { sameHeader } from './chain.ts';
import type { HotstuffMessage } from './messages.ts';

/** Of two different messages by one author. */
export function contradiction(a: HotstuffMessage, b: HotstuffMessage): string | undefined {
  if (a.type !== b.type || a.epoch !== b.epoch) return undefined;
  if (a.type === 'vote') {
    const other = b as typeof a;
    return a.round === other.round && !sameHeader(a, other) ? a.type : undefined;
  }
  if (a.type !== 'checkpoint') return undefined;
  const other = b as typeof a;
  return a.sequence === other.sequence && a.digest !== other.digest ? a.type : undefined;
}
