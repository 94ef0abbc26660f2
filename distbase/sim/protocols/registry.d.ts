/** The protocols that the simulator can attack, by the names that a genesis gives them. */
import { type Subject } from '../subject.ts';
export declare const SUBJECTS: ReadonlyMap<string, Subject>;
/** Where nothing else is asked for. */
export declare const DEFAULT_SUBJECT: Subject;
//# sourceMappingURL=registry.d.ts.map