/**
 * Whether somebody with our own keys answers where others would dial us. Asked before we listen: then it is another
 * process, by the proof of a handshake.
 */
import { WebSocket } from 'ws';
import { MAX_HANDSHAKE_FRAME_BYTES } from '../core/limits.js';
import { Initiator } from '../crypto/handshake.js';
import { loadMac } from '../crypto/session.js';
/** One more than the greatest number that a handshake can name. */
const NOBODY = 0xffff;
/** Longest wait, ms, where the address swallows packets; usually nobody listens, and the system says so at once. */
const PATIENCE_MS = 500;
/** True only where the one who answers proves to hold our keys. Throws nothing. */
export async function answersAsUs({ chain, identity, url, verifier }) {
    const own = {
        ed25519: identity.ed25519.publicKey,
        mlDsa87: identity.mlDsa87.publicKey,
    };
    // Whatever number the other one gives, its keys must be ours.
    const validators = new Array(NOBODY).fill(own);
    const context = {
        chainId: chain.id,
        validators,
        verify: verifier.verifySync.bind(verifier),
        mac: await loadMac(),
    };
    const handshake = new Initiator(context, undefined, undefined);
    return new Promise((resolve) => {
        const socket = new WebSocket(`${url.replace(/\/$/, '')}/client`, {
            perMessageDeflate: false,
            maxPayload: MAX_HANDSHAKE_FRAME_BYTES,
            handshakeTimeout: PATIENCE_MS,
            followRedirects: false,
        });
        const end = (answer) => {
            clearTimeout(timer);
            socket.terminate();
            resolve(answer);
        };
        const timer = setTimeout(() => end(false), PATIENCE_MS);
        socket.on('error', () => end(false));
        socket.on('close', () => end(false));
        socket.on('open', () => socket.send(handshake.hello));
        socket.on('message', (reply) => end(typeof handshake.finish(new Uint8Array(reply)) !== 'string'));
    });
}
//# sourceMappingURL=own-address.js.map