import { readFileSync } from 'node:fs';
import { appCodec } from '../../apps/codecs.ts';
import { verifyProof } from '../../apps/map-proof.ts';
import { fromHex } from '../../core/bytes.ts';
import { LockstepError } from '../../core/errors.ts';
import { createVerifier } from '../../crypto/verifier.ts';
import { ProofChecker, type ProvenFact } from '../../proofs/proof-check.ts';
import { CertificateChecker } from '../../replica/certificates.ts';
import { type WalkReport, walkLedger } from '../../replica/ledger-walk.ts';
import { openEpochs } from '../../storage/epoch-store.ts';
import { chainFor } from '../chain-for.ts';
import { holdsCluster, openClusterFolder } from '../cluster-homes.ts';
import { defineCommand } from '../command.ts';
import { openStoreView } from '../history-source.ts';
import { type Home, loadHome } from '../home.ts';
import { note, writeJson } from '../output.ts';
import { plainResult } from '../requests.ts';

/** Largest proof read: two thousand headers, and the signatures of a hundred validators. */
const MAX_PROOF_BYTES = 64 << 20;
const PROGRESS_MS = 2000;

interface HomeReport extends WalkReport {
  readonly home: string;
  readonly ok: boolean;
  readonly seconds: number;
}

async function walkHome(home: Home, signatures: boolean): Promise<HomeReport> {
  const { chain, hasher, dir } = home;
  const verifier = await createVerifier(signatures ? {} : { threads: 0 });
  const view = await openStoreView(home);
  const startedMs = performance.now();
  let toldMs = startedMs;
  try {
    const { first, head } = await view.summary();
    const report = await walkLedger({
      chain,
      hasher,
      store: view,
      certificates: new CertificateChecker(chain, hasher, verifier, openEpochs(home.paths.epochs).load()),
      ...(signatures && { verifier }),
      onProgress: (sequence, { transactions }) => {
        if (performance.now() - toldMs < PROGRESS_MS) return;
        toldMs = performance.now();
        const share = Math.floor((100 * (sequence - first + 1)) / Math.max(1, head - first + 1));
        note(
          `${dir}: slot ${sequence} of ${head} (${share} %), ${transactions.toLocaleString('en')} transactions`,
        );
      },
    });
    const seconds = (performance.now() - startedMs) / 1000;
    return { home: dir, ok: report.problems.length === 0, seconds, ...report };
  } finally {
    await view.close();
    await verifier.close();
  }
}

function printReport(report: HomeReport): void {
  const { home, ok, first, last, slots, transactions, checkpoints, signatures, certifiedSlots, gaps } =
    report;
  const count = (value: number) => value.toLocaleString('en');
  process.stdout.write(
    `${home}: ${ok ? 'holds' : 'DOES NOT HOLD'}\n` +
      `  slots         ${count(slots)}${slots > 0 ? ` (${first} to ${last})` : ''}, ${count(transactions)} transactions\n` +
      `  checkpoints   ${count(checkpoints)} certified, ${count(signatures)} signatures checked\n` +
      `  certified     ${count(certifiedSlots)} slots; ${count(slots - certifiedSlots)} above the last checkpoint, or below a gap\n`,
  );
  if (report.transactionSignatures > 0) {
    process.stdout.write(`  transactions  ${count(report.transactionSignatures)} signatures checked\n`);
  }
  for (const { from, to } of gaps) {
    process.stdout.write(`  not here      slots ${from} to ${to}: their state was fetched from others\n`);
  }
  for (const { sequence, what } of report.problems)
    process.stdout.write(`  WRONG         slot ${sequence}: ${what}\n`);
}

function readProof(file: string): unknown {
  try {
    const bytes = readFileSync(file);
    if (bytes.length > MAX_PROOF_BYTES) throw new Error(`it has ${bytes.length} bytes`);
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw new LockstepError('bad-flag', `--proof ${file} is no proof: ${(error as Error).message}`);
  }
}

function printFact(fact: ProvenFact, app: string): void {
  const { checkpoint, signatures } = fact;
  const ground = `certified by ${signatures} validators at slot ${checkpoint}`;
  if (fact.kind === 'entry') {
    const value = fact.value === null ? 'nothing' : `the value ${fact.value}`;
    process.stdout.write(`holds: under the key ${fact.key} the state has ${value}; ${ground}\n`);
    return;
  }
  const result = plainResult(appCodec(app).decodeResult(fromHex(fact.result!)!));
  process.stdout.write(
    `holds: transaction ${fact.digest} executed in slot ${fact.sequence} at ${new Date(fact.timeMs!).toISOString()} ` +
      `with the result ${JSON.stringify(result)}; ${ground}\n`,
  );
}

export const command = defineCommand({
  name: 'verify',
  summary: 'check a whole ledger, or a portable proof',
  help: `Walks the ledger that a home has stored, and checks all of it: every transaction and every result against the roots in its slot's header, every header against the one before, every checkpoint's digest against what it binds, and the signatures of a quorum under each. A validator that runs on the home is not disturbed. What a ledger holds below a certified checkpoint is then as good as the quorum's word.

With --proof it checks a file of \`lockstep prove\` instead, with nothing but the genesis.

Exit code 1 where anything does not hold.

Examples:
  lockstep verify --home ./net                  every validator's home of a local cluster
  lockstep verify --home ./home --signatures    the transactions' own signatures too
  lockstep verify --proof payment.proof.json --genesis ./genesis.json`,
  options: {
    home: { kind: 'text', value: 'DIR', doc: "A validator's home, or a cluster's folder." },
    proof: { kind: 'text', value: 'FILE', doc: 'The proof to check.' },
    genesis: { kind: 'text', value: 'FILE', doc: 'The genesis to check the proof against.' },
    signatures: { kind: 'flag', doc: "Check every transaction's own signature too, on all cores." },
  },
  json: true,
  async run({ values, json }) {
    const { home, proof, genesis } = values;
    if (proof !== undefined) {
      const document = readProof(proof);
      const { chain, hasher } = await chainFor('verify --proof', home, genesis);
      const verifier = await createVerifier({ threads: 0 });
      const certificates = new CertificateChecker(chain, hasher, verifier);
      const fact = new ProofChecker(chain, hasher, certificates, verifyProof).check(document);
      await verifier.close();
      if (json !== undefined) {
        writeJson(json, typeof fact === 'string' ? { ok: false, reason: fact } : { ok: true, proven: fact });
      } else if (typeof fact === 'string') process.stdout.write(`DOES NOT HOLD: ${fact}\n`);
      else printFact(fact, chain.genesis.app.name);
      return typeof fact === 'string' ? 1 : 0;
    }
    if (home === undefined)
      throw new LockstepError('bad-flag', 'lockstep verify needs --home DIR or --proof FILE');
    const homes = holdsCluster(home) ? openClusterFolder(home).homes : [home];
    const reports: HomeReport[] = [];
    for (const dir of homes) {
      const report = await walkHome(await loadHome(dir), values.signatures);
      reports.push(report);
      if (json === undefined) printReport(report);
    }
    const ok = reports.every((report) => report.ok);
    if (json !== undefined) writeJson(json, { ok, homes: reports });
    return ok ? 0 : 1;
  },
});
