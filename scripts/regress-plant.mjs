// A slowdown for `regress.mjs --plant`, which loads this into the validators of one side (`node --import`): each write of
// the main thread to a file, of which a vote takes one, is preceded by a busy wait of as many µs as the file
// LOCKSTEP_PLANT says at the time.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LOCKSTEP_PLANT;
const LOOK_EVERY_MS = 100;

if (isMainThread && file !== undefined) {
  let waitMs = 0;
  const look = () => {
    waitMs = Number(fs.readFileSync(file, 'utf8')) / 1000 || 0;
  };
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  const write = fs.writeSync;
  fs.writeSync = (...args) => {
    for (const until = performance.now() + waitMs; performance.now() < until; );
    return write(...args);
  };
  syncBuiltinESMExports();
}
