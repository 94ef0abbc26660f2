/** Who takes part in a comparison. */
import { protocolByName } from '../../protocols/registry.js';
import { defaultParameters, refusedSize } from '../genesis.js';
export const CONTENDERS = [
    { name: 'pbft', protocol: 'pbft', parameters: {} },
    { name: 'hotstuff-2', protocol: 'hotstuff', parameters: { commit: 'two-chain' } },
    { name: 'hotstuff-3', protocol: 'hotstuff', parameters: { commit: 'three-chain' } },
    { name: 'streamlet', protocol: 'streamlet', parameters: {} },
    { name: 'raft', protocol: 'raft', parameters: {} },
];
export const CONTENDER_NAMES = CONTENDERS.map(({ name }) => name);
/** Why a contender does not run in this setting; undefined where it does. */
export function refusal({ protocol, parameters }, auth, n) {
    const size = refusedSize(protocol, n);
    if (size !== undefined)
        return size;
    const own = { ...defaultParameters(protocol), ...parameters };
    return protocolByName(protocol).refuses?.({ n, auth: auth, parameters: own });
}
//# sourceMappingURL=contenders.js.map