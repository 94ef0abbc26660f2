/** Clients' connections: sessions of people without a name, each bounded, and all of them together. */
import type { RejectionCode } from '../core/errors.ts';
import { type Stopwatch } from '../core/stopwatch.ts';
import type { Session } from '../crypto/session.ts';
import { Channel, type FrameBuilder, type Traffic } from './channel.ts';
import type { ClientSession, Item } from './interface.ts';
import type { Socket, SocketListener } from './socket.ts';
export interface ClientDoorOptions {
    readonly traffic: Traffic;
    readonly maxClients: number;
    readonly stopwatch: Stopwatch;
    /** Something waits for the end of the turn. */
    dirty(): void;
    frame(session: ClientSession, items: readonly unknown[]): void;
    down(session: ClientSession): void;
    rejected(code: RejectionCode, remote: string): void;
}
export declare class ClientDoor {
    readonly sessions: Set<Client>;
    private readonly decode;
    private readonly options;
    private readonly waiting;
    private backlogBytes;
    private lastId;
    constructor(options: ClientDoorOptions);
    admit(socket: Socket, session: Session): SocketListener | undefined;
    /** False where the client was cut off. */
    push(client: Client, item: Item): boolean;
    flush(builder: FrameBuilder): void;
    closeAll(): void;
    /** Once per client, whichever side ended it. */
    gone(client: Client): void;
    private account;
    private message;
    private opened;
    private handle;
}
export declare class Client implements ClientSession {
    readonly id: number;
    readonly remote: string;
    readonly channel: Channel;
    open: boolean;
    heldBytes: number;
    private readonly door;
    constructor(id: number, channel: Channel, door: ClientDoor);
    send(item: Item): boolean;
    close(): void;
}
//# sourceMappingURL=client-door.d.ts.map