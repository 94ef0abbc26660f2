import { NO_TOKEN } from '../../storage/forgetful.ts';
import { defineCommand } from '../command.ts';
import { HOME_ARGUMENT, homeArgument, namingHome } from '../home-argument.ts';
import { type Inspection, inspectHome } from '../inspection.ts';
import { writeJson } from '../output.ts';

const count = (value: number) => value.toLocaleString('en');

function size(bytes: number): string {
  return bytes < 10_000 ? `${count(bytes)} bytes` : `${(bytes / 1e6).toFixed(2)} MB`;
}

function logLines({ voteLog }: Inspection): string[] {
  if (voteLog === null) return ['vote log      not looked at'];
  const { records, segments, bytes, generation, witness, tornBytes, reservedBytes, leftovers, damage } =
    voteLog;
  const lines = [
    `vote log      ${count(records)} records in ${size(bytes)}, generation ${generation}, ${segments.length === 1 ? '1 segment' : `${segments.length} segments`}`,
  ];
  for (const segment of segments)
    lines.push(`              ${segment.name}  ${count(segment.records)} records  ${size(segment.bytes)}`);
  lines.push(
    witness === null
      ? 'witness       none: a record that is missing at the very end would go unnoticed'
      : `witness       ${size(witness.bytes)} of generation ${witness.generation} are known to be written and synced`,
  );
  if (tornBytes > 0)
    lines.push(
      `unfinished    ${size(tornBytes)} at the end, promised to nobody; the next start cuts them off`,
    );
  if (reservedBytes > 0)
    lines.push(`reserved      ${size(reservedBytes)} of zeros behind the records, which the next ones take`);
  if (leftovers.length > 0) lines.push(`leftovers     ${leftovers.join(', ')}; the next start removes them`);
  if (damage !== null) lines.push('DAMAGED       see below');
  return lines;
}

function storeLines({ store, snapshots }: Inspection): string[] {
  const lines = snapshots.map(
    ({ sequence, bytes, damage }) =>
      `snapshot      of slot ${count(sequence)}, ${damage === null ? size(bytes) : 'DAMAGED'}`,
  );
  if (snapshots.length === 0)
    lines.push('snapshot      none yet: a start executes the log from the first slot on');
  if (store === null) return [...lines, 'history       none'];
  const { head, first, span, checkpoint, diskBytes, evidence } = store;
  const kept = head === 0 ? 'no slot yet' : `slots ${count(first)} to ${count(head)} (${count(span)})`;
  lines.push(`history       ${kept}, ${size(diskBytes)} on the disk`);
  lines.push(
    `checkpoint    ${checkpoint === 0 ? 'none certified yet' : `the last certified one is at slot ${count(checkpoint)}`}`,
  );
  if (evidence > 0)
    lines.push(`evidence      ${count(evidence)} pairs of messages that contradict each other`);
  return lines;
}

function incarnationLine({ incarnation }: Inspection): string {
  if (incarnation === null) return 'incarnation   cannot be read';
  const { token, forgotten, reason } = incarnation;
  if (forgotten)
    return `FORGETFUL     ${reason}: it does not vote until the others take it back (as ${token})`;
  return token === NO_TOKEN
    ? 'incarnation   the first: it has forgotten nothing'
    : `incarnation   ${token}, taken back by the others`;
}

function print(inspection: Inspection): void {
  const { home, inUseBy, chain, validator, aside, problems } = inspection;
  const lines = [
    `home          ${home}${inUseBy === null ? ', not in use' : `, in use by process ${inUseBy}: what follows is as of this moment`}`,
  ];
  if (chain !== null) {
    const { name, id, protocol, auth, app, validators } = chain;
    lines.push(
      `chain         ${name} (${id.slice(0, 16)}…): ${protocol}, ${auth}, ${app}, ${validators.join(' ')}`,
    );
  }
  if (validator !== null)
    lines.push(`validator     ${validator.name} at ${validator.url}, durability ${validator.durability}`);
  lines.push(incarnationLine(inspection), ...logLines(inspection), ...storeLines(inspection));
  for (const path of aside) lines.push(`aside         ${path}`);
  if (problems.length === 0) lines.push('nothing is wrong with it');
  for (const { code, message } of problems) lines.push(`WRONG         ${code}: ${namingHome(message, home)}`);
  process.stdout.write(`${lines.join('\n')}\n`);
}

export const command = defineCommand({
  name: 'inspect',
  summary: 'show what a home holds, without starting it',
  usage: 'HOME',
  help: `Reads a home and changes nothing: its chain and validator, the vote log with each of its segments, how much of it the second witness knows to be synced, the snapshots, the history with its last certified checkpoint, evidence, and whether the home has forgotten what it promised. A validator that runs on it is not disturbed.

Every record of the log and every block of a snapshot is checked. Whatever would keep the home from starting is listed with the command that mends it.

Exit code 1 where something is wrong.

Examples:
  lockstep inspect ./home
  lockstep inspect ./net/v2 --json`,
  options: HOME_ARGUMENT,
  words: 1,
  json: true,
  async run({ values, words, json }) {
    const inspection = await inspectHome(homeArgument('inspect', words[0], values.home));
    if (json === undefined) print(inspection);
    else writeJson(json, inspection);
    return inspection.problems.length === 0 ? 0 : 1;
  },
});
