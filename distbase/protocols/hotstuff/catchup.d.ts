/** Asking again and answering: a lost frame costs a tick, never the cluster. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Ancestor, Ask, Committed, Fetch, Fetched, Status } from './messages.ts';
import type { State } from './state.ts';
export declare function onTick(s: State): void;
/** Tells the others where we stand, so that they send what we lack; and says again what may have been lost. */
export declare function askAgain(s: State): void;
export declare function onAsk(s: State, { from, message }: Attested<Ask>): void;
export declare function onAncestor(s: State, { from, message }: Attested<Ancestor>): void;
export declare function onConnected(s: State, peer: ReplicaId): void;
export declare function onDisconnected(s: State, peer: ReplicaId): void;
export declare function onStatus(s: State, { from, message }: Attested<Status>): void;
/** f + 1 say that the slot committed so: one of them is honest. */
export declare function onCommitted(s: State, { from, message }: Attested<Committed>): void;
export declare function onFetch(s: State, { from, message }: Attested<Fetch>): void;
export declare function onFetched(s: State, { from, message }: Attested<Fetched>): void;
//# sourceMappingURL=catchup.d.ts.map