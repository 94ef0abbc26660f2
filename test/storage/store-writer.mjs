// Writes slots until it is killed; from the build, as a validator does.
import { openStore } from '../../dist/storage/lmdb-store.js';

const store = await openStore({
  path: process.argv[2],
  chainId: new Uint8Array(32).fill(7),
  retain: Infinity,
});
const part = () => crypto.getRandomValues(new Uint8Array(32));
const hex = () => Buffer.from(part()).toString('hex');
let sequence = 0;
for (;;) {
  for (let i = 0; i < 20; i++) {
    store.add({
      sequence: ++sequence,
      epoch: 0,
      timeMs: 1,
      batchTimeMs: 1,
      header: part(),
      previous: part(),
      transactionsRoot: part(),
      resultsRoot: part(),
      batchDigest: hex(),
      transactions: [part(), part()],
      results: [part(), part()],
      digests: [hex(), hex()],
      clients: [hex(), undefined],
    });
  }
  store.flushSync();
  if (sequence === 20) process.stdout.write('writing\n');
}
