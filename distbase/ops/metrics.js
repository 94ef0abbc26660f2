/**
 * Prometheus metrics: a table of names, hence long. Nothing is counted here: every value is read from the telemetry and the running parts when
 * somebody scrapes, so that metrics cost nothing in between.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Scrape } from './scrape.js';
const HEALTH = ['healthy', 'degraded', 'unreliable', 'suspicious', 'quarantined'];
const share = (part, whole) => (whole === 0 ? 0 : part / whole);
function addConsensus(scrape) {
    const { telemetry: t, facts } = scrape.source;
    const state = () => scrape.state;
    scrape.counter('consensus_proposals_sent_total', 'Batches proposed as primary.', () => t.proposalsSent);
    scrape.counter('consensus_prepares_sent_total', 'Votes for a proposal sent: PREPAREs, or the only votes that the protocol has.', () => t.preparesSent);
    scrape.counter('consensus_commits_sent_total', 'Votes sent that follow a quorum of the first ones: COMMITs.', () => t.commitsSent);
    scrape.counters('consensus_messages_sent_total', 'Messages of the protocol sent, by type.', 'type', () => t.messagesSent.entries());
    scrape.counter('consensus_finalized_total', 'Slots executed.', () => t.finalizedSlots);
    scrape.counter('consensus_finalized_transactions_total', 'Transactions executed.', () => t.finalizedTransactions);
    scrape.counter('consensus_fast_path_total', 'Slots committed without the commit phase.', () => t.fastPath);
    scrape.gauge('consensus_fast_path_share', 'Share of slots committed without the commit phase, 0 to 1.', () => share(t.fastPath, t.finalizedSlots));
    scrape.counter('consensus_view_changes_total', 'Views entered after the first.', () => t.viewChanges);
    scrape.counter('consensus_view_change_messages_sent_total', 'Requests to leave a view sent: VIEW-CHANGEs, timeouts.', () => t.viewChangesSent);
    scrape.counter('consensus_checkpoints_total', 'Checkpoints that became stable.', () => t.checkpoints);
    scrape.counter('consensus_state_transfers_total', 'States fetched from others and installed.', () => t.stateTransfers);
    scrape.counter('consensus_divergences_total', 'Checkpoints at which the state here was not the certified one.', () => t.divergences);
    scrape.counter('consensus_rollbacks_total', 'Returns to the last certified checkpoint.', () => t.rollbacks);
    scrape.counters('state_pieces_false_total', 'Pieces of a state that did not hold.', 'peer', () => [...t.falsePieces.entries()].map(([id, count]) => [facts.names[Number(id)] ?? id, count]));
    scrape.counter('state_bytes_taken_total', 'Bytes of states fetched from others.', () => t.stateBytesTaken);
    scrape.counter('state_bytes_served_total', 'Bytes of states given to others.', () => t.stateBytesServed);
    scrape.gauge('state_transfer_share', 'How much of the state being fetched is known, 0 to 1; 1 where none is.', () => state().transfer?.share ?? 1);
    scrape.gauge('consensus_current_view', 'The view.', () => state().machine.view);
    scrape.gauge('consensus_view_active', '1 in an active view, 0 in a view change.', () => Number(state().machine.active));
    scrape.gauge('consensus_current_sequence', 'The last executed slot.', () => state().executed.sequence);
    scrape.gauge('consensus_stable_checkpoint_sequence', 'The last stable checkpoint.', () => state().checkpoint.sequence);
    scrape.gauge('consensus_is_primary', '1 where this validator is the primary.', () => Number(state().machine.primary === facts.self));
    scrape.gauge('consensus_epoch', 'The validator set, by its number.', () => state().membership.epoch);
    scrape.gauge('consensus_validators', 'Validators in the set.', () => facts.n);
    scrape.gauge('consensus_voting', '1 while this validator has a vote, 0 while it does not (see /healthz).', () => Number(state().halted === undefined));
    scrape.gauge('consensus_view_change_timeout_ms', 'Time without progress before a view change, ms.', () => state().machine.timeoutMs);
    scrape.gauge('consensus_slots_in_flight', 'Slots proposed and not yet delivered.', () => state().machine.inFlight);
    scrape.counters('consensus_byzantine_violations_total', 'Provable misbehaviour of peers.', 'kind', () => t.violations.entries());
    const peers = () => scrape.state.conduct ?? [];
    const named = (id) => facts.names[id] ?? String(id);
    scrape.countersBy('peer_detections_total', 'What peers were found at.', ['peer', 'kind'], () => peers().flatMap(({ id, detections }) => Object.entries(detections).map(([kind, count]) => [[named(id), kind], count])));
    scrape.gauges('peer_reputation', 'What this validator thinks of a peer, 0 to 1.', 'peer', () => peers().map(({ id, score }) => [named(id), score]));
    scrape.gauges('peer_health', 'Health of a peer: 0 healthy, 1 degraded, 2 unreliable, 3 suspicious, 4 quarantined.', 'peer', () => peers().map(({ id, judgement }) => [named(id), HEALTH.indexOf(judgement.health)]));
    scrape.gauges('peer_participation', 'Share of the last slots that a peer voted in, 0 to 1.', 'peer', () => peers().map(({ id, participation }) => [named(id), participation]));
    scrape.gauges('peer_answer_ms', "Median time to a peer's vote, ms.", 'peer', () => peers().map(({ id, medianAnswerMs }) => [named(id), medianAnswerMs ?? 0]));
    scrape.gauge('consensus_banned_nodes', 'Peers throttled to their floor.', () => state().banned.length);
    scrape.histogram('consensus_finality_time_ms', 'From arrival of the oldest transaction of a slot to its execution, ms.', () => t.finalityMs);
    scrape.histogram('consensus_batch_size', 'Transactions per executed slot.', () => t.batchSize);
}
function addNetwork(scrape) {
    const { telemetry: t, facts } = scrape.source;
    const net = () => scrape.state.transport;
    function* perPeer(value) {
        for (const [id, name] of facts.names.entries())
            if (name !== undefined && id !== facts.self)
                yield [name, value(net().peers[id] ?? -1)];
    }
    scrape.gauges('peer_connected', '1 where the peer is connected.', 'peer', () => perPeer((backlog) => Number(backlog >= 0)));
    scrape.gauges('peer_backlog_bytes', 'Bytes queued for the peer.', 'peer', () => perPeer((backlog) => Math.max(0, backlog)));
    scrape.counter('messages_lost_total', 'Messages dropped because a peer was not connected or its queue was full.', () => net().dropped);
    scrape.counter('messages_retransmitted_total', 'Messages sent again because they may have been lost.', () => t.retransmissions);
    scrape.counter('messages_received_total', 'Messages of peers that were decoded.', () => t.messagesReceived);
    scrape.counter('messages_skipped_total', 'Messages whose signature no longer mattered.', () => t.messagesSkipped);
    scrape.counters('messages_rejected_total', 'What was not taken from peers and clients.', 'code', () => t.rejections.entries());
    scrape.counter('batches_fetched_total', 'Batches fetched by digest.', () => t.batchesFetched);
    scrape.counter('transport_frames_received_total', 'Frames received.', () => net().framesIn);
    scrape.counter('transport_frames_sent_total', 'Frames sent.', () => net().framesOut);
    scrape.counter('transport_bytes_received_total', 'Bytes received.', () => net().bytesIn);
    scrape.counter('transport_bytes_sent_total', 'Bytes sent.', () => net().bytesOut);
    scrape.counter('transport_reconnects_total', 'Connections to peers made again.', () => net().reconnects);
    scrape.gauge('client_connections', 'Clients connected.', () => net().clients);
}
function addWork(scrape) {
    const { telemetry: t } = scrape.source;
    const verifier = () => scrape.state.verifier;
    scrape.gauge('mempool_transactions', 'Transactions waiting to be ordered.', () => scrape.state.mempool.transactions);
    scrape.gauge('mempool_bytes', 'Their bytes.', () => scrape.state.mempool.bytes);
    scrape.counter('transactions_received_total', 'Transactions received from clients and peers.', () => t.transactionsReceived);
    scrape.counter('transactions_repeated_total', 'Those that were known already.', () => t.transactionsRepeated);
    scrape.counter('transactions_failed_total', "Those that executed with the application's error.", () => t.transactionsFailed);
    scrape.gauge('verifier_threads', 'Threads that check signatures; 0: all inline.', () => verifier().threads);
    scrape.gauge('verifier_queue_items', 'Signatures waiting for a thread.', () => verifier().queued);
    scrape.counter('verifier_inline_total', 'Signatures checked on the main thread.', () => verifier().inline);
    scrape.counter('verifier_pooled_total', 'Signatures checked on threads.', () => verifier().pooled);
    scrape.counter('verifier_failed_total', 'Signatures that did not hold.', () => verifier().failed);
    scrape.gauge('verifier_cache_keys', 'Prepared keys kept now.', () => verifier().cacheKeys);
    scrape.counter('verifier_cache_hits_total', 'Checks that found their key prepared.', () => verifier().cacheHits);
    scrape.counter('verifier_cache_misses_total', 'Checks that did not.', () => verifier().cacheMisses);
    scrape.gauge('verifier_cache_hit_rate', 'Share of checks that found their key prepared, 0 to 1.', () => share(verifier().cacheHits, verifier().cacheHits + verifier().cacheMisses));
    scrape.histogram('verifier_batch_size', 'Signatures handed to the verifier at once.', () => t.verifyBatch);
    scrape.counter('vote_log_records_total', 'Records appended to the vote log.', () => t.logRecords);
    scrape.counter('vote_log_flushes_total', 'Writes of the vote log.', () => t.logFlushes);
    scrape.histogram('vote_log_sync_ms', 'What a sync of the vote log took, ms.', () => t.logSyncMs);
}
function addEventLoop(scrape, delay) {
    const ms = (nanoseconds) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e6 : 0);
    scrape.gauges('event_loop_lag_ms', 'Delay of the event loop since the last scrape, ms.', 'quantile', function* () {
        yield ['0.5', ms(delay.percentile(50))];
        yield ['0.99', ms(delay.percentile(99))];
        yield ['1', ms(delay.max)];
        delay.reset();
    });
}
/** Makes the registry of one validator. Call `close` when it ends. */
export function createMetrics(source) {
    const registry = new Registry();
    registry.setDefaultLabels({
        validator: source.facts.name,
    });
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const scrape = new Scrape(source, registry);
    addConsensus(scrape);
    addNetwork(scrape);
    addWork(scrape);
    addEventLoop(scrape, delay);
    collectDefaultMetrics({ register: registry });
    return {
        contentType: registry.contentType,
        async text() {
            scrape.state = source.state();
            return registry.metrics();
        },
        close() {
            delay.disable();
            registry.clear();
        },
    };
}
//# sourceMappingURL=metrics.js.map