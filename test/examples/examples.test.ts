import { deepEqual, equal, match } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { examples, requestJson, runToTheEnd, withRunning } from './run-example.ts';

/** What each example that serves must answer, asked at the URL that it prints. */
const checks: Readonly<Record<string, (base: string) => Promise<void>>> = {
  'embed-in-express': async (base) => {
    equal((await requestJson(`${base}/api/report`)).status, 403);
    const { headers } = await requestJson(`${base}/login`, { name: 'ada' });
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    deepEqual((await requestJson(`${base}/api/report`, undefined, { cookie })).body, {
      staff: ['ada', 'bob'],
    });
    equal((await requestJson(`${base}/api/notes`, { text: 'buy tea' }, { cookie })).status, 201);
    deepEqual((await requestJson(`${base}/api/notes`, undefined, { cookie })).body, [{ text: 'buy tea' }]);
    deepEqual((await requestJson(`${base}/api/visits`, undefined, { cookie })).body, { visits: 1 });
    deepEqual((await requestJson(`${base}/api/visits`, undefined, { cookie })).body, { visits: 2 });
    deepEqual((await requestJson(`${base}/api/nobody`)).body, { message: 'The app has no /api/nobody.' });
    match(await textOf(base), /The app itself/);
  },
  'api-and-web': async (base) => {
    match(await textOf(base), /<title>Tea things<\/title>[^]*Cup &amp; saucer, 9\.00 €/);
    const form = new URLSearchParams({ product: '1' });
    match(await textOf(`${base}/buy`, { method: 'POST', body: form }), /<li>Teapot, 32\.00 €<\/li>/);
    const placed = await requestJson(`${base}/api/orders`, { product: 2, quantity: 3 });
    deepEqual(placed.body, { number: 2, product: 'Cup & saucer', quantity: 3, total: 2700 });
    match(await textOf(`${base}/orders`), /Teapot[^]*Cup &amp; saucer, 27\.00 €/);
  },
  'write-a-plugin': async (base) => {
    deepEqual((await requestJson(`${base}/greet/ada`)).body, { greeting: 'Welcome ada' });
    deepEqual((await requestJson(`${base}/birthday/bob`)).body, {
      wish: 'Welcome bob, and a happy birthday!',
    });
  },
  'from-commonjs': async (base) => {
    deepEqual((await requestJson(`${base}/api/hello`)).body, { hello: 'from a plugin' });
  },
  'unit-of-work': async (base) => {
    deepEqual((await requestJson(`${base}/orders`, { lines: ['tea'] })).body, { ordered: 1 });
    equal((await requestJson(`${base}/orders`, { lines: ['sold out'] })).status, 400);
  },
  'extend-a-plugin': async (base) => {
    const tea = async () => ((await requestJson(`${base}/offers?currency=USD`)).body as unknown[])[0];
    const change = async (name: string, call: string) => requestJson(`${base}/plugins/${name}/${call}`, {});
    deepEqual(await tea(), { drink: 'tea', price: 2.2, currency: 'USD' });
    await change('happy-hour', 'unload');
    deepEqual(await tea(), { drink: 'tea', price: 4.4, currency: 'USD' });
    await change('currency', 'unload');
    deepEqual(await tea(), { drink: 'tea', price: 4, currency: 'EUR' });
    deepEqual((await change('happy-hour', 'reload')).body, { name: 'happy-hour', state: 'running' });
    deepEqual(await tea(), { drink: 'tea', price: 2, currency: 'EUR' });
  },
};

describe('the examples', () => {
  for (const [name, check] of Object.entries(checks)) {
    it(`${name}: npm start serves what its README says, and ends on SIGTERM`, async () => {
      await withRunning(name, ['npm', 'start'], check);
    });
  }

  it('from-commonjs: runs as plain JavaScript, too', async () => {
    await withRunning('from-commonjs', ['node', 'app.js'], checks['from-commonjs'] ?? fail);
  });

  for (const name of ['extend-a-plugin', 'test-a-plugin', 'unit-of-work']) {
    it(`${name}: npm test passes`, async () => {
      match(await runToTheEnd(name, ['npm', 'test']), /\d+ passing/);
    });
  }

  for (const name of readdirSync(examples).filter(isExample)) {
    it(`${name}: type-checks with the tsconfig.json that it brings`, async () => {
      await runToTheEnd(name, ['npx', 'tsc', '--noEmit']);
    });

    it(`${name}: is run by these tests`, () => {
      equal(name in checks || name === 'test-a-plugin', true);
    });
  }
});

function isExample(name: string): boolean {
  return !name.includes('.') && name !== 'node_modules';
}

async function textOf(url: string, init?: RequestInit): Promise<string> {
  const response = await fetch(url, init);
  equal(response.status, 200);
  return response.text();
}

async function fail(): Promise<void> {
  throw new Error('There is no check.');
}
