/** The validator set of a running validator: what is shown of it, and what a home does when it changes. */
import { copyFileSync, existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '../core/bytes.js';
import { readKeyFile } from '../crypto/keyfile.js';
function isOf(member, identity) {
    return (member.ed25519 === toHex(identity.ed25519.publicKey) &&
        member.mlDsa87 === toHex(identity.mlDsa87.publicKey));
}
/**
 * Where the set holds the keys of a rotation of ours, they become the home's; true: a validator is to be made of it anew.
 * The old keys stay beside them as `keys.old.json`: they are worth nothing on this chain any more.
 */
export function promoteKeys(home, set) {
    const { nextKeys, keys, data } = home.paths;
    if (!existsSync(nextKeys))
        return false;
    const member = set.members.find((one) => isOf(one, readKeyFile(nextKeys)));
    if (member === undefined)
        return false;
    writeFileSync(join(data, 'name'), `${member.name}\n`);
    copyFileSync(keys, join(home.dir, 'keys.old.json'));
    renameSync(nextKeys, keys);
    return true;
}
/** Where a member listens, as this home knows. */
export function memberUrl(home, member) {
    return member.url || home.config.peers[member.name] || (member.name === home.name ? home.url : '');
}
export function membershipFigures({ set, pending, muteMembers, mute, convicted }, home, heard = () => undefined) {
    return {
        epoch: set.epoch,
        since: set.since,
        members: set.members.map((member) => ({
            id: member.id,
            name: member.name,
            url: heard(member.id) ?? memberUrl(home, member),
            ed25519: member.ed25519,
            mlDsa87: member.mlDsa87,
            incarnation: member.incarnation,
            voting: isOf(member, home.identity) ? mute === undefined : !muteMembers.includes(member.id),
        })),
        pending: pending === undefined ? null : { what: pending.what, from: pending.set.since },
        ...(convicted.length > 0 && {
            convicted: convicted.map(({ member, offence, sequence }) => ({
                name: set.members.find(({ id }) => id === member)?.name ?? String(member),
                offence,
                sequence,
            })),
        }),
    };
}
//# sourceMappingURL=membership.js.map