/** The Node half of `socket.ts`; loaded only there. */
import type { Socket, SocketEvents } from './socket.ts';
export declare function dialNode(url: string, events: SocketEvents): Socket;
//# sourceMappingURL=node-socket.d.ts.map