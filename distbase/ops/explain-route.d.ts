/** Why a slot was slow, over HTTP. */
import type { AddRoute } from './routes.ts';
/** Adds `GET /explain?sequence=N`; 404 where the slot is too old, or nothing of it came here. */
export declare function addExplainRoute(route: AddRoute, explain: (sequence: number) => unknown): void;
//# sourceMappingURL=explain-route.d.ts.map