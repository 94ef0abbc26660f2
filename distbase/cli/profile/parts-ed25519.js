/**
 * Where the Ed25519 kernel's time goes, for a prepared and an unprepared key. A verification is one hash and one equation
 * of points; the equation is what preparing a key makes cheaper.
 */
import { compileKernel } from '../../crypto/kernels/load.js';
import { withOther } from './parts-mldsa87.js';
import { timeUs } from './timing.js';
/** The input record's layout, as in `src/crypto/kernels/ed25519.ts`. */
const SIGNATURE_AT = 32;
const SLOT_AT = 112;
export async function ed25519Parts(inputs, budgetMs) {
    const instance = new WebAssembly.Instance(await compileKernel('ed25519'));
    const wasm = instance.exports;
    wasm.init(1);
    const record = wasm.inputPointer();
    const arena = wasm.arenaPointer();
    const memory = new Uint8Array(wasm.memory.buffer);
    const words = new DataView(wasm.memory.buffer);
    const time = (call) => timeUs(call, budgetMs);
    const stage = () => {
        const { publicKey, message, signature } = inputs.next();
        memory.set(publicKey, record);
        memory.set(signature, record + SIGNATURE_AT);
        memory.set(message, arena);
        return message.length;
    };
    const hash = () => {
        wasm.hashStart(0, stage());
        wasm.hashEnd(0);
    };
    const prepareUs = time(() => {
        stage();
        return wasm.prepare(0);
    });
    const stageUs = time(stage);
    const hashedUs = time(hash);
    const equation = (slot) => {
        words.setInt32(record + SLOT_AT, slot, true);
        hash();
        return time(() => wasm.verifyOne());
    };
    const common = { 'copy in': stageUs, hash: Math.max(0, hashedUs - stageUs) };
    const preparedUs = equation(0);
    const unpreparedUs = equation(-1);
    return {
        prepare: withOther(prepareUs, { 'copy in': stageUs }),
        prepared: { ...common, 'equation with tables': preparedUs },
        unprepared: {
            ...common,
            'equation with tables': preparedUs,
            'expand the key': Math.max(0, unpreparedUs - preparedUs),
        },
    };
}
//# sourceMappingURL=parts-ed25519.js.map