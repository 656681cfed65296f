import { deepEqual, equal, ok } from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { OpenApiPlugin } from 'plugboard/plugins/openapi';
import { closeHosts, quietHost } from '../host/hosting.ts';
import { CataloguePlugin } from '../plugins/openapi/catalogue.ts';
import { faultsOf } from './axe.ts';
import { openChromium } from './chromium.ts';
import { watchedPage } from './watched-page.ts';

describe('the page of the API in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let url = '';
  let complaints: string[] = [];
  /** What the page asks for elsewhere: it is never let through. */
  let outside: string[] = [];

  before(async function () {
    browser = await openChromium();
    if (!browser) this.skip();
    const host = quietHost({
      plugins: [OpenApiPlugin, CataloguePlugin, './plugins/health'],
      settings: { openapi: { config: { title: 'The shop', description: 'All that it has' } } },
      authorizationChecker: ({ request }) => isSignedIn(request),
      currentUserChecker: () => ({ name: 'Ada' }),
    });
    const server = await host.listen(0, '127.0.0.1');
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });

  after(async () => {
    await browser?.close();
    await closeHosts();
  });

  afterEach(async () => {
    await Promise.all((browser?.contexts() ?? []).map(async (context) => context.close()));
    // What the policy forbids, and what a script throws.
    deepEqual([complaints, outside], [[], []]);
    complaints = [];
    outside = [];
  });

  async function pageAt(path: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await watchedPage(browser!, complaints, options);
    await page.route(
      (address) => address.origin !== url,
      async (route) => {
        outside.push(route.request().url());
        await route.abort();
      },
    );
    await page.goto(url + path);
    return page;
  }

  const operation = (page: Page, id: string) => page.locator(`[id="operation-${id}"]`);

  it('shows the plugins, their operations and what is not described, without the internet', async () => {
    const page = await pageAt('/openapi');
    await page.getByRole('heading', { level: 1, name: 'The shop' }).waitFor();
    await page.getByText('All that it has').waitFor();
    await page.getByRole('navigation', { name: 'Plugins' }).getByRole('link', { name: 'catalogue' }).click();
    await page.getByRole('heading', { level: 2, name: 'catalogue' }).waitFor();
    await operation(page, 'catalogue.find').locator('summary').click();
    const answers = operation(page, 'catalogue.find').getByRole('table', { name: 'Answers' });
    await answers.getByRole('row', { name: /^410/ }).getByText('It was there once').waitFor();
    await page.getByRole('link', { name: 'Not described' }).click();
    await page.getByText('OpenAPI has no path for a regular expression').waitFor();
  });

  it('finds operations by words, and goes to the first of them', async () => {
    const page = await pageAt('/openapi');
    const found = page.locator('.operation:visible');
    const all = await found.count();
    await page.getByRole('searchbox', { name: 'Find operations' }).fill('post many');
    await page.getByRole('status').getByText(`1 of ${all} operations`).waitFor();
    equal(await found.count(), 1);
    equal(await page.getByRole('heading', { level: 2, name: 'health' }).isVisible(), false);
    await page.keyboard.press('Enter');
    equal(await focusedText(page), 'POST /catalogue/items/many');
    await page.getByRole('searchbox').fill('');
    equal(await found.count(), all);
    await page.getByRole('searchbox').fill('chess');
    await page.getByRole('status').getByText(`0 of ${all} operations`).waitFor();
  });

  it('can be used with the keyboard alone', async () => {
    const page = await pageAt('/openapi');
    await page.keyboard.press('Tab');
    equal(await focusedText(page), 'To the operations');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    equal(await focusedText(page), 'GET /catalogue/items All items');
    await page.keyboard.press('Enter');
    const list = operation(page, 'catalogue.list');
    await list.getByRole('button', { name: 'Try it' }).waitFor();
    // Its limit, what it is sorted by, and what is in stock.
    for (const key of ['Tab', 'Tab', 'n', 'a', 'm', 'e', 'Tab', 'Tab']) await page.keyboard.press(key);
    equal(await focusedText(page), 'Try it');
    await page.keyboard.press('Enter');
    await list.getByText(/^200 OK, \d+ ms$/).waitFor();
    await list.getByText('"id": 20').waitFor();
  });

  it('opens what a link names', async () => {
    const page = await pageAt('/openapi#operation-catalogue.find');
    await operation(page, 'catalogue.find').getByRole('button', { name: 'Try it' }).waitFor();
    await page.evaluate(`location.hash = 'schema-Item'`);
    await page.locator('#schema-Item pre').waitFor();
  });

  it('tries an operation with parameters, a body, a file and the Authorization header', async () => {
    const page = await pageAt('/openapi');
    const search = operation(page, 'catalogue.search');
    await search.locator('summary').click();
    await search.getByLabel('text in query').fill('tea & cups');
    await search.getByLabel('id in query').fill('1\n2');
    await search.getByRole('button', { name: 'Try it' }).click();
    await search.getByText('"text": "tea & cups"').waitFor();
    await search.getByText(/"ids": \[\s*1,\s*2\s*\]/).waitFor();

    const rename = operation(page, 'catalogue.rename');
    await rename.locator('summary').click();
    await rename.getByLabel('in path').fill('7');
    await rename.getByLabel('Body').fill('{"name":"cup"}');
    await rename.getByRole('button', { name: 'Try it' }).click();
    await rename.getByText('"name": "cup"').waitFor();

    const picture = operation(page, 'catalogue.picture');
    await picture.locator('summary').click();
    await picture.getByLabel('in path').fill('7');
    await picture.getByLabel('title').fill('tea');
    const file = { name: 'x.png', mimeType: 'image/png', buffer: Buffer.from('abc') };
    await picture.getByLabel('picture').setInputFiles(file);
    await picture.getByRole('button', { name: 'Try it' }).click();
    await picture.getByText('"bytes": 3').waitFor();

    const who = operation(page, 'catalogue.whoami');
    await who.locator('summary').click();
    await who.getByRole('button', { name: 'Try it' }).click();
    await who.getByText(/^403/).first().waitFor();
    await page.getByLabel('Authorization header').fill('Ada');
    await who.getByRole('button', { name: 'Try it' }).click();
    await who.getByText(/^200 OK/).waitFor();
  });

  it('can be read without JavaScript', async () => {
    const page = await pageAt('/openapi', { javaScriptEnabled: false });
    equal(await page.getByRole('search').isVisible(), false);
    await operation(page, 'catalogue.find').locator('summary').click();
    await operation(page, 'catalogue.find').getByText('It was there once').waitFor();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1200, 360]) {
      it(`has no fault that axe finds, in ${colorScheme} and ${width} pixels wide`, async () => {
        const page = await pageAt('/openapi', { colorScheme, viewport: { width, height: 800 } });
        deepEqual(await faultsOf(page), []);
        await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
        const find = operation(page, 'catalogue.find');
        await find.getByLabel('id in path').fill('7');
        await find.getByRole('button', { name: 'Try it' }).click();
        await find.getByText(/^200 OK/).waitFor();
        deepEqual(await faultsOf(page), []);
        equal(await page.evaluate('document.documentElement.scrollWidth'), width);
        const ground = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        const [red = 0] = /\d+/.exec(ground)?.map(Number) ?? [];
        ok(colorScheme === 'dark' ? red < 64 : red > 192, ground);
      });
    }
  }
});

function isSignedIn(request: unknown): boolean {
  return (request as { headers: { authorization?: string } }).headers.authorization === 'Ada';
}

async function focusedText(page: Page): Promise<string> {
  return page.evaluate(`document.activeElement.textContent.trim().replace(/\\s+/g, ' ')`);
}
