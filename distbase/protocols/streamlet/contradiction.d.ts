/** What no honest replica signs twice: a block as a round's leader, a vote in a round, a checkpoint for a sequence. */
import type { StreamletMessage } from './messages.ts';
/** Of two different messages by one author. */
export declare function contradiction(a: StreamletMessage, b: StreamletMessage): string | undefined;
//# sourceMappingURL=contradiction.d.ts.map