import { describe, expect, it } from 'vitest';
import { readArguments } from '../../src/cli/arguments.ts';
import { defineCommand } from '../../src/cli/command.ts';
import { commandHelp, wrapText } from '../../src/cli/help.ts';
import { table } from '../../src/cli/output.ts';
import { COMMANDS } from '../../src/cli/registry.ts';
import { closest, didYouMean, editDistance } from '../../src/cli/suggest.ts';
import { nodeUrl } from '../../src/cli/targets.ts';

const sample = defineCommand({
  name: 'sample',
  summary: 'a sample',
  help: 'Does nothing.',
  options: {
    count: { kind: 'integer', min: 1, max: 10, unit: 'times', default: 2, doc: 'How often.' },
    rate: { kind: 'number', min: 0.5, max: 2, doc: 'How fast.' },
    name: { kind: 'text', value: 'NAME', short: 'n', doc: 'Who.' },
    mode: { kind: 'choice', of: ['slow', 'fast'], default: 'slow', doc: 'How.' },
    modes: { kind: 'choices', of: ['a', 'b', 'c'], default: ['a'], doc: 'Which.' },
    each: { kind: 'texts', doc: 'What.' },
    loud: { kind: 'flag', doc: 'Shout.' },
  },
  json: true,
  run: async () => 0,
});
const wordy = defineCommand({ ...sample, name: 'wordy', words: 2 });
const read = (...args: string[]) => readArguments(sample, args);

describe('arguments', () => {
  it('have their defaults', () => {
    expect(read()).toEqual({
      values: {
        count: 2,
        rate: undefined,
        name: undefined,
        mode: 'slow',
        modes: ['a'],
        each: [],
        loud: false,
      },
      words: [],
      json: undefined,
    });
  });

  it('are read in every form', () => {
    const { values } = read(
      '--count=3',
      '--rate',
      '1.5',
      '-n',
      'x',
      '--mode',
      'fast',
      '--modes',
      'b,c',
      '--each',
      '1',
      '--each=2',
      '--loud',
    );
    expect(values).toEqual({
      count: 3,
      rate: 1.5,
      name: 'x',
      mode: 'fast',
      modes: ['b', 'c'],
      each: ['1', '2'],
      loud: true,
    });
    expect(read('--name=--odd').values.name).toBe('--odd');
  });

  it('take --json alone, with a file, and beside words', () => {
    expect(read('--json').json).toBe('-');
    expect(read('--json', 'out').json).toBe('out');
    expect(read('--json=out').json).toBe('out');
    expect(read('--json', '--loud')).toMatchObject({ json: '-', values: { loud: true } });
    expect(readArguments(wordy, ['--json', 'a', 'b'])).toMatchObject({ json: '-', words: ['a', 'b'] });
    expect(readArguments(wordy, ['a', '--json', 'o.json', 'b'])).toMatchObject({
      json: 'o.json',
      words: ['a', 'b'],
    });
    expect(readArguments(wordy, ['--', '--json', '--loud'])).toMatchObject({
      json: undefined,
      words: ['--json', '--loud'],
    });
  });

  it.each([
    [['--cuont', '3'], 'unknown flag --cuont; did you mean --count?'],
    [['--zzzzzz'], 'unknown flag --zzzzzz; known: '],
    [['--count', '11'], '--count must be a whole number from 1 to 10 times, not "11"'],
    [['--count', '2.5'], 'not "2.5"'],
    [['--count', '0x3'], 'not "0x3"'],
    [['--count', ''], 'not ""'],
    [['--count'], '--count needs a value'],
    [['--count', '--loud'], '--count needs a value'],
    [['--rate', 'NaN'], '--rate must be a number from 0.5 to 2, not "NaN"'],
    [['--rate', '-1'], '--rate must be a number from 0.5 to 2, not "-1"'],
    [['--mode', 'quick'], '--mode must be one of slow, fast, not "quick"'],
    [['--modes', 'a,x'], '--modes must be one of a, b, c, not "x"'],
    [['--loud=yes'], '--loud takes no value'],
    [['word'], 'unexpected "word"; lockstep sample takes flags only'],
    [['--__proto__', '1'], 'unknown flag --__proto__'],
    [['--constructor', '1'], 'unknown flag --constructor'],
    [['-x'], 'unknown flag -x'],
  ])('%j are refused in one line', (args, message) => {
    const run = () => read(...args);
    expect(run).toThrow(
      expect.objectContaining({ code: 'bad-flag', message: expect.stringContaining(message) }),
    );
    expect(run).toThrow(/^[^\n]*see `lockstep sample --help`\)$/);
  });

  it('refuse --json where there are no figures', () => {
    const { json: _, ...plain } = sample;
    expect(() => readArguments({ ...plain, name: 'plain' }, ['--json'])).toThrow(
      'lockstep plain has no --json',
    );
  });
});

