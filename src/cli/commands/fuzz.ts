import { describeMachine, machine, versions } from '../bench/machine.ts';
import { Progress } from '../bench/progress.ts';
import { Stopped, stopSignal } from '../bench/session.ts';
import { defineCommand } from '../command.ts';
import { type FuzzReport, fuzz, TARGETS, type Target } from '../fuzz/run.ts';
import { note, table, writeJson } from '../output.ts';

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

function print(report: FuzzReport): string {
  const rows = Object.entries(report.targets).flatMap(([target, counts]) =>
    Object.entries(counts).map(([outcome, count], i) => [i === 0 ? target : '', outcome, String(count)]),
  );
  const verdict =
    report.failures.length === 0
      ? 'Nothing threw, and every refusal has a code.'
      : ['FAILED:', ...report.failures.map((failure) => `  ${failure}`)].join('\n');
  return `${report.frames} frames in ${report.seconds.toFixed(0)} s (${report.framesPerSecond.toFixed(0)} a second), seed ${report.seed}; heap ${mebibytes(report.heapStartBytes)} MiB at first and ${mebibytes(report.heapMostBytes)} at most, resident ${mebibytes(report.residentMostBytes)} MiB

${table(['thrown at', 'came out as', 'times'], rows, ['left', 'left', 'right'])}

${verdict}`;
}

export const command = defineCommand({
  name: 'fuzz',
  summary: 'throw changed frames at everything that reads bytes of others',
  help: `Makes valid frames of every kind by the schemas of the four protocols, and of all that is no protocol's: items of the replica layer, clients' requests and replies, transactions, changes of the set, handshake messages, sealed frames. Changes them (bits, bytes, cuts, insertions, parts of one in another, lengths that lie), mixes in MessagePack of types that are not ours and plain noise, and has them read. What is believed for its signatures or hashes (evidence, addresses, changes of the set, proofs, pieces of a state) goes to the judge that production asks, and whatever that takes without anybody having signed it is a failure. One in sixteen goes into a whole replica of one of the protocols, whose clock goes on meanwhile and for which everything is signed that validator 3 says.

Every refusal must have a code; whatever is thrown is a failure, and so is a heap that grows by more than 256 MiB. Exit code 1 where anything failed. The seed makes the same frames again, but for keys.

Examples:
  lockstep fuzz --frames 100000
  lockstep fuzz --frames 10000000 --seed 7 --json fuzz.json
  lockstep fuzz --frames 1000000 --only 'address record'`,
  options: {
    frames: { kind: 'integer', min: 1, max: 1e10, default: 1_000_000, doc: 'How many.' },
    only: {
      kind: 'choices',
      of: TARGETS,
      doc: 'Throw at these alone, at each as often as at the others. Default: at all, most at what all peers reach.',
    },
    seed: { kind: 'integer', min: 0, max: 2 ** 32 - 1, doc: 'Default: drawn, and printed.' },
  },
  json: true,
  async run({ values, json }) {
    const seed = values.seed ?? Math.floor(Math.random() * 2 ** 32);
    note(`${describeMachine()}; seed ${seed}`);
    const progress = new Progress();
    const { signal } = stopSignal();
    let report: FuzzReport;
    try {
      report = await fuzz(
        {
          frames: values.frames,
          seed,
          ...(values.only !== undefined && { only: values.only as readonly Target[] }),
        },
        (done) => progress.update('frames', `${done} of ${values.frames}`),
        signal,
      );
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      note('stopped before the last frame');
      return 130;
    } finally {
      progress.clear();
    }
    const settings = { command: 'fuzz', frames: values.frames, seed, only: values.only };
    if (json !== undefined)
      writeJson(json, { machine: machine(), versions: versions(), settings, rows: [report] });
    if (json !== '-') process.stdout.write(`${print(report)}\n`);
    return report.failures.length === 0 ? 0 : 1;
  },
});
