/** A follower's part: AppendEntries, receiver implementation (figure 2), for entries that come one by one. */
import type { Attested } from '../../core/machine.ts';
import type { Append, Commit, Heartbeat } from './messages.ts';
import type { State } from './state.ts';
export declare function onAppend(s: State, attested: Attested<Append>): void;
export declare function onHeartbeat(s: State, attested: Attested<Heartbeat>): void;
export declare function onCommit(s: State, attested: Attested<Commit>): void;
//# sourceMappingURL=follower.d.ts.map