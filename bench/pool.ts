/**
 * The pool: two threads against one and against none, on batches of 64, and what a batch costs the main thread. Items
 * are where a validator has them, in frames that the transport put into the verifier's memory; beside that, what
 * putting them there costs too, and what items of ordinary memory cost.
 */

import type { Signer, SuiteName, Verifier, VerifyItem } from '../src/crypto/interface.ts';
import { createSigner, generateKeyPair } from '../src/crypto/signing.ts';
import { createVerifier } from '../src/crypto/verifier.ts';
import { type BenchCase, type BenchGroup, median, type Scale } from './harness.ts';
import { threadCpuUs } from './thread-cpu.ts';

const BATCH = 64;
/** Batches that wait at a time, as under load. */
const IN_FLIGHT = 16;
/** Batches of one measurement: enough that its last tasks, which leave one thread idle, weigh little. */
const CALLS = 128;
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

/** Bytes between the parts of a frame, so that they lie at any place as in a real one. */
const GAP = 3;

/** The bytes of a batch as they come from a socket. */
function frameOf(items: readonly VerifyItem[]): Uint8Array {
  const sizes = items.map(({ message, signature }) => message.length + signature.length + 2 * GAP);
  const frame = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const { message, signature } of items) {
    frame.set(message, at + GAP);
    frame.set(signature, at + 2 * GAP + message.length);
    at += message.length + signature.length + 2 * GAP;
  }
  return frame;
}

/** A batch whose items are views into what `share` makes of its frame, or into a copy. */
function arrive(
  verifier: Verifier,
  batch: readonly VerifyItem[],
  parts: readonly Uint8Array[],
): VerifyItem[] {
  const out: VerifyItem[] = [];
  const perPart = Math.ceil(batch.length / parts.length);
  for (const [part, bytes] of parts.entries()) {
    const frame = verifier.share?.(bytes) ?? bytes.slice();
    let at = 0;
    for (const { suite, publicKey, message, signature } of batch.slice(
      part * perPart,
      (part + 1) * perPart,
    )) {
      const signatureAt = at + 2 * GAP + message.length;
      const end = signatureAt + signature.length;
      out.push({
        suite,
        publicKey,
        message: frame.subarray(at + GAP, at + GAP + message.length),
        signature: frame.subarray(signatureAt, end),
      });
      at = end;
    }
  }
  return out;
}

/** Where a call's items are: in memory of their own, in a frame's that is shared already, or still to be shared. */
type Place = 'ordinary' | 'shared' | 'arriving';

const NOTES: Readonly<Record<Place, string>> = {
  ordinary: ', ordinary memory',
  shared: '',
  arriving: ', arrival included',
};

interface Load {
  readonly case: BenchCase;
  readonly verifier: Verifier;
  /** Median of the runs, per item. */
  mainThreadUs(): number;
}

async function load(
  threads: number,
  items: readonly VerifyItem[],
  calls: number,
  place: Place,
): Promise<Load> {
  const verifier = await createVerifier({ threads });
  for (const { suite, publicKey } of items.slice(0, VALIDATORS)) verifier.prepare(suite, publicKey);
  const batches = Array.from({ length: Math.floor(items.length / BATCH) }, (_, i) => {
    const own = items.slice(i * BATCH, (i + 1) * BATCH);
    const parts = [own.slice(0, BATCH / 2), own.slice(BATCH / 2)].map(frameOf);
    return { own, parts, shared: place === 'shared' ? arrive(verifier, own, parts) : own };
  });
  let next = 0;
  const spentUs: number[] = [];
  return {
    verifier,
    mainThreadUs: () => median(spentUs),
    case: {
      name: `${threads === 0 ? 'inline' : `${threads} thread${threads > 1 ? 's' : ''}`}${NOTES[place]}`,
      items: BATCH * calls,
      async run() {
        const start = threadCpuUs();
        let left = calls;
        // Each lane asks for its next batch when it has its verdicts, so that the queue stays as deep as it is.
        const lane = async () => {
          while (left-- > 0) {
            const { own, parts, shared } = batches[next++ % batches.length]!;
            const verdicts = await verifier.verify(
              place === 'arriving' ? arrive(verifier, own, parts) : shared,
            );
            if (!verdicts.every((verdict) => verdict === 1)) throw new Error('a verdict is wrong');
          }
        };
        await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
        spentUs.push((threadCpuUs() - start) / (BATCH * calls));
      },
    },
  };
}

export async function groups(scale: Scale): Promise<BenchGroup[]> {
  const calls = scale === 'tiny' ? 1 : CALLS;
  const list: BenchGroup[] = [];
  for (const suite of ['ml-dsa-87', 'ed25519'] as const) {
    const items = await signedItems(suite, scale === 'tiny' ? BATCH : ITEMS);
    const inline = await load(0, items, calls, 'shared');
    const one = await load(1, items, calls, 'shared');
    const two = await load(2, items, calls, 'shared');
    const others = [
      await load(1, items, calls, 'arriving'),
      await load(2, items, calls, 'arriving'),
      await load(1, items, calls, 'ordinary'),
      await load(2, items, calls, 'ordinary'),
    ];
    const all = [inline, one, two, ...others];
    const aim = suite === 'ml-dsa-87' ? { atLeast: 1.8 } : {};
    list.push({
      title: `pool, ${suite}, prepared keys, batches of ${BATCH}`,
      baseline: one.case.name,
      cases: [inline.case, one.case, { ...two.case, ...aim }, ...others.map((other) => other.case)],
      figures: () =>
        all.slice(1).map((each) => ({
          name: `main thread, of ${each.case.name}`,
          value: each.mainThreadUs(),
          unit: 'µs per item',
          ...(each === one || each === two ? { atMost: 1.5 } : {}),
        })),
      async close() {
        await Promise.all(all.map(({ verifier }) => verifier.close()));
      },
    });
  }
  return list;
}
