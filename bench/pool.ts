/** The pool: two threads against one and against none, on batches of 64, and what a batch costs the main thread. */

import type { Signer, SuiteName, Verifier, VerifyItem } from '../src/crypto/interface.ts';
import { createSigner, generateKeyPair } from '../src/crypto/signing.ts';
import { createVerifier } from '../src/crypto/verifier.ts';
import type { BenchCase, BenchGroup, Scale } from './harness.ts';
import { threadCpuUs } from './thread-cpu.ts';

const BATCH = 64;
/** Batches that wait at a time, as under load. */
const IN_FLIGHT = 16;
/** Batches of one measurement. */
const CALLS = 64;
const VALIDATORS = 4;
/** About what a core's cache holds, where a validator finds what it has just received. */
const ITEMS = 256;

/** Fresh messages and signatures for several calls. */
async function signedItems(suite: SuiteName, count: number): Promise<VerifyItem[]> {
  const signers: Signer[] = [];
  for (let i = 0; i < VALIDATORS; i++) {
    signers.push(await createSigner(suite, (await generateKeyPair(suite)).secretKey));
  }
  return Array.from({ length: count }, (_, i) => {
    const signer = signers[i % VALIDATORS]!;
    const message = crypto.getRandomValues(new Uint8Array(160));
    return { suite, publicKey: signer.publicKey, message, signature: signer.sign(message) };
  });
}

interface Load {
  readonly case: BenchCase;
  readonly verifier: Verifier;
  mainThreadUs(): number;
}

async function load(threads: number, items: readonly VerifyItem[], calls: number): Promise<Load> {
  const verifier = await createVerifier({ threads });
  for (const { suite, publicKey } of items.slice(0, VALIDATORS)) verifier.prepare(suite, publicKey);
  const batches = Math.floor(items.length / BATCH);
  let next = 0;
  let spentUs = 0;
  let judged = 0;
  return {
    verifier,
    mainThreadUs: () => spentUs / judged,
    case: {
      name: threads === 0 ? 'inline' : `${threads} thread${threads > 1 ? 's' : ''}`,
      items: BATCH * calls,
      async run() {
        const start = threadCpuUs();
        let left = calls;
        // Each lane asks for its next batch when it has its verdicts, so that the queue stays as deep as it is.
        const lane = async () => {
          while (left-- > 0) {
            const from = BATCH * (next++ % batches);
            const verdicts = await verifier.verify(items.slice(from, from + BATCH));
            if (!verdicts.every((verdict) => verdict === 1)) throw new Error('a verdict is wrong');
          }
        };
        await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
        spentUs += threadCpuUs() - start;
        judged += BATCH * calls;
      },
    },
  };
}

export async function groups(scale: Scale): Promise<BenchGroup[]> {
  const calls = scale === 'tiny' ? 1 : CALLS;
  const list: BenchGroup[] = [];
  for (const suite of ['ml-dsa-87', 'ed25519'] as const) {
    const items = await signedItems(suite, scale === 'tiny' ? BATCH : ITEMS);
    const [inline, one, two] = [
      await load(0, items, calls),
      await load(1, items, calls),
      await load(2, items, calls),
    ];
    const aim = suite === 'ml-dsa-87' ? { atLeast: 1.8 } : {};
    list.push({
      title: `pool, ${suite}, prepared keys, batches of ${BATCH}`,
      baseline: one.case.name,
      cases: [inline.case, one.case, { ...two.case, ...aim }],
      figures: () => [
        { name: 'main thread, of 1 thread', value: one.mainThreadUs(), unit: 'µs per item', atMost: 1.5 },
        { name: 'main thread, of 2 threads', value: two.mainThreadUs(), unit: 'µs per item', atMost: 1.5 },
      ],
      async close() {
        await Promise.all([inline, one, two].map(({ verifier }) => verifier.close()));
      },
    });
  }
  return list;
}
