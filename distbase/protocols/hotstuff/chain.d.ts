/** Votes to certificates, certificates to commits, commits to slots in order. */
import { type Sequence } from '../../core/ids.ts';
import type { Attested, Certificate } from '../../core/machine.ts';
import type { Vote } from './messages.ts';
import type { Header, Round } from './rules.ts';
import type { State } from './state.ts';
export declare function sameHeader(a: Header, b: Header): boolean;
/** Counts a vote; q alike are a certificate. */
export declare function countVote(s: State, attested: Attested<Vote>): void;
/** A certificate of somebody else's, whose signatures hold. */
export declare function takeCertificate(s: State, from: number, certificate: Certificate<Vote>): void;
/** The highest block below our highest that is certified, since a certified one names it, and that we do not know. */
export declare function missingAncestor(s: State): Round | undefined;
/**
 * f + 1 say so: one of them is honest. Whenever a block is certified, f + 1 honest replicas voted for it and so know its
 * parent.
 */
export declare function learnAncestor(s: State, header: Header): void;
/** The slot is this batch's. */
export declare function decide(s: State, sequence: Sequence, digest: string): void;
/** Hands committed slots to execution, in order and without gaps. */
export declare function deliverReady(s: State): void;
//# sourceMappingURL=chain.d.ts.map