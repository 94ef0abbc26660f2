/**
 * What no honest replica signs twice. Within a view it proposes one digest for a slot and votes for one; it signs one
 * checkpoint for a sequence and one VIEW-CHANGE for a view: each is in its log before it leaves, and is re-sent to the letter.
 */
import type { PbftMessage } from './messages.ts';
/** Of two different messages by one author. */
export declare function contradiction(a: PbftMessage, b: PbftMessage): string | undefined;
//# sourceMappingURL=contradiction.d.ts.map