/** The store's thread: it alone touches LMDB. Writes in the order in which groups arrive, and answers questions. */

import { parentPort, workerData } from 'node:worker_threads';
import { LockstepError } from '../core/errors.ts';
import { Ledger } from './ledger.ts';
import { opsOf } from './ledger-groups.ts';
import { ask } from './ledger-questions.ts';
import { openLmdb } from './lmdb-tables.ts';
import {
  COUNTERS,
  DONE,
  FAILED,
  type FromWorker,
  type PlainError,
  REASON,
  REASON_BYTES,
  type ToWorker,
  type WorkerSetup,
} from './store-protocol.ts';

const port = parentPort!;
const { path, chainId, retain, progress } = workerData as WorkerSetup;
const counters = new Int32Array(progress, 0, COUNTERS);
const reason = new Uint8Array(progress, 4 * COUNTERS, REASON_BYTES);
const say = (message: FromWorker): void => port.postMessage(message);

function plain(error: unknown): PlainError {
  if (error instanceof LockstepError) return { code: error.code, message: error.message };
  return {
    code: 'internal',
    message: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}

function fail(error: unknown): void {
  const told = plain(error);
  say({ kind: 'failed', error: told });
  const text = new TextEncoder().encode(`${told.code} ${told.message}`).subarray(0, REASON_BYTES);
  reason.set(text);
  Atomics.store(counters, REASON, text.length);
  Atomics.store(counters, FAILED, 1);
  Atomics.notify(counters, DONE);
}

try {
  const { tables, suspect } = await openLmdb({ path });
  const ledger = new Ledger({ tables, path, chainId, retain });
  if (suspect) ledger.check();
  port.on('message', (message: ToWorker) => {
    if (message.kind === 'question') {
      const { id, question } = message;
      try {
        say({ kind: 'answer', id, answer: ask(ledger, question) });
      } catch (error) {
        say({ kind: 'refused', id, error: plain(error) });
      }
      return;
    }
    if (message.kind === 'close') {
      void ledger.close().then(() => {
        say({ kind: 'closed' });
        port.close();
      });
      return;
    }
    if (Atomics.load(counters, FAILED) === 1) return;
    try {
      ledger.apply(opsOf(message.group));
      say({ kind: 'written', head: ledger.head });
      Atomics.add(counters, DONE, 1);
      Atomics.notify(counters, DONE);
    } catch (error) {
      fail(error);
    }
  });
  say({ kind: 'ready', head: ledger.head, witness: ledger.witness });
} catch (error) {
  fail(error);
}