describe('help', () => {
  it('shows every flag with what it takes, its unit and its default', () => {
    const text = commandHelp(sample);
    expect(text).toMatch(/--count N +How often\. In times\. Default: 2\./);
    expect(text).toMatch(/-n, --name NAME +Who\./);
    expect(text).toMatch(/--mode NAME +How\. One of slow, fast\. Default: slow\./);
    expect(text).toContain('--json');
  });

  it.each(Object.keys(COMMANDS))('of %s fits its lines and teaches by example', async (name) => {
    const { command } = await COMMANDS[name]!.load();
    expect(command.name).toBe(name);
    const text = commandHelp(command);
    expect(text).toMatch(new RegExp(`^  (.*: +)?lockstep ${name} (.* )?-`, 'm'));
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(125);
    for (const option of Object.values(command.options)) expect(option.doc).toMatch(/^[A-Z].*\.$/);
  });

  it('breaks lines at spaces and leaves examples alone', () => {
    expect(wrapText('aaa bbb ccc', 7)).toBe('aaa bbb\nccc');
    expect(wrapText('  aaa bbb ccc', 7)).toBe('  aaa bbb ccc');
    expect(wrapText('  a   bbb ccc', 9)).toBe('  a   bbb\n      ccc');
  });
});

describe('suggestions', () => {
  it('count edits, swaps of neighbours as one', () => {
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('cuont', 'count')).toBe(1);
    expect(editDistance('', 'abc')).toBe(3);
    expect(editDistance('same', 'same')).toBe(0);
  });

  it('are made where something is close', () => {
    expect(closest('testnte', ['testnet', 'status'])).toBe('testnet');
    expect(closest('xyz', ['testnet', 'status'])).toBeUndefined();
    expect(didYouMean('sttus', ['testnet', 'status'])).toBe('; did you mean status?');
    expect(didYouMean('xyz', ['a', 'b'])).toBe('; known: a, b');
  });
});

describe('output', () => {
  it('aligns columns', () => {
    expect(
      table(
        ['name', 'ms'],
        [
          ['a', '1.5'],
          ['long name', '10'],
        ],
      ),
    ).toBe('name        ms\n──────────────\na          1.5\nlong name   10');
  });
});

describe('an address', () => {
  it('is taken in the forms that people write', () => {
    for (const text of ['ws://h:1', 'http://h:1', 'h:1', 'http://h:1/'])
      expect(nodeUrl(text)).toBe('ws://h:1');
    expect(nodeUrl('https://h:443')).toBe('wss://h:443');
    expect(nodeUrl('[::1]:7100')).toBe('ws://[::1]:7100');
  });

  it.each(['', 'h', 'h:x', 'h:99999', 'ftp://h:1', 'http://h:1/status'])('%j is refused', (text) => {
    expect(() => nodeUrl(text)).toThrow(expect.objectContaining({ code: 'bad-flag' }));
  });
});
