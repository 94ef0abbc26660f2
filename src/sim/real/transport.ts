/** The transport's twin: frames of real bytes over the simulated network. Its sessions are as good as their MACs. */

import { createFrameDecoder, encodeFrame, PEER_FRAME_LIMITS } from '../../codec/frame.ts';
import type { ReplicaId } from '../../core/ids.ts';
import type { SeededRandom } from '../../core/random.ts';
import { STATE_PIECES_ITEM } from '../../replica/state-items.ts';
import type { Item, Transport, TransportHandlers, TransportStats } from '../../transport/interface.ts';
import type { Network } from '../network.ts';

/** What travels: a payload with the identity that the session proves. */
export interface Packet {
  readonly from: ReplicaId;
  readonly payload: Uint8Array;
}

export const FRAME = 0;

export interface SimTransportOptions {
  readonly self: ReplicaId;
  /** Its own address, and the addresses of each replica. */
  readonly port: number;
  readonly ports: readonly (readonly number[])[];
  readonly network: Network;
  /** Spoils some of what it sends: then it belongs to a liar. */
  readonly spoil?: SeededRandom | undefined;
  /** Puts something else in place of what it sends: then it belongs to a liar. */
  readonly mangle?: ((item: Item, to: ReplicaId) => Item) | undefined;
  /** Spoils some of the pieces of a state that it gives, and keeps some back. */
  readonly keepBack?: SeededRandom | undefined;
  readonly sent: (to: ReplicaId, items: number, bytes: number) => void;
  /** Told all that leaves, before it may be spoilt. */
  readonly said?: ((items: readonly Item[]) => void) | undefined;
}

/** Whether an item is an array of four that begins with the kind of an answer with pieces. */
const isPieces = (item: Item): boolean => item[0] === 0x94 && item[1] === STATE_PIECES_ITEM;

export class SimTransport implements Transport {
  readonly #o: SimTransportOptions;
  readonly #queues: Item[][];
  readonly #decode = createFrameDecoder(PEER_FRAME_LIMITS);
  readonly #stats: TransportStats;
  #handlers: TransportHandlers | undefined;

  constructor(options: SimTransportOptions) {
    this.#o = options;
    const n = options.ports.length;
    this.#queues = Array.from({ length: n }, () => []);
    const none = {
      framesIn: 0,
      framesOut: 0,
      bytesIn: 0,
      bytesOut: 0,
      dropped: 0,
      reconnects: 0,
      clients: 0,
    };
    this.#stats = { ...none, peers: new Array(n).fill(0), server: 'simulated' };
  }

  start(handlers: TransportHandlers): Promise<void> {
    this.#handlers = handlers;
    return Promise.resolve();
  }

  send(to: ReplicaId, item: Item): void {
    // The item may lie in a buffer that is used again, and leaves only at the end of the turn.
    if (to === this.#o.self) return;
    const { keepBack } = this.#o;
    const copy = item.slice();
    if (keepBack !== undefined && isPieces(item)) {
      const mood = keepBack.float();
      if (mood < 0.25) return;
      if (mood < 0.75) copy[keepBack.below(copy.length)]! ^= 1 << keepBack.below(8);
    }
    this.#queues[to]!.push(copy);
  }

  broadcast(item: Item): void {
    for (let to = 0; to < this.#queues.length; to++) this.send(to, item);
  }

  flush(): void {
    const { self, port, ports, network, sent, said } = this.#o;
    for (const [to, queue] of this.#queues.entries()) {
      if (queue.length === 0) continue;
      said?.(queue);
      const payload = encodeFrame(queue.map((item) => this.#spoilt(item, to)));
      this.#stats.framesOut++;
      this.#stats.bytesOut += payload.length;
      sent(to, queue.length, payload.length);
      queue.length = 0;
      for (const address of ports[to]!) network.send(port, address, FRAME, { from: self, payload });
    }
  }

  /** A frame arrives. */
  receive({ from, payload }: Packet): void {
    this.#stats.framesIn++;
    this.#stats.bytesIn += payload.length;
    const items = this.#decode(payload);
    if (typeof items === 'string') this.#handlers!.rejected(items, from, 'simulated');
    else this.#handlers!.peerFrame(from, items);
  }

  #spoilt(item: Item, to: ReplicaId): Item {
    const { spoil, mangle } = this.#o;
    if (mangle !== undefined) return mangle(item, to);
    if (spoil === undefined || !spoil.chance(0.2)) return item;
    const at = spoil.below(item.length);
    item[at]! ^= 1 << spoil.below(8);
    return item;
  }

  route(): void {}

  setPeers(): void {}

  setBlocked(peer: ReplicaId, blocked: boolean): void {
    if (blocked) this.#o.network.cut(this.#o.port, peer);
    else this.#o.network.mend();
  }

  stats(): TransportStats {
    return this.#stats;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}
