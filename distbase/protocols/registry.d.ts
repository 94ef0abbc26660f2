/** The protocols that a genesis may name. */
import type { AnyMessage, Protocol } from '../core/machine.ts';
/** The protocol of that name, or undefined. */
export declare function protocolByName(name: string): Protocol<AnyMessage, AnyMessage> | undefined;
export declare function protocolNames(): string[];
//# sourceMappingURL=registry.d.ts.map