/** Key files: made with mode 600, refused where anybody else may read them. */
import { type Identity } from './keys.ts';
/** Writes a new file with mode 600. Throws `LockstepError('bad-key')` where it exists or cannot be written. */
export declare function writeKeyFile(path: string, identity: Identity): void;
/** Throws `LockstepError('bad-key')`: missing, readable by group or others, or no key file. */
export declare function readKeyFile(path: string): Identity;
//# sourceMappingURL=keyfile.d.ts.map