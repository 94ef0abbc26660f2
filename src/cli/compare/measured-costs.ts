/** What single operations cost on this machine, measured alone: medians, warm. */

import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SuiteName } from '../../crypto/interface.ts';
import { createSigner, generateKeyPair } from '../../crypto/signing.ts';
import { createVerifier } from '../../crypto/verifier.ts';
import { median } from './row.ts';

export interface MeasuredCosts {
  /** µs, of one message of a vote's length. */
  readonly signUs: Readonly<Record<SuiteName, number>>;
  readonly verifyUs: Readonly<Record<SuiteName, number>>;
  /** A write of the log, µs. */
  readonly appendUs: number;
}

const WARM = 400;
const SAMPLES = 200;
/** Label, chain and body of a vote. */
const MESSAGE_BYTES = 96;
const RECORD_BYTES = 300;

function time(work: (i: number) => void): number {
  const took: number[] = [];
  for (let i = 0; i < WARM + SAMPLES; i++) {
    const startMs = performance.now();
    work(i);
    if (i >= WARM) took.push(1000 * (performance.now() - startMs));
  }
  return median(took);
}

async function suiteCosts(suite: SuiteName): Promise<{ signUs: number; verifyUs: number }> {
  const { publicKey, secretKey } = await generateKeyPair(suite);
  const signer = await createSigner(suite, secretKey);
  const verifier = await createVerifier({ threads: 0 });
  verifier.prepare(suite, publicKey);
  const messages = Array.from({ length: WARM + SAMPLES }, (_, i) =>
    new Uint8Array(MESSAGE_BYTES).fill(i & 255).fill(i >> 8, 0, 8),
  );
  const signatures: Uint8Array[] = [];
  const signUs = time((i) => void signatures.push(signer.sign(messages[i]!)));
  const verifyUs = time(
    (i) => void verifier.verifySync({ suite, publicKey, message: messages[i]!, signature: signatures[i]! }),
  );
  await verifier.close();
  return { signUs, verifyUs };
}

function appendCost(): number {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-costs-'));
  const file = openSync(join(folder, 'log'), 'a');
  const record = new Uint8Array(RECORD_BYTES);
  const us = time(() => void writeSync(file, record));
  closeSync(file);
  rmSync(folder, { recursive: true });
  return us;
}

export async function measureCosts(): Promise<MeasuredCosts> {
  const ed25519 = await suiteCosts('ed25519');
  const mlDsa87 = await suiteCosts('ml-dsa-87');
  return {
    signUs: { ed25519: ed25519.signUs, 'ml-dsa-87': mlDsa87.signUs },
    verifyUs: { ed25519: ed25519.verifyUs, 'ml-dsa-87': mlDsa87.verifyUs },
    appendUs: appendCost(),
  };
}

/** Costs that were measured time and again, between the turns of what they explain: each one's median. */
export function usualCosts(taken: readonly MeasuredCosts[]): MeasuredCosts {
  const over = (of: (one: MeasuredCosts) => number): number => median(taken.map(of));
  return {
    signUs: {
      ed25519: over((one) => one.signUs.ed25519),
      'ml-dsa-87': over((one) => one.signUs['ml-dsa-87']),
    },
    verifyUs: {
      ed25519: over((one) => one.verifyUs.ed25519),
      'ml-dsa-87': over((one) => one.verifyUs['ml-dsa-87']),
    },
    appendUs: over((one) => one.appendUs),
  };
}
