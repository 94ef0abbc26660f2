import { expect, test } from 'vitest';
import { pbft, protocolByName, protocolNames } from '../../src/protocols/index.ts';

test('every protocol is found by its name, and describes what it sends and logs', () => {
  expect(protocolNames()).toContain('pbft');
  expect(protocolByName('pbft')).toBe(pbft);
  expect(protocolByName('paxos')).toBeUndefined();
  for (const name of protocolNames()) {
    const protocol = protocolByName(name)!;
    expect(protocol.name).toBe(name);
    for (const schema of [protocol.messages, protocol.records]) {
      const tags = Object.values(schema).map((entry) => entry.tag);
      expect(new Set(tags).size).toBe(tags.length);
      for (const { batch, fields } of Object.values(schema)) if (batch) expect(fields.digest).toBeDefined();
    }
  }
});
