/** A liar about what lies behind it: checkpoints, and the low watermark of its VIEW-CHANGEs. */
import { sendEach } from './byzantine.js';
/** Slots between the checkpoints of most runs; where it is another, some of these lies are refused at once. */
const INTERVAL = 8;
const INVENTED = 'c'.repeat(64);
/**
 * Signs checkpoints that execution never gave, or not yet; in VIEW-CHANGEs names a low watermark above everybody's
 * (true, early or invented), or one far below its own, with nothing in between.
 */
export function lyingAboutCheckpoints({ self, n, random }) {
    let known = { sequence: INTERVAL, digest: INVENTED };
    const early = (after) => ({
        sequence: (Math.floor(after / INTERVAL) + 1 + random.below(random.chance(0.3) ? 100 : 3)) * INTERVAL,
        digest: random.chance(0.5) ? INVENTED : known.digest,
    });
    const ahead = (m) => {
        const claim = known.sequence > m.stable && random.chance(0.3) ? known : early(m.stable);
        const above = (slot) => slot.sequence > claim.sequence;
        return {
            ...m,
            stable: claim.sequence,
            checkpoints: [claim],
            prepared: m.prepared.filter(above),
            preprepared: m.preprepared.filter(above),
        };
    };
    const behind = (m) => {
        const stable = Math.max(0, m.stable - INTERVAL * (1 + random.below(3)));
        return { ...m, stable, checkpoints: [{ sequence: stable, digest: INVENTED }, ...m.checkpoints] };
    };
    return {
        hear(event) {
            if (event.kind === 'message' && event.attested.message.type === 'checkpoint')
                known = event.attested.message;
        },
        bend(effect, out) {
            if (effect.kind !== 'attest' || random.chance(0.3)) {
                out.push(effect);
                return;
            }
            const { message } = effect;
            for (let to = 0; to < n; to++) {
                if (message.type === 'checkpoint') {
                    const lie = random.chance(0.5) ? { ...early(message.sequence) } : { digest: INVENTED };
                    sendEach({ ...message, ...lie }, [to], self, out);
                }
                else if (message.type === 'view-change') {
                    sendEach(random.chance(0.6) ? ahead(message) : behind(message), [to], self, out);
                }
            }
            out.push(effect);
        },
    };
}
//# sourceMappingURL=pbft-checkpoint-liar.js.map