/** What a validator answers over HTTP, hung on a server that is handed in. */

import type { Genesis } from '../core/genesis.ts';
import type { Metrics } from './metrics.ts';
import { type StatusSource, statusDocument } from './status.ts';

/** What a route answers; the shape of the transport's own type. */
export interface OpsReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export type AddRoute = (
  path: string,
  handler: (query: URLSearchParams) => OpsReply | Promise<OpsReply>,
) => void;

const JSON_TYPE = 'application/json; charset=utf-8';

/** Voting now: in an active view, with enough peers connected to make a quorum. */
function isHealthy(source: StatusSource): { ok: boolean; reason: string } {
  const { machine, transport, halted } = source.state();
  const { quorum, self } = source.facts;
  if (halted) return { ok: false, reason: halted };
  if (!machine.active) return { ok: false, reason: `view ${machine.view} is not active yet` };
  const reachable = 1 + transport.peers.filter((backlog, id) => id !== self && backlog >= 0).length;
  if (reachable < quorum)
    return { ok: false, reason: `${reachable} validators reachable, ${quorum} make a quorum` };
  return { ok: true, reason: 'ok' };
}

/**
 * Adds `GET /status` (a `StatusDocument`), `GET /genesis` (the genesis, and the validators' addresses by id as this
 * one knows them), `GET /healthz` (200 while this validator can vote, else 503 and why) and, where metrics are
 * wanted, `GET /metrics` (Prometheus text format).
 */
export function addOpsRoutes(
  route: AddRoute,
  source: StatusSource,
  chain: { readonly genesis: Genesis; readonly urls: readonly string[] },
  metrics: Metrics | undefined,
): void {
  const genesis = JSON.stringify({ genesis: chain.genesis, validators: chain.urls });
  route('/genesis', () => ({ status: 200, contentType: JSON_TYPE, body: genesis }));
  route('/status', () => ({
    status: 200,
    contentType: JSON_TYPE,
    body: JSON.stringify(statusDocument(source)),
  }));
  route('/healthz', () => {
    const { ok, reason } = isHealthy(source);
    return { status: ok ? 200 : 503, contentType: JSON_TYPE, body: JSON.stringify({ ok, reason }) };
  });
  if (metrics) {
    route('/metrics', async () => ({
      status: 200,
      contentType: metrics.contentType,
      body: await metrics.text(),
    }));
  }
}
