/** From the options of `Client.connect` to everything that a client is made of. */
import type { AppCodec } from '../apps/codec.ts';
import type { Chain, Genesis } from '../core/genesis.ts';
import type { Digest } from '../core/ids.ts';
import { type Stopwatch } from '../core/stopwatch.ts';
import type { HandshakeContext, HandshakeIdentity } from '../crypto/handshake.ts';
import { type Hasher } from '../crypto/hash.ts';
import type { KeyPair } from '../crypto/interface.ts';
import { Author } from './author.ts';
import { type ConnectOptions, type Limits } from './options.ts';
import { type Dial } from './socket.ts';
export interface Setup {
    readonly genesis: Genesis;
    readonly chain: Chain;
    readonly urls: readonly string[];
    readonly hasher: Hasher;
    readonly author: Author;
    readonly id: Digest;
    readonly codec: AppCodec;
    readonly limits: Limits;
    /** Its validators are those of the genesis, until others are proven. */
    readonly handshake: MutableContext;
    readonly dial: Dial;
    readonly stopwatch: Stopwatch;
}
export interface MutableContext extends HandshakeContext {
    validators: (HandshakeIdentity | undefined)[];
}
/** What a home holds for a client. */
export interface ClientHome {
    readonly genesis: Genesis;
    readonly urls: readonly string[];
    readonly key: KeyPair | undefined;
}
/** Throws `bad-request`, `bad-genesis`, `bad-key` or `home-missing`. */
export declare function prepare(options: ConnectOptions): Promise<Setup>;
export declare function identityOf(validator: Genesis['validators'][number]): HandshakeIdentity;
//# sourceMappingURL=prepare.d.ts.map