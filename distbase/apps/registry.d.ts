/** All applications by name: what a validator, a tool and the simulator need. */
import type { Hasher } from '../crypto/hash.ts';
import type { AppCodec } from './codec.ts';
import type { StateMachine } from './interface.ts';
import type { AppParams } from './params.ts';
export interface AppDefinition extends AppCodec {
    /** The application at genesis. Throws `bad-genesis` where the parameters do not hold. */
    create(params: AppParams, hasher: Hasher): StateMachine;
}
/** Throws `bad-genesis` where there is no such application. */
export declare function applicationByName(name: string): AppDefinition;
//# sourceMappingURL=registry.d.ts.map