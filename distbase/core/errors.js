/** An error with a stable code. */
export class LockstepError extends Error {
    name = 'LockstepError';
    code;
    constructor(code, message, options) {
        super(message, options);
        this.code = code;
    }
}
//# sourceMappingURL=errors.js.map