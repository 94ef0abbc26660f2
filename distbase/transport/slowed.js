/** A socket whose frames leave later, in order: a long line in place of the loopback, for tests and benchmarks. */
/** Timers run out up to this much early. */
const EARLY_MS = 0.5;
export function slowed(socket, delayMs) {
    if (delayMs <= 0)
        return socket;
    const queue = [];
    let bytes = 0;
    let open = true;
    let lost = false;
    const release = () => {
        const nowMs = performance.now();
        while (open && queue.length > 0 && queue[0].dueMs <= nowMs + EARLY_MS) {
            const { frame } = queue.shift();
            bytes -= frame.length;
            if (!socket.send(frame))
                lost = true;
        }
        if (open && queue.length > 0)
            setTimeout(release, queue[0].dueMs - nowMs);
    };
    return {
        remote: socket.remote,
        // It keeps a copy of its own until the frame leaves.
        copies: true,
        stable: socket.stable,
        send(frame) {
            queue.push({ dueMs: performance.now() + delayMs, frame: frame.slice() });
            bytes += frame.length;
            if (queue.length === 1)
                setTimeout(release, delayMs);
            return !lost;
        },
        buffered: () => bytes + socket.buffered(),
        close() {
            open = false;
            socket.close();
        },
    };
}
//# sourceMappingURL=slowed.js.map