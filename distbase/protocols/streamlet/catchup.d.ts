/** Asking again and answering: a lost frame costs a tick, and every answer proves itself by its votes. */
import type { ReplicaId } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { Fetch, Fetched, Status } from './messages.ts';
import type { State } from './state.ts';
export declare function onTick(s: State): void;
export declare function onConnected(s: State, peer: ReplicaId): void;
export declare function onStatus(s: State, { from, message }: Attested<Status>): void;
export declare function onFetch(s: State, { from, message }: Attested<Fetch>): void;
export declare function onFetched(s: State, { from, message }: Attested<Fetched>): void;
//# sourceMappingURL=catchup.d.ts.map