/**
 * A cluster of four real processes, the keys of one of them in our hands: validators 0 to 2 are honest and at work,
 * validator 3 is us.
 */
import { type MessageCodec } from '../../codec/message-codec.ts';
import type { AuthSetting } from '../../core/genesis.ts';
import type { ReplicaId } from '../../core/ids.ts';
import { SeededRandom } from '../../core/random.ts';
import { type Authenticator } from '../../crypto/authenticator.ts';
import type { HandshakeContext, HandshakeSelf } from '../../crypto/handshake.ts';
import { type Identity } from '../../crypto/keys.ts';
import type { StatusDocument } from '../../ops/status.ts';
import { type PbftMessage } from '../../protocols/pbft/messages.ts';
import { type BatchDigests } from '../../replica/batch-digest.ts';
import { LocalCluster } from '../cluster.ts';
import { type Home } from '../home.ts';
import { Line, type Origin, type Tcp } from './line.ts';
export declare const TRAITOR = 3;
/** Counters of the honest validators, summed. */
export type Counts = ReadonlyMap<string, number>;
export declare class Scene {
    readonly cluster: LocalCluster;
    readonly home: Home;
    /** The handshakes' view of who is who, the true one. */
    readonly context: HandshakeContext;
    /** We, as validator 3, and somebody whom nobody knows under its number. */
    readonly self: HandshakeSelf;
    readonly unknown: HandshakeSelf;
    /** Messages as PBFT has them, and signatures in our name. */
    readonly codec: MessageCodec<PbftMessage>;
    readonly authenticator: Authenticator;
    readonly digests: BatchDigests;
    /** A client's keys of our own. */
    readonly client: Identity;
    readonly random: SeededRandom;
    /** Connections of ours that the honest ended. */
    ended: number;
    private readonly lines;
    private readonly folder;
    private serial;
    private constructor();
    static open(auth: AuthSetting): Promise<Scene>;
    close(): Promise<void>;
    get honest(): readonly ReplicaId[];
    url(id: ReplicaId): string;
    /** Each time another one of the honest. */
    next(): ReplicaId;
    noise(length: number): Uint8Array;
    digest(): string;
    /** Our session as validator 3 with one of them; made anew where it ended. */
    line(id: ReplicaId): Promise<Line>;
    /** Waits until the honest ended a connection, and counts that. */
    expectEnd(line: Line | Tcp, waitMs?: number): Promise<void>;
    stranger(door: 'peer' | 'client', origin?: Origin): Promise<Line>;
    /** Items as validator 3, to all of the honest; waits while our own socket is full. */
    say(items: readonly Uint8Array[], to?: readonly ReplicaId[]): Promise<void>;
    /** A payload as validator 3 to one of them, whatever it is. */
    payload(bytes: Uint8Array): Promise<void>;
    /** A signed message as an item. */
    signed(message: PbftMessage, from?: ReplicaId, spoil?: boolean): Uint8Array;
    hangUp(): void;
    counts(): Promise<Counts>;
    statuses(): Promise<StatusDocument[]>;
    /** A validator without a core of its own answers late. */
    private patient;
    /** What the hungriest of the honest holds, bytes. */
    residentBytes(): Promise<number>;
    /** The same keys under another genesis. */
    otherChain(): HandshakeContext;
}
export declare function selfOf(id: number, identity: Identity): Promise<HandshakeSelf>;
//# sourceMappingURL=scene.d.ts.map