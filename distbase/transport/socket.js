/** What the two WebSocket libraries have in common, as far as frames are concerned. */
/** Silence after which a connection counts as dead, ms; both sides ping well before. */
export const SILENCE_MS = 32_000;
export const PING_MS = 10_000;
//# sourceMappingURL=socket.js.map