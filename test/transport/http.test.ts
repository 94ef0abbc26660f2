import { describe, expect, it } from 'vitest';
import { ANSWERS_AT_ONCE, ANSWERS_PER_SECOND, REPLIES_PER_SECOND, Routes } from '../../src/transport/http.ts';

function asked() {
  let nowMs = 0;
  let made = 0;
  const routes = new Routes(() => nowMs);
  routes.add('/status', (query) => ({ status: 200, contentType: 'x', body: `${++made} ${query.get('of')}` }));
  routes.add('/broken', () => {
    throw new Error('secret');
  });
  const ask = (query = '', address = '192.0.2.1') => routes.answer('GET', '/status', query, address);
  return { routes, ask, made: () => made, advance: (ms: number) => (nowMs += ms) };
}

describe('questions over HTTP', () => {
  it('are answered anew while they are not too many, and with what was just said beyond', async () => {
    const { ask, made, advance } = asked();
    for (let i = 1; i <= ANSWERS_AT_ONCE.plain; i++) expect((await ask()).body).toBe(`${i} null`);
    for (let i = ANSWERS_AT_ONCE.plain; i < REPLIES_PER_SECOND.address; i++)
      expect((await ask()).status).toBe(200);
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

  it('are answered each address so often, and all of them so often', async () => {
    const { ask, advance } = asked();
    const answered = async (address: string, times: number) => {
      let good = 0;
      for (let i = 0; i < times; i++) good += Number((await ask('', address)).status === 200);
      return good;
    };
    expect(await answered('192.0.2.1', 10_000)).toBe(REPLIES_PER_SECOND.address);
    expect(await answered('192.0.2.2', 10)).toBe(10);
    advance(100);
    expect(await answered('192.0.2.1', 10_000)).toBe(REPLIES_PER_SECOND.address / 10);
    // However many addresses: and what was asked of more of them than are remembered is forgotten, not answered.
    let all = 0;
    for (let i = 0; i < 5_000; i++) all += await answered(`10.0.${i >> 8}.${i & 255}`, 2);
    expect(all).toBeLessThanOrEqual(REPLIES_PER_SECOND.all);
    advance(1000);
    expect(await answered('192.0.2.2', 10)).toBe(10);
  });

  it('that take long to answer are answered anew less often', async () => {
    let nowMs = 0;
    let made = 0;
    const routes = new Routes(() => nowMs);
    routes.add('/metrics', () => {
      nowMs += 3;
      return { status: 200, contentType: 'x', body: `${++made}` };
    });
    for (let second = 0; second < 10; second++) {
      for (let i = 0; i < 100; i++) {
        await routes.answer('GET', '/metrics', '', `192.0.2.${i}`);
        nowMs += 10;
      }
    }
    // 3 ms each: no more than a twentieth of the time goes into them.
    expect(made).toBeGreaterThan(30);
    expect(3 * made).toBeLessThan(10_000 / 20);
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
    expect((await routes.answer('GET', '/nothing', '', '')).status).toBe(404);
    expect((await routes.answer('POST', '/status', '', '')).status).toBe(405);
    expect(await routes.answer('GET', '/broken', '', '')).toMatchObject({
      status: 500,
      body: 'the route failed\n',
    });
  });
});
