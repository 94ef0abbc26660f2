/**
 * What PBFT's safety rests on, apart from the machinery that applies it: how many votes are enough, and what a new
 * view must propose. Production has one set of rules; a simulated replica may be given a wrong one, to see whether
 * the checkers notice.
 */
import { quorumSize } from '../../core/quorum.js';
import { decide } from './decide.js';
export const RULES = { quorum: quorumSize, decide };
//# sourceMappingURL=rules.js.map