/** A WebSocket as the client needs it: Node's by `ws`, a browser's own. */

export interface SocketEvents {
  opened(): void;
  /** One binary message. Text is never sent by a validator; it ends the connection. */
  message(bytes: Uint8Array): void;
  /** Once, whether it was open or not. */
  closed(reason: string): void;
}

export interface Socket {
  /** The bytes may be reused once this returns. */
  send(bytes: Uint8Array): void;
  close(): void;
  /** Bytes that were sent and are not on the wire. */
  readonly bufferedBytes: number;
}

export type Dial = (url: string, events: SocketEvents) => Socket;

interface BrowserSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  send(bytes: Uint8Array): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { reason?: string; code?: number }) => void) | null;
  onerror: (() => void) | null;
}

function dialBrowser(url: string, events: SocketEvents): Socket {
  const Constructor = (globalThis as unknown as { WebSocket: new (url: string) => BrowserSocket }).WebSocket;
  const socket = new Constructor(url);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => events.opened();
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer) events.message(new Uint8Array(data));
    else socket.close();
  };
  // It says nothing that the close after it does not.
  socket.onerror = () => {};
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
export async function platformDial(): Promise<Dial> {
  const node = (globalThis as { process?: { versions?: { node?: string } } }).process?.versions?.node;
  if (node === undefined) return dialBrowser;
  return (await import('./node-socket.ts')).dialNode;
}
