/** What a validator answers over HTTP, hung on a server that is handed in. */
import type { Genesis } from '../core/genesis.ts';
import type { Metrics } from './metrics.ts';
import { type StatusSource } from './status.ts';
/** What a route answers; the shape of the transport's own type. */
export interface OpsReply {
    readonly status: number;
    readonly contentType: string;
    readonly body: string;
}
export type AddRoute = (path: string, handler: (query: URLSearchParams) => OpsReply | Promise<OpsReply>) => void;
/**
 * Adds `GET /status` (a `StatusDocument`), `GET /genesis` (the genesis, and the validators' addresses by id as this
 * one knows them), `GET /validators` (the set of now, `MembershipFigures`), `GET /epochs?above=N` (what proves the sets of
 * the epochs above N, in base64, oldest first), `GET /healthz` (200 while the process answers: for who restarts it), `GET /readyz` (200 while this
 * validator votes and has caught up, else 503 and why: for who sends it work or restarts the next one) and, where
 * metrics are wanted, `GET /metrics` (Prometheus text format).
 */
export declare function addOpsRoutes(route: AddRoute, source: StatusSource, chain: {
    readonly genesis: Genesis;
    readonly urls: readonly string[];
}, metrics: Metrics | undefined, epochs?: (above: number) => readonly Uint8Array[]): void;
//# sourceMappingURL=routes.d.ts.map