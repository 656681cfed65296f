import { deepEqual, equal, match, ok } from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { closeHosts, folderWith, quietHost, removeFolders } from '../host/hosting.ts';
import { dashboardOptions, forEverything, token, weather } from '../plugins/dashboard-app.ts';
import type { Host, PluginSettings } from 'plugboard';
import { faultsOf } from './axe.ts';
import { openChromium } from './chromium.ts';
import { watchedPage } from './watched-page.ts';

const paths = ['/dashboard', '/dashboard/plugins/shop', '/dashboard/plugins/newsletter', '/dashboard/graph'];

describe('the dashboard in Chromium', function () {
  this.timeout(60_000);
  let browser: Browser | undefined;
  let complaints: string[] = [];

  before(async function () {
    browser = await openChromium();
    if (!browser) this.skip();
  });

  after(async () => {
    await browser?.close();
  });

  afterEach(async () => {
    weather.isBroken = false;
    await Promise.all((browser?.contexts() ?? []).map(async (context) => context.close()));
    await closeHosts();
    await removeFolders();
    // What the policy forbids, and what a script throws.
    deepEqual(complaints, []);
    complaints = [];
  });

  async function open(settings: PluginSettings = forEverything): Promise<{ host: Host; url: string }> {
    const host = quietHost(dashboardOptions(settings));
    const server = await host.listen(0, '127.0.0.1');
    return { host, url: `http://localhost:${(server.address() as AddressInfo).port}` };
  }

  async function pageAt(url: string, options?: BrowserContextOptions): Promise<Page> {
    const page = await watchedPage(browser!, complaints, options);
    await page.goto(url);
    return page;
  }

  it('shows a plugin fail and recover while somebody looks', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('heading', { name: '1 of 5 plugins is broken' }).waitFor();
    await host.unload('weather');
    weather.isBroken = true;
    await host.reload('weather');
    await page.getByRole('heading', { name: '2 of 5 plugins are broken' }).waitFor();
    const card = page.getByRole('article', { name: 'weather' });
    await card.getByText('no <sensor> found').waitFor();
    weather.isBroken = false;
    await host.reload('weather');
    await card.waitFor({ state: 'detached' });
    await page
      .getByRole('row', { name: /^weather/ })
      .getByText('running')
      .waitFor();
  });

  it('lets who has never seen it find what is broken, why, and what to write, within two clicks', async () => {
    const { url } = await open();
    const page = await pageAt(`${url}/dashboard`);
    // No click: it is the first thing on the page, and in view.
    const card = page.getByRole('article').first();
    await card.getByText('nobody offers Mailer').waitFor();
    ok(await isInView(page, card.getByText('services: [[Mailer, MyMailer]]')));
    // One click: all that is known of it.
    await card.getByRole('link', { name: 'newsletter' }).click();
    await page.getByRole('heading', { level: 1, name: 'newsletter' }).waitFor();
    const failure = page.getByRole('region', { name: 'It could not be started' });
    ok(await isInView(page, failure.getByText('newsletter → Mailer', { exact: true })));
    ok(await isInView(page, failure.getByText('services: [[Mailer, MyMailer]]')));
  });

  it('shows whatever a plugin may be in, with its reason and what to do, on its page and first of all', async () => {
    const folder = await folderWith({
      'torn/index.ts': 'export class {',
      'reports/index.ts': "import './charts.ts';\nexport class Reports {}",
    });
    const options = dashboardOptions(forEverything);
    const host = quietHost({
      ...options,
      plugins: [...(options.plugins ?? []), folder],
      settings: { ...options.settings, storage: { enabled: false }, weather: { config: { station: 5 } } },
    });
    const server = await host.listen(0, '127.0.0.1');
    const page = await pageAt(`http://localhost:${(server.address() as AddressInfo).port}/dashboard`);
    const expected = {
      torn: ['failed', 'Correct the text at torn/index.ts:1:'],
      reports: ['failed', 'Create the file, or correct the path at reports/index.ts:1:1.'],
      newsletter: ['failed', 'services: [[Mailer, MyMailer]]'],
      weather: ['failed', 'Correct it: createHost({ settings:'],
      shop: ['waiting', "Take enabled: false out of settings['storage']"],
    };
    for (const [name, texts] of Object.entries(expected)) {
      const card = page.getByRole('article', { name });
      for (const text of texts) await card.getByText(text).first().waitFor();
      await card.getByRole('link', { name }).click();
      const failure = page.getByRole('region', { name: /^It/ });
      ok(await isInView(page, failure.getByText(texts[1] ?? '').first()), name);
      await page.goBack();
    }
    await page.getByRole('link', { name: 'storage' }).last().click();
    await page.getByText("settings: { 'storage': { enabled: false } }").waitFor();
  });

  it('reloads a plugin, and says what has come of it', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/shop`);
    await page.getByRole('button', { name: 'Reload shop' }).click();
    await page.getByRole('status').getByText('shop is running').waitFor();
    await page.locator('.figures div', { hasText: 'Generation' }).getByText('2').waitFor();
    equal(host.plugins.find(({ name }) => name === 'shop')?.generation, 2);
  });

  it('disables a plugin and enables it again', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/weather`);
    await page.getByRole('button', { name: 'Disable weather' }).click();
    await page.getByRole('button', { name: 'Enable weather' }).click();
    await page.getByRole('button', { name: 'Disable weather' }).waitFor();
    equal(host.plugins.find(({ name }) => name === 'weather')?.state, 'running');
  });

  it('reloads itself, and goes on', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/dashboard`);
    await page.getByRole('button', { name: 'Reload dashboard' }).click();
    await page.locator('.figures div', { hasText: 'Generation' }).getByText('2').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    // Its forms are of the new generation.
    await page.goto(`${url}/dashboard/plugins/shop`);
    await page.getByRole('button', { name: 'Reload shop' }).click();
    await page.getByRole('status').getByText('shop is running').waitFor();
    equal(host.plugins.find(({ name }) => name === 'shop')?.generation, 2);
  });

  it("adds to a plugin's log as it is written, as text", async () => {
    const { url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/shop`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('No line since').waitFor();
    await fetch(`${url}/shop`);
    const log = page.getByRole('log');
    await log.getByText('somebody looks around').waitFor();
    await log.getByText('{"note":"<script>"}').waitFor();
    await page.getByLabel('From').selectOption('warn');
    await log.getByText('somebody looks around').waitFor({ state: 'hidden' });
  });

  it('tries a route, with parameters and with a body', async () => {
    const { url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/shop`);
    await page.getByText('Try it: GET /shop/items/:id').click();
    const items = page.locator('details.try', { hasText: '/shop/items/:id' });
    await items.getByLabel('id').fill('tea & cups');
    await items.getByRole('button', { name: 'Send GET' }).click();
    await items.getByText(/^200 OK, application\/json/).waitFor();
    await items.getByText('"id": "tea & cups"').waitFor();
    const orders = page.locator('details.try', { hasText: '/shop/orders' });
    await orders.locator('summary').click();
    await orders.getByLabel('Body').fill('{"tea":2}');
    await orders.getByRole('button').click();
    await orders.getByText('"tea": 2').waitFor();
  });

  it('keeps open what was opened, and the focus, when something changes', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/shop`);
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('Try it: POST /shop/orders').click();
    await page.getByRole('button', { name: 'Reload shop' }).focus();
    await host.reload('shop');
    await page.locator('.figures div', { hasText: 'Generation' }).getByText('2').waitFor();
    ok(await page.getByLabel('Body').isVisible());
    equal(await page.evaluate('document.activeElement.id'), 'reload-shop');
  });

  it('can be used with the keyboard alone', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard`);
    await page.keyboard.press('Tab');
    equal(await focused(page), 'Skip to the content');
    await page.keyboard.press('Enter');
    await tabTo(page, 'newsletter');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'newsletter' }).waitFor();
    await page.goto(`${url}/dashboard/plugins/shop`);
    await tabTo(page, 'Reload shop');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('shop is running').waitFor();
    equal(host.plugins.find(({ name }) => name === 'shop')?.generation, 2);
    await page.goto(`${url}/dashboard/graph`);
    await tabTo(page, /^storage/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'storage' }).waitFor();
  });

  it('lets in who knows the token, and out again', async () => {
    const { url } = await open({ config: { token } });
    const page = await pageAt(`${url}/dashboard`);
    await page.getByLabel('Token').fill('not the token, surely');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('That is not the token').waitFor();
    await page.getByLabel('Token').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('Token').waitFor();
  });

  it('can be read, and used, without JavaScript', async () => {
    const { url } = await open();
    const page = await pageAt(`${url}/dashboard/plugins/shop`, { javaScriptEnabled: false });
    await page.getByText('Sells <b>things</b>').waitFor();
    equal(await page.getByText('Try it').first().isVisible(), false);
    await page.getByRole('button', { name: 'Reload shop' }).click();
    await page.getByText('Done: shop is running now.').waitFor();
  });

  it('does not keep a host from closing', async () => {
    const { host, url } = await open();
    const page = await pageAt(`${url}/dashboard`);
    await page.getByText('Live', { exact: true }).waitFor();
    const started = performance.now();
    await host.close();
    ok(performance.now() - started < 5_000);
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1200, 360]) {
      it(`has no fault that axe finds, in ${colorScheme} and ${width} pixels wide`, async () => {
        const { url } = await open();
        await fetch(`${url}/shop`);
        await fetch(`${url}/shop/items/13`);
        const options = { colorScheme, viewport: { width, height: 800 } };
        for (const path of paths) {
          const page = await pageAt(url + path, options);
          await page.getByText('Live', { exact: true }).waitFor();
          deepEqual(await faultsOf(page), [], path);
          equal(await page.evaluate('document.documentElement.scrollWidth'), width, path);
          await page.close();
        }
        await closeHosts();
        const { url: guarded } = await open({ config: { token } });
        const page = await pageAt(`${guarded}/dashboard`, options);
        deepEqual(await faultsOf(page), [], 'sign-in');
      });
    }
  }

  it('is small and fast', async function () {
    const { url } = await open();
    const page = await pageAt(`${url}/dashboard`);
    const times: number[] = [];
    for (let load = 0; load < 9; load += 1) {
      await page.goto(`${url}/dashboard`);
      await page.waitForFunction(`performance.getEntriesByName('dashboard-ready').length > 0`);
      times.push(await page.evaluate(`performance.getEntriesByName('dashboard-ready')[0].startTime`));
    }
    const fresh = await pageAt(`${url}/dashboard`, {});
    await fresh.waitForFunction(`performance.getEntriesByName('dashboard-ready').length > 0`);
    const sizes = await fresh.evaluate<readonly (readonly [string, number])[]>(
      `[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
         .filter(({ name }) => !name.includes('/events'))
         .map(({ name, decodedBodySize }) => [new URL(name).pathname, decodedBodySize])`,
    );
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    if (process.env['TEST_MEASURE']) {
      for (const [name, size] of sizes) console.log(`      ${(size / 1024).toFixed(1)} KB ${name}`);
      const median = times.toSorted((one, other) => one - other)[4] ?? 0;
      console.log(
        `      ${(total / 1024).toFixed(1)} KB in all; interactive after ${median.toFixed(0)} ms, median of 9`,
      );
    }
    ok(total < 60 * 1024, `${total} bytes`);
    match(String(sizes.length), /^[5-7]$/);
  });
});

async function isInView(page: Page, part: ReturnType<Page['locator']>): Promise<boolean> {
  const box = await part.first().boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= (page.viewportSize()?.height ?? 0);
}

async function focused(page: Page): Promise<string> {
  return page.evaluate(
    `(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim().replace(/\\s+/g, ' ')`,
  );
}

async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    const here = await focused(page);
    if (typeof name === 'string' ? here === name : name.test(here)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${String(name)}`);
}
