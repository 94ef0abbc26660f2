import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { Client } from '../../src/client/index.ts';
import { Endpoints } from './endpoint.ts';

const ENTRY = fileURLToPath(new URL('../../src/client/index.ts', import.meta.url));

/** Packages, and Node's modules, that a module and what it imports statically need at run time. */
function needs(entry: string): { modules: Set<string>; outside: Set<string> } {
  const modules = new Set<string>();
  const outside = new Set<string>();
  const visit = (file: string): void => {
    if (modules.has(file)) return;
    modules.add(file);
    const text = readFileSync(file, 'utf8');
    for (const match of text.matchAll(/^(?:import|export)\b(?!\s+type\b)[^'";]*?from\s*'([^']+)'/gm)) {
      const specifier = match[1]!;
      if (specifier.startsWith('.')) visit(join(dirname(file), specifier));
      else outside.add(specifier);
    }
  };
  visit(entry);
  return { modules, outside };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the client in a browser', () => {
  it("loads nothing of Node's, no sockets and no files", () => {
    const { modules, outside } = needs(ENTRY);
    expect(modules.size).toBeGreaterThan(20);
    expect([...outside].filter((name) => !/^(@noble\/|hash-wasm)/.test(name))).toEqual([]);
    expect([...modules].filter((file) => /\/node-(home|socket)\.ts$/.test(file))).toEqual([]);
  });

  it("talks through the platform's own WebSocket", async () => {
    const endpoints = await Endpoints.start(4);
    const opened: string[] = [];
    class PlatformSocket extends WebSocket {
      constructor(url: string) {
        super(url);
        opened.push(url);
      }
    }
    vi.stubGlobal('WebSocket', PlatformSocket);
    const elsewhere = {
      get: (target: object, name: string) => (name === 'versions' ? {} : Reflect.get(target, name)),
    };
    vi.stubGlobal('process', new Proxy(process, elsewhere));
    const { genesis } = endpoints.world.chain;
    const client = await Client.connect({ validators: endpoints.urls, genesis, minConnected: 4 });
    try {
      expect((await client.submit({ op: 'put', key: 'a', value: 1 })).result).toEqual({ ok: true });
      expect(opened.toSorted()).toEqual(endpoints.urls.map((url) => `${url}/client`).toSorted());
      await endpoints.down(2);
      await endpoints.up(2);
      while (client.connected < 4) await new Promise((resolve) => setTimeout(resolve, 10));
    } finally {
      await client.close();
      await endpoints.stop();
    }
  });
});
