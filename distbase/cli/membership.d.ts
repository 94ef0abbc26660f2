/** The validator set of a running validator: what is shown of it, and what a home does when it changes. */
import type { Member, ValidatorSet } from '../core/membership.ts';
import type { MembershipFigures } from '../ops/status.ts';
import type { ReplicaStatus } from '../replica/replica.ts';
import type { Home } from './home.ts';
/**
 * Where the set holds the keys of a rotation of ours, they become the home's; true: a validator is to be made of it anew.
 * The old keys stay beside them as `keys.old.json`: they are worth nothing on this chain any more.
 */
export declare function promoteKeys(home: Home, set: ValidatorSet): boolean;
/** Where a member listens, as this home knows. */
export declare function memberUrl(home: Home, member: Member): string;
export declare function membershipFigures({ set, pending, muteMembers, mute, convicted }: ReplicaStatus, home: Home, heard?: (member: number) => string | undefined): MembershipFigures;
//# sourceMappingURL=membership.d.ts.map