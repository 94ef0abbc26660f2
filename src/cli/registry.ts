/** The commands. Each is imported only when it runs, so that `lockstep --help` costs nothing. */

import type { Command } from './command.ts';

interface Entry {
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

// biome-ignore format: one command a line
export const COMMANDS: { readonly [name: string]: Entry } = {
  demo: { summary: 'show a cluster at work, its figures beside their targets', load: () => load(import('./commands/demo.ts')) },
  testnet: { summary: 'start a local cluster of real processes', load: () => load(import('./commands/testnet.ts')) },
  keygen: { summary: 'make a key file', load: () => load(import('./commands/keygen.ts')) },
  init: { summary: "make one validator's home", load: () => load(import('./commands/init.ts')) },
  start: { summary: 'run the validator of a home', load: () => load(import('./commands/start.ts')) },
  submit: { summary: 'send one transaction and wait for its result', load: () => load(import('./commands/submit.ts')) },
  query: { summary: 'read the state', load: () => load(import('./commands/query.ts')) },
  status: { summary: 'show what validators say about themselves', load: () => load(import('./commands/status.ts')) },
  block: { summary: 'show a slot of the ledger', load: () => load(import('./commands/block.ts')) },
  tx: { summary: 'show a transaction and its result', load: () => load(import('./commands/tx.ts')) },
  history: { summary: 'list the transactions of a client', load: () => load(import('./commands/history.ts')) },
  prove: { summary: 'export a proof that anybody with the genesis can check', load: () => load(import('./commands/prove.ts')) },
  verify: { summary: 'check a whole ledger, or a portable proof', load: () => load(import('./commands/verify.ts')) },
  inspect: { summary: 'show what a home holds, without starting it', load: () => load(import('./commands/inspect.ts')) },
  repair: { summary: 'mend the damaged files of a home', load: () => load(import('./commands/repair.ts')) },
  validators: { summary: 'show and change the validator set', load: () => load(import('./commands/validators.ts')) },
  rejoin: { summary: 'bring a validator back whose vote log is lost or damaged', load: () => load(import('./commands/rejoin.ts')) },
  rollback: { summary: "take a home's state back to a certified checkpoint", load: () => load(import('./commands/rollback.ts')) },
  snapshot: { summary: 'take a certified state from one home to another, in a file', load: () => load(import('./commands/snapshot.ts')) },
  health: { summary: 'say whether a validator votes, for supervisors and containers', load: () => load(import('./commands/health.ts')) },
  bench: { summary: 'measure latency, throughput, or the floor; compare protocols', load: () => load(import('./commands/bench.ts')) },
  explain: { summary: 'show whose messages a slot waited for', load: () => load(import('./commands/explain.ts')) },
  guard: { summary: 'show or export the addresses that a validator refuses', load: () => load(import('./commands/guard.ts')) },
  evidence: { summary: 'list, export, check and submit proofs that a validator contradicted itself', load: () => load(import('./commands/evidence.ts')) },
  sim: { summary: 'attack the protocols by seed, in simulated worlds', load: () => load(import('./commands/sim.ts')) },
  torture: { summary: 'pull plugs on a cluster of real processes, and audit what is left', load: () => load(import('./commands/torture.ts')) },
  attack: { summary: 'attack a cluster of real processes over its sockets, and show what came of it', load: () => load(import('./commands/attack.ts')) },
  fuzz: { summary: 'throw changed frames at everything that reads bytes of others', load: () => load(import('./commands/fuzz.ts')) },
  soak: { summary: 'run millions of transactions, and show that disk and memory level off', load: () => load(import('./commands/soak.ts')) },
  profile: { summary: 'show where the time of cryptography goes', load: () => load(import('./commands/profile.ts')) },
};

/** Forgets a command's option types, which only the command itself knows. */
async function load(module: Promise<{ readonly command: unknown }>): Promise<{ readonly command: Command }> {
  return (await module) as { readonly command: Command };
}
