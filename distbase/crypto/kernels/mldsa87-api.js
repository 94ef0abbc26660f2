/** What a caller of the ML-DSA-87 kernel sees: sizes, errors, handles and the interface itself. */
export const PUBLIC_KEY_BYTES = 2592;
export const SECRET_KEY_BYTES = 4896;
export const SIGNATURE_BYTES = 4627;
export const SEED_BYTES = 32;
export const CONTEXT_BYTES_MAX = 255;
export class MlDsa87Error extends Error {
    code;
    constructor(code, message) {
        super(message);
        this.name = 'MlDsa87Error';
        this.code = code;
    }
}
//# sourceMappingURL=mldsa87-api.js.map