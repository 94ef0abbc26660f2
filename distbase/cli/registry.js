/** The commands. Each is imported only when it runs, so that `lockstep --help` costs nothing. */
// biome-ignore format: one command a line
export const COMMANDS = {
    demo: { summary: 'show a cluster at work, its figures beside their targets', load: () => load(import('./commands/demo.js')) },
    testnet: { summary: 'start a local cluster of real processes', load: () => load(import('./commands/testnet.js')) },
    keygen: { summary: 'make a key file', load: () => load(import('./commands/keygen.js')) },
    init: { summary: "make one validator's home", load: () => load(import('./commands/init.js')) },
    start: { summary: 'run the validator of a home', load: () => load(import('./commands/start.js')) },
    submit: { summary: 'send one transaction and wait for its result', load: () => load(import('./commands/submit.js')) },
    query: { summary: 'read the state', load: () => load(import('./commands/query.js')) },
    status: { summary: 'show what validators say about themselves', load: () => load(import('./commands/status.js')) },
    block: { summary: 'show a slot of the ledger', load: () => load(import('./commands/block.js')) },
    tx: { summary: 'show a transaction and its result', load: () => load(import('./commands/tx.js')) },
    history: { summary: 'list the transactions of a client', load: () => load(import('./commands/history.js')) },
    prove: { summary: 'export a proof that anybody with the genesis can check', load: () => load(import('./commands/prove.js')) },
    verify: { summary: 'check a whole ledger, or a portable proof', load: () => load(import('./commands/verify.js')) },
    inspect: { summary: 'show what a home holds, without starting it', load: () => load(import('./commands/inspect.js')) },
    repair: { summary: 'mend the damaged files of a home', load: () => load(import('./commands/repair.js')) },
    validators: { summary: 'show and change the validator set', load: () => load(import('./commands/validators.js')) },
    rejoin: { summary: 'bring a validator back whose vote log is lost or damaged', load: () => load(import('./commands/rejoin.js')) },
    rollback: { summary: "take a home's state back to a certified checkpoint", load: () => load(import('./commands/rollback.js')) },
    snapshot: { summary: 'take a certified state from one home to another, in a file', load: () => load(import('./commands/snapshot.js')) },
    health: { summary: 'say whether a validator votes, for supervisors and containers', load: () => load(import('./commands/health.js')) },
    bench: { summary: 'measure latency, throughput, or the floor; compare protocols', load: () => load(import('./commands/bench.js')) },
    explain: { summary: 'show whose messages a slot waited for', load: () => load(import('./commands/explain.js')) },
    guard: { summary: 'show or export the addresses that a validator refuses', load: () => load(import('./commands/guard.js')) },
    evidence: { summary: 'list, export, check and submit proofs that a validator contradicted itself', load: () => load(import('./commands/evidence.js')) },
    sim: { summary: 'attack the protocols by seed, in simulated worlds', load: () => load(import('./commands/sim.js')) },
    torture: { summary: 'pull plugs on a cluster of real processes, and audit what is left', load: () => load(import('./commands/torture.js')) },
    attack: { summary: 'attack a cluster of real processes over its sockets, and show what came of it', load: () => load(import('./commands/attack.js')) },
    fuzz: { summary: 'throw changed frames at everything that reads bytes of others', load: () => load(import('./commands/fuzz.js')) },
    soak: { summary: 'run millions of transactions, and show that disk and memory level off', load: () => load(import('./commands/soak.js')) },
    profile: { summary: 'show where the time of cryptography goes', load: () => load(import('./commands/profile.js')) },
};
/** Forgets a command's option types, which only the command itself knows. */
async function load(module) {
    return (await module);
}
//# sourceMappingURL=registry.js.map