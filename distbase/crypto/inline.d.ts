/** A verifier without threads: what the client uses, and what a pool falls back on. Runs in a browser too. */
import type { SuiteName, Verifier, VerifierOptions, VerifierStats, VerifyItem } from './interface.ts';
import { Bench } from './judge.ts';
/** Most keys kept expanded that were never given to `prepare`, per suite: 256 take about 16 MiB and 20 MiB. */
export declare const DEFAULT_CACHE_KEYS = 256;
export declare class InlineVerifier implements Verifier {
    #private;
    constructor(bench: Bench);
    verify(items: readonly VerifyItem[]): Promise<Uint8Array>;
    verifySync(item: VerifyItem): boolean;
    costUs(item: VerifyItem): number;
    prepare(suite: SuiteName, publicKey: Uint8Array): void;
    stats(): VerifierStats;
    close(): Promise<void>;
}
export declare function createInlineVerifier(options?: Pick<VerifierOptions, 'cache'>): Promise<InlineVerifier>;
//# sourceMappingURL=inline.d.ts.map