/** A WebSocket as the client needs it: Node's by `ws`, a browser's own. */
function dialBrowser(url, events) {
    const Constructor = globalThis.WebSocket;
    const socket = new Constructor(url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => events.opened();
    socket.onmessage = ({ data }) => {
        if (data instanceof ArrayBuffer)
            events.message(new Uint8Array(data));
        else
            socket.close();
    };
    // It says nothing that the close after it does not.
    socket.onerror = () => { };
    socket.onclose = ({ reason, code }) => events.closed(reason || `closed with code ${code ?? 'unknown'}`);
    return {
        send: (bytes) => socket.send(bytes),
        close: () => socket.close(),
        get bufferedBytes() {
            return socket.bufferedAmount;
        },
    };
}
/** `ws` in Node, since its sockets cost less per message than Node's own; elsewhere the platform's WebSocket. */
export async function platformDial() {
    const node = globalThis.process?.versions?.node;
    if (node === undefined)
        return dialBrowser;
    return (await import('./node-socket.js')).dialNode;
}
//# sourceMappingURL=socket.js.map