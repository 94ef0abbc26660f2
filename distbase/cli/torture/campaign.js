/** One kind of campaign, and what comes of it. */
import { performance } from 'node:perf_hooks';
import { Arena } from './arena.js';
const LEDGER = { app: 'ledger', cuts: false };
/** Runs a campaign on a cluster of its own, and settles its books. Throws the signal's reason where it is told to stop. */
export async function runCampaign(campaign, settings, progress, signal) {
    const arena = await Arena.open(settings, campaign.ground ?? LEDGER, progress, signal);
    const startedMs = performance.now();
    try {
        let figures = {};
        try {
            figures = await campaign.run(arena);
            await arena.finish();
        }
        catch (error) {
            signal.throwIfAborted();
            arena.failures.push(error instanceof Error ? error.message : String(error));
        }
        const { load, votes, sampler, failures } = arena;
        return {
            campaign: campaign.name,
            protocol: settings.protocol,
            runs: settings.runs,
            seed: settings.seed,
            seconds: (performance.now() - startedMs) / 1000,
            standstillSeconds: arena.standstill.totalMs / 1000,
            figures,
            acknowledged: load.acknowledged,
            unknown: load.unknown,
            throughputTps: load.ratePerSecond,
            p50Ms: load.latency.percentile(50),
            p99Ms: load.latency.percentile(99),
            maxMs: load.latency.percentile(100),
            votesAudited: votes.votes,
            viewChanges: sampler.viewChanges(),
            ...sampler.summary(),
            failures,
        };
    }
    finally {
        progress.clear();
        await arena.close();
    }
}
//# sourceMappingURL=campaign.js.map