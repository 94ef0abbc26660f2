/** Why a port could not be had, in words that say what to do. */
import { createServer } from 'node:net';
import { LockstepError } from '../core/errors.js';
export function listenError(host, port, code) {
    const where = `${host}:${port}`;
    if (code === 'EADDRINUSE')
        return new LockstepError('port-taken', `${where} is in use; stop what listens there, or choose another port`);
    if (code === 'EACCES')
        return new LockstepError('bad-config', `not allowed to listen on ${where}; choose a port above 1023`);
    return new LockstepError('bad-config', `cannot listen on ${where} (${code ?? 'unknown reason'}); the address must be one of this machine's`);
}
/** Tries the address with Node's own server to learn why another library could not have it. */
export function diagnose(host, port) {
    return new Promise((resolve) => {
        const probe = createServer();
        probe.once('error', (error) => resolve(listenError(host, port, error.code)));
        probe.listen({ host, port, exclusive: true }, () => {
            // Free by now: whoever had it has gone, and a second start will do.
            probe.close(() => resolve(listenError(host, port, 'EADDRINUSE')));
        });
    });
}
//# sourceMappingURL=listen-error.js.map