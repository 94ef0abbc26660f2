// Four HotStuff machines driven by a loop of our own, without Lockstep's node: node examples/hotstuff.mjs (build first).
// What a real driver adds: it signs and checks, logs what `persist` and `attest` hold before it sends, and runs timers.
import { createHash } from 'node:crypto';
import { hotstuff } from 'lockstep/protocols';

const chain = {
  epoch: 0,
  checkpointInterval: 8,
  window: 16,
  restoredSequence: 0,
  restoredDigest: '0'.repeat(64),
};
const pace = { fastPath: false, timeoutFloorMs: 100, timeoutCeilingMs: 5_000, timeoutGrowth: 2 };
const config = { n: 4, ...chain, ...pace, parameters: { commit: 'two-chain', leader: 'stable' } };
const all = [0, 1, 2, 3];
const [queue, effects] = [[], []];
const sign = (from, message) => ({
  from,
  message,
  envelope: { body: message, signature: new Uint8Array(64) },
});
const send = (to, attested) => queue.push([to, { kind: 'message', attested }]);

function carryOut(self) {
  for (const effect of effects.splice(0)) {
    const { kind, message, to, unsent, attested = message && sign(self, message) } = effect;
    if (kind === 'deliver')
      console.log(`replica ${self} executes ${effect.sequence}: ${effect.batch.transactions}`);
    if (kind === 'attest') send(self, attested);
    if (attested === undefined || unsent) continue;
    for (const id of to === undefined ? all : [to]) if (id !== self) send(id, attested);
  }
}

const machines = all.map((self) => hotstuff.create({ ...config, self }, [], 0, []));
for (const transaction of ['alice pays bob 5', 'bob pays carol 3']) {
  const digest = createHash('sha256').update(transaction).digest('hex');
  const batch = { digest, timeMs: Date.now(), transactions: [transaction], bytes: transaction.length };
  queue.push([0, { kind: 'propose', batch }]);
  // A leader with nothing to propose goes on until what is pending has committed.
  const next = () => queue.shift() ?? (machines[0].drives() ? [0, { kind: 'idle' }] : undefined);
  for (let item = next(); item !== undefined; item = next()) {
    machines[item[0]].step(item[1], 0, effects);
    carryOut(item[0]);
  }
}
