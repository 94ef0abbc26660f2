/** Leaving a view and entering the next: the pacemaker's part that others take part in (PODC 2019, §4.4 and §5). */
import { type ReplicaId, type View } from '../../core/ids.ts';
import type { Attested } from '../../core/machine.ts';
import type { NewView, Timeout } from './messages.ts';
import type { Header, Round } from './rules.ts';
import type { State } from './state.ts';
/** Leaves the present view for good: no vote of ours is cast in it any more, and our lock stays as it is till the next. */
export declare function leave(s: State): void;
/** Sends our highest certificate and what proves our view, or what stands for them: to one replica, or to all others. */
export declare function tellView(s: State, to?: ReplicaId): void;
/** This replica holds the certificate of this round, and is in this view. */
export declare function showed(s: State, id: ReplicaId, round: Round, view: View): void;
/** What it may have forgotten, and what may have been lost on the way, is not known any more; only this is. */
export declare function showedOnly(s: State, id: ReplicaId, round: Round, view: View): void;
export declare function onTimeout(s: State, attested: Attested<Timeout>): void;
export declare function onNewView(s: State, { from, message }: Attested<NewView>): void;
/** Whoever's connection is closed cannot be heard, however long we wait. */
export declare function heardAll(s: State): boolean;
/** q replicas voted in this round, so they are in its view, or in the next where it was the last of its view. */
export declare function enterByCertificate(s: State, header: Header): void;
//# sourceMappingURL=views.d.ts.map