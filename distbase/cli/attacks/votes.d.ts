/** What a validator can say wrongly in good form: forged, misplaced, contradicting, or far too much of it. */
import { type Attack } from './attack.ts';
export declare const VOTES: readonly Attack[];
//# sourceMappingURL=votes.d.ts.map