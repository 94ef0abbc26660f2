/** What no honest replica signs twice: a vote in one round, a leader's own among them, and a checkpoint for one sequence. */
import type { HotstuffMessage } from './messages.ts';
/** Of two different messages by one author. */
export declare function contradiction(a: HotstuffMessage, b: HotstuffMessage): string | undefined;
//# sourceMappingURL=contradiction.d.ts.map