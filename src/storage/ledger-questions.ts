/** What may be asked of the ledger from another thread: plain values there and back. */

import type { Sequence } from '../core/ids.ts';
import type { IndexKind, Ledger } from './ledger.ts';
import type { Position } from './ledger-index.ts';

export type Question =
  | { readonly kind: 'summary' }
  | { readonly kind: 'slot'; readonly sequence: Sequence }
  | { readonly kind: 'slots'; readonly from: Sequence; readonly limit: number }
  | { readonly kind: 'checkpoint'; readonly from?: Sequence; readonly to?: Sequence }
  | { readonly kind: 'evidence'; readonly limit: number }
  | {
      readonly kind: 'find';
      readonly by: IndexKind;
      readonly tag: number;
      readonly before: Position | undefined;
      readonly limit: number;
    };

export function ask(ledger: Ledger, question: Question): unknown {
  switch (question.kind) {
    case 'summary':
      return ledger.summary();
    case 'slot':
      return ledger.slot(question.sequence);
    case 'slots':
      return ledger.slotsFrom(question.from, question.limit);
    case 'checkpoint':
      return question.from !== undefined
        ? ledger.checkpointFrom(question.from)
        : ledger.checkpointTo(question.to ?? Number.MAX_SAFE_INTEGER);
    case 'evidence':
      return ledger.evidence(question.limit);
    case 'find':
      return ledger.find(question.by, question.tag, question.before, question.limit);
  }
}
