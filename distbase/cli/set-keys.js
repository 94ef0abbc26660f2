/** `--set KEY=VALUE`: any key of either file, by its dotted name. */
import { parse } from 'yaml';
import { LockstepError } from '../core/errors.js';
import { CONFIG_RULES } from './config.js';
import { GENESIS_RULES } from './genesis-rules.js';
import { didYouMean } from './suggest.js';
/** Values by dotted key, as `--set` gives them: YAML scalars. */
export function splitSettings(settings) {
    return settings.map((setting) => {
        const at = setting.indexOf('=');
        if (at < 1)
            throw new LockstepError('bad-flag', `--set takes KEY=VALUE, such as --set durability=power, not "${setting}"`);
        return [setting.slice(0, at), parse(setting.slice(at + 1))];
    });
}
/** Sets a dotted key of a plain object; the tables check the result. */
export function assign(target, key, value) {
    const path = key.split('.');
    const last = path.pop();
    let at = target;
    for (const part of path) {
        const next = Object.hasOwn(at, part) ? at[part] : undefined;
        if (typeof next !== 'object' || next === null)
            throw new LockstepError('bad-flag', `--set ${key}: there is no such key`);
        at = next;
    }
    Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
}
/** Which of the two files a key belongs to. */
export function sortSettings(settings, joining) {
    const own = [];
    const agreed = [];
    for (const setting of settings) {
        const top = setting[0].split('.')[0];
        if (Object.hasOwn(CONFIG_RULES, top))
            own.push(setting);
        else if (Object.hasOwn(GENESIS_RULES, top)) {
            if (joining)
                throw new LockstepError('bad-flag', `--set ${setting[0]} is in the genesis, which --genesis gives; it cannot be changed here`);
            agreed.push(setting);
        }
        else {
            const known = [...Object.keys(CONFIG_RULES), ...Object.keys(GENESIS_RULES)];
            throw new LockstepError('bad-flag', `--set ${setting[0]}: unknown key ${top}${didYouMean(top, known)}`);
        }
    }
    return { own, agreed };
}
//# sourceMappingURL=set-keys.js.map