import { describe, expect, it } from 'vitest';
import { loadUws } from '../../src/transport/uws-server.ts';

describe('uWebSockets.js', () => {
  it('is taken where it loads', async () => {
    expect(typeof (await loadUws())?.App).toBe('function');
  });

  it('is done without where the package has no binary, or is something else', async () => {
    const unsupported = () => Promise.reject(new Error('This version supports only other versions of Node'));
    expect(await loadUws(unsupported)).toBeUndefined();
    expect(await loadUws(() => Promise.resolve({ default: {} }))).toBeUndefined();
  });
});
