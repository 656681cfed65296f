import assert from 'node:assert/strict';
import { testHost, testPlugin } from 'plugboard/testing';
import { host } from './app.ts';
import { TickerConfig, TickerPlugin } from './plugins/ticker/index.ts';

describe('the plugins of docs/writing-plugins.md', () => {
  after(async () => host.close());

  it('run, each from its folder or file', async () => {
    const bed = await testHost([new URL('./plugins', import.meta.url).href]).start();
    assert.deepEqual(
      bed.host.plugins.map(({ name, state }) => [name, state]),
      ['counter', 'ping', 'quotes', 'ticker', 'visits'].map((name) => [name, 'running']),
    );
    await bed.request.get('/ping').expect(200, { pong: true });
    await bed.request.post('/visits/home').expect(200, { page: 'home', visits: 1 });
    const quotes = await bed.request.get('/quotes').expect(200);
    assert.equal((quotes.body as string[]).length, 4);
    assert.equal((quotes.body as string[])[0], 'Less, but better.');
    await bed.close();
  });

  it('are configured by name', async () => {
    await host.start();
    assert.deepEqual(
      host.plugins.filter(({ state }) => state !== 'running'),
      [],
    );
  });

  it('get an instance of their config class', async () => {
    const bed = await testPlugin(TickerPlugin).config({ every: 20 }).start();
    assert.equal(bed.get(TickerConfig).every, 20);
    await bed.request.get('/ticks').expect(200);
    await bed.close();
  });
});
