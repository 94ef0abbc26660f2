import { describe, expect, it } from 'vitest';
import { ANSWERS_AT_ONCE, ANSWERS_PER_SECOND, Routes } from '../../src/transport/http.ts';

function asked() {
  let nowMs = 0;
  let made = 0;
  const routes = new Routes(() => nowMs);
  routes.add('/status', (query) => ({ status: 200, contentType: 'x', body: `${++made} ${query.get('of')}` }));
  routes.add('/broken', () => {
    throw new Error('secret');
  });
  const ask = (query = '') => routes.answer('GET', '/status', query);
  return { routes, ask, made: () => made, advance: (ms: number) => (nowMs += ms) };
}

describe('questions over HTTP', () => {
  it('are answered anew while they are not too many, and with what was just said beyond', async () => {
    const { ask, made, advance } = asked();
    for (let i = 1; i <= ANSWERS_AT_ONCE.plain; i++) expect((await ask()).body).toBe(`${i} null`);
    for (let i = 0; i < 10_000; i++) expect((await ask()).status).toBe(200);
    expect(made()).toBe(ANSWERS_AT_ONCE.plain);
    // A flood of a second, a hundred at a time: what is computed has a bound, and nobody is told anything old.
    for (let ms = 0; ms < 1000; ms += 10) {
      advance(10);
      for (let i = 0; i < 100; i++) await ask();
    }
    expect(made()).toBeLessThanOrEqual(ANSWERS_AT_ONCE.plain + 1.3 * ANSWERS_PER_SECOND.plain);
    expect(made()).toBeGreaterThan(ANSWERS_AT_ONCE.plain + 10);
    advance(10_000);
    const before = made();
    expect((await ask()).body).toBe(`${before + 1} null`);
  });

  it('that differ are told to come again beyond', async () => {
    const { ask, made, advance } = asked();
    const seen = new Set<number>();
    for (let i = 0; i < 3 * ANSWERS_AT_ONCE.worded; i++) seen.add((await ask(`of=${i}`)).status);
    expect(seen).toEqual(new Set([200, 503]));
    expect(made()).toBe(ANSWERS_AT_ONCE.worded);
    advance(60);
    expect((await ask('of=7')).body).toBe(`${ANSWERS_AT_ONCE.worded + 1} 7`);
  });

  it('are of paths that there are, and say nothing of what fails', async () => {
    const { routes } = asked();
    expect((await routes.answer('GET', '/nothing', '')).status).toBe(404);
    expect((await routes.answer('POST', '/status', '')).status).toBe(405);
    expect(await routes.answer('GET', '/broken', '')).toMatchObject({
      status: 500,
      body: 'the route failed\n',
    });
  });
});
