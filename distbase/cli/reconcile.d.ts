/**
 * Brings a home back to voting whose validator has forgotten what it promised, together with too many others for the rest to take
 * them back: by what all of the homes know, while all stand still. `protocols/pbft/reconcile.ts` argues why that is safe.
 */
import type { Home } from './home.ts';
export interface Reconciliation {
    readonly home: string;
    readonly epoch: number;
    /** Validators whose logs are whole, those that have forgotten, and those of which nothing was given. */
    readonly whole: readonly string[];
    readonly forgetful: readonly string[];
    readonly absent: readonly string[];
    /** Whether something may be lost that was acknowledged: a whole quorum has forgotten. */
    readonly loss: boolean;
    /** The state that the home has, the slots above it of which its new log speaks, and how many of them committed. */
    readonly state: number;
    readonly slots: number;
    readonly committed: number;
    readonly view: number;
    readonly aside: string | null;
    readonly done: boolean;
}
/**
 * The caller holds the home's lock after this has looked at the others: `dirs` are their homes or copies, or a local
 * cluster's folder. Throws `bad-flag` where it is not the case for this, `home-in-use`, `diverged`.
 */
export declare function reconcileHome(home: Home, dirs: readonly string[], options: {
    readonly acceptLoss: boolean;
    readonly dryRun: boolean;
    readonly reason: string;
}): Promise<Reconciliation>;
//# sourceMappingURL=reconcile.d.ts.map