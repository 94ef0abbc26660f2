/** A socket whose frames leave later, in order: a long line in place of the loopback, for tests and benchmarks. */
import type { Socket } from './socket.ts';
export declare function slowed(socket: Socket, delayMs: number): Socket;
//# sourceMappingURL=slowed.d.ts.map