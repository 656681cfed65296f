import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { createHost, type Host } from 'plugboard';
import { layOut } from '../../plugins/dashboard/pages/graph-layout.ts';
import { renderMarkdown } from '../../plugins/dashboard/pages/readme.ts';
import { LogBook } from '../../plugins/dashboard/watching/log-book.ts';
import { Traffic } from '../../plugins/dashboard/watching/traffic.ts';
import { readableDuration } from '../../plugins/dashboard/watching/text.ts';
import { closeHosts, folderWith, removeFolders, serve } from '../host/hosting.ts';
import { dashboardOptions, forEverything, weather } from './dashboard-app.ts';

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

describe('the dashboard', () => {
  afterEach(async () => {
    weather.isBroken = false;
    await closeHosts();
    await removeFolders();
  });

  describe('its overview', () => {
    it('says first what is broken, why, and what to write', async () => {
      const { request } = await serve(dashboardOptions(forEverything));
      const { text } = await request.get('/dashboard').expect(200).expect('Content-Type', /html/);
      match(text, /<h1>1 of 5 plugins is broken<\/h1>/);
      match(text, /<dt>Why<\/dt>\s*<dd>newsletter → Mailer: nobody offers Mailer\.<\/dd>/);
      match(text, /<dt>What to do<\/dt>\s*<dd class="fix">[^<]*services: \[\[Mailer, MyMailer\]\]/);
      deepEqual(
        [...text.matchAll(/data-row="([\w-]+)"/g)].map(([, name]) => name),
        ['newsletter', 'storage', 'shop', 'weather', 'dashboard'],
      );
    });

    it('counts what each plugin does', async () => {
      const { request } = await serve(dashboardOptions(forEverything));
      await request.get('/shop').expect(200);
      await request.get('/shop/items/13').expect(500);
      const { text } = await request.get('/dashboard').expect(200);
      match(text, /data-figure="errors" data-of="shop">1</);
      match(text, /data-figure="p99" data-of="shop">[\d.]+ ms</);
      match(text, /data-figure="errors" data-of="storage">0</);
    });

    it('counts what had failed before it started', async () => {
      const folder = await folderWith({ 'torn/index.ts': 'export class {' });
      const options = dashboardOptions(forEverything);
      const { request } = await serve({ ...options, plugins: [folder, ...(options.plugins ?? [])] });
      const { text } = await request.get('/dashboard').expect(200);
      match(text, /data-figure="errors" data-of="torn">1</);
      match(text, /Counted since the dashboard started, <time>\d{4}-\d\d-\d\d [\d:]+ UTC/);
      const page = await request.get('/dashboard/plugins/torn').expect(200);
      match(page.text, /SYNTAX_ERROR: [^<]+<\/span> <span class="muted">before the dashboard started/);
      match(page.text, new RegExp(`<dt>Comes from</dt>\\s*<dd>${folder}/torn/index.ts</dd>`));
    });

    it('leads to the page of a plugin whatever its folder is called', async () => {
      const folder = await folderWith({ 'a "b" #1/index.ts': 'export class {' });
      const options = dashboardOptions(forEverything);
      const { request } = await serve({ ...options, plugins: [folder, ...(options.plugins ?? [])] });
      const { text } = await request.get('/dashboard').expect(200);
      const [, link = ''] = /href="([^"]+)">a &quot;b&quot; #1</.exec(text) ?? [];
      const page = await request.get(link.split('#')[0] ?? '').expect(200);
      match(page.text, /<h1>a &quot;b&quot; #1<\/h1>/);
    });

    it('offers what makes sense in the state that a plugin is in', async () => {
      const { request, host } = await serve(dashboardOptions(forEverything));
      await host.unload('shop');
      const { text } = await request.get('/dashboard/plugins/shop').expect(200);
      match(text, /plugins\/shop\/enable"/);
      doesNotMatch(text, /plugins\/shop\/reload"/);
      // Nobody is to lock himself out.
      const own = await request.get('/dashboard/plugins/dashboard').expect(200);
      doesNotMatch(own.text, /plugins\/dashboard\/disable"/);
    });

    it('disables a plugin, and enables one that the settings disable', async () => {
      const options = dashboardOptions(forEverything);
      const { app, host } = await serve({
        ...options,
        settings: { ...options.settings, shop: { enabled: false } },
      });
      const act = await actingOn(app);
      await act('shop/enable');
      equal(stateOf(host, 'shop'), 'running');
      await act('shop/disable');
      equal(stateOf(host, 'shop'), 'stopped');
      await act('shop/enable');
      equal(stateOf(host, 'shop'), 'running');
    });

    it('lets a plugin out of quarantine', async () => {
      const { app, host, request } = await serve(dashboardOptions(forEverything));
      const act = await actingOn(app);
      await host.unload('weather');
      weather.isBroken = true;
      const quarantined = new Promise((resolve) => host.on('plugin:quarantined', resolve));
      await host.reload('weather');
      await quarantined;
      const { text } = await request.get('/dashboard').expect(200);
      match(text, /It has failed too often and is in quarantine/);
      weather.isBroken = false;
      await act('weather/release');
      equal(stateOf(host, 'weather'), 'running');
    });
  });

  describe("a plugin's page", () => {
    it('shows what it serves, gets and gives, and links who is at the other end', async () => {
      const { request } = await serve(dashboardOptions(forEverything));
      const { text } = await request.get('/dashboard/plugins/shop').expect(200);
      match(text, /Sells &lt;b&gt;things&lt;\/b&gt;/);
      match(text, /href="\/shop">\/shop<\/a>/);
      match(text, /<code>Store<\/code> from <a href="\/dashboard\/plugins\/storage">storage<\/a>/);
      match(text, /<dd>storage \^2<\/dd>/);
      const other = await request.get('/dashboard/plugins/storage').expect(200);
      match(other.text, /<code>Store<\/code> used by <a href="\/dashboard\/plugins\/shop">shop<\/a>/);
    });

    it('shows each value of the configuration with where it comes from, and no secret', async () => {
      const options = dashboardOptions(forEverything);
      const { request } = await serve({
        ...options,
        settings: { ...options.settings, storage: { config: { poolSize: 7 } } },
        environment: { PLUGBOARD_STORAGE_API_KEY: 'key-of-the-environment' },
      });
      const { text } = await request.get('/dashboard/plugins/storage').expect(200);
      deepEqual(configOf(text), [
        ['url', '&quot;postgres://shop:••••••••@db.example.org/shop&quot;', 'default'],
        ['password', 'a secret', 'default'],
        ['apiKey', 'hidden for its name: mark it with @Secret()', 'PLUGBOARD_STORAGE_API_KEY'],
        ['poolSize', '7', 'createHost settings'],
        ['credentials.user', 'hidden for its name: mark it with @Secret()', 'default'],
        ['credentials.days', '7', 'default'],
        [
          'replicas',
          '[{&quot;url&quot;:&quot;db2&quot;,&quot;password&quot;:&quot;••••••••&quot;}]',
          'default',
        ],
      ]);
      doesNotMatch(text, /correct-horse|key-of-the|battery-staple/);
    });

    it('shows the configuration of a plugin that does not run, too', async () => {
      weather.isBroken = true;
      const { request } = await serve(dashboardOptions(forEverything));
      const { text } = await request.get('/dashboard/plugins/weather').expect(200);
      match(text, /class="state bad/);
      deepEqual(configOf(text), [['station', '&quot;Potsdam&quot;', 'default']]);
    });

    it('shows its last errors with their places, and what it has logged', async () => {
      const { request } = await serve(dashboardOptions(forEverything));
      await request.get('/shop').expect(200);
      await request.get('/shop/items/13').expect(500);
      await request.get('/shop/items/13').expect(500);
      const { text } = await request.get('/dashboard/plugins/shop').expect(200);
      match(text, /ShopPlugin\.item failed: Error: no such shelf/);
      match(text, /2 times, last/);
      match(text, /at ShopPlugin\.item \(.*dashboard-app\.ts/);
      match(text, /somebody looks around/);
      match(text, /&lt;script&gt;/);
    });

    it('leads from what waits to what it waits for', async () => {
      const options = dashboardOptions(forEverything);
      const { request } = await serve({
        ...options,
        settings: { ...options.settings, storage: { enabled: false } },
      });
      const { text } = await request.get('/dashboard/plugins/shop').expect(200);
      match(text, /<dt>Where<\/dt>\s*<dd>shop → [^\n]*<a href="\/dashboard\/plugins\/storage">storage<\/a>/);
    });

    it('tells why a new generation was refused while the old one runs', async () => {
      const { request, host } = await serve(dashboardOptions(forEverything));
      weather.isBroken = true;
      await host.reload('weather');
      const { text } = await request.get('/dashboard/plugins/weather').expect(200);
      match(text, /It runs as it was: what was to take its place has failed/);
      match(text, /no &lt;sensor&gt; found/);
    });

    it('shows the README of a plugin, and none of the HTML in it', async () => {
      const folder = await folderWith({
        'notes/index.ts': `
          import { Plugin } from 'plugboard';
          @Plugin({ name: 'notes' })
          export class NotesPlugin {}`,
        'notes/README.md': '# Notes\n\nKeeps **notes**.\n\n<img src=x onerror=alert(1)>\n',
      });
      const options = dashboardOptions(forEverything);
      const { request } = await serve({ ...options, plugins: [...(options.plugins ?? []), folder] });
      const { text } = await request.get('/dashboard/plugins/notes').expect(200);
      match(text, /<h3>Notes<\/h3>/);
      match(text, /<strong>notes<\/strong>/);
      match(text, /&lt;img src=x/);
    });

    it('is 404 where there is no such plugin', async () => {
      const { request } = await serve(dashboardOptions(forEverything));
      const { text } = await request.get('/dashboard/plugins/%3Cb%3E').expect(404);
      match(text, /There is no plugin called &lt;b&gt;/);
    });
  });

  describe('its graph', () => {
    it('is a picture whose plugins are links, and the same as a list', async () => {
      const { request } = await serve(dashboardOptions(forEverything));
      const { text } = await request.get('/dashboard/graph').expect(200);
      match(text, /href="\/dashboard\/plugins\/newsletter" aria-label="newsletter, failed"/);
      // One for wide pages and one for phones.
      equal(text.match(/<svg/g)?.length, 2);
      equal(text.match(/<path class="edge/g)?.length, 2);
      match(text, />shop<\/a> needs <a[^>]+>storage<\/a> <span[^>]*>\(Store, requires \^2\)/);
    });

    it('puts whoever is needed below those that need it, cycles included', () => {
      const by = ['x'];
      const { nodes, edges } = layOut(
        ['a', 'b', 'c', 'd', 'alone'],
        [
          { from: 'a', to: 'b', by },
          { from: 'a', to: 'c', by },
          { from: 'b', to: 'd', by },
          { from: 'd', to: 'b', by },
        ],
      );
      const y = (name: string): number => nodes.find((node) => node.name === name)?.y ?? Number.NaN;
      ok(y('a') < y('b') && y('a') < y('c'));
      ok(y('alone') > y('d'));
      equal(edges.length, 4);
      equal(new Set(nodes.map((node) => `${node.x},${node.y}`)).size, 5);
    });
  });

  it('works where an app has mounted it, with a prefix', async () => {
    const host = createHost({
      ...dashboardOptions({ ...forEverything, prefix: '/ops' }),
      log: silent,
    });
    await host.start();
    const request = supertest(express().use('/inside', host.handler));
    const { text } = await request.get('/inside/ops/dashboard').expect(200);
    match(text, /href="\/inside\/ops\/dashboard\/plugins\/shop"/);
    const [, script = ''] = /<script type="module" src="([^"]+)"/.exec(text) ?? [];
    await request
      .get(script)
      .expect(200)
      .expect('Content-Type', /javascript/);
    await host.close();
  });

  it('is in a host by its name', async () => {
    const { request } = await serve({
      plugins: ['plugboard/plugins/dashboard'],
      settings: { dashboard: forEverything },
    });
    const { text } = await request.get('/dashboard').expect(200);
    match(text, /The plugin runs/);
    const page = await request.get('/dashboard/plugins/dashboard').expect(200);
    match(page.text, /<h3>dashboard<\/h3>/);
  });
});

describe("the dashboard's Markdown", () => {
  it('is never HTML, never a link to anything but a web site, never a picture', async () => {
    const html = await renderMarkdown(
      [
        '<script>alert(1)</script>',
        '[a](javascript:alert(1)) [b](data:text/html,x) [c](../other.md) [d](https://example.org)',
        '![a chart](https://evil.example/pixel.png)',
        '`<b>`',
      ].join('\n\n'),
    );
    doesNotMatch(html, /<script|<img|href="(?!https:)|<b>/);
    match(html, /<a href="https:\/\/example\.org" rel="noopener noreferrer nofollow">d<\/a>/);
    match(html, /a chart/);
  });
});

describe("the dashboard's figures", () => {
  it('are of the last ten full seconds', () => {
    const traffic = new Traffic();
    for (let second = 0; second < 10; second += 1) {
      for (let count = 0; count < 20; count += 1) traffic.add(200, 5, second * 1000 + count);
    }
    equal(traffic.rate(10_500), 20);
    equal(traffic.rate(15_500), 10);
    equal(traffic.rate(60_000), 0);
  });

  it('tell the slowest of a hundred', () => {
    const traffic = new Traffic();
    equal(traffic.p99, undefined);
    for (let ms = 1; ms <= 100; ms += 1) traffic.add(ms === 100 ? 500 : 200, ms, 1_000);
    equal(traffic.p99, 99);
    equal(traffic.errors, 1);
    // Whose client has gone took no time.
    traffic.add(499, undefined, 1_000);
    equal(traffic.p99, 99);
  });

  it('keep so many lines of a log and no more', () => {
    const book = new LogBook();
    for (let count = 0; count < 300; count += 1) {
      book.add({ at: new Date(0), level: 'info', plugin: 'shop', message: `line ${count}`, fields: {} });
    }
    equal(book.of('shop').length, 200);
    equal(book.of('shop').at(-1)?.message, 'line 299');
  });

  it('tell times as people do', () => {
    deepEqual([500, 59_000, 61_000, 3 * 3_600_000 + 20 * 60_000, 50 * 3_600_000].map(readableDuration), [
      '0 s',
      '59 s',
      '1 min',
      '3 h 20 min',
      '2 d 2 h',
    ]);
  });
});

/** Setting, value and origin of each row. */
function configOf(text: string): readonly (readonly string[])[] {
  const [, table = ''] = /<table class="config">(.*?)<\/table>/s.exec(text) ?? [];
  const rows = [...table.matchAll(/<tr><th scope="row">(.*?)<\/th><td>(.*?)<\/td><td>(.*?)<\/td><\/tr>/g)];
  return rows.map(([, ...cells]) => cells.map((cell) => cell.replaceAll(/<[^>]+>/g, '')));
}

function stateOf({ plugins }: Host, name: string): string | undefined {
  return plugins.find((plugin) => plugin.name === name)?.state;
}

/** A browser on the machine that has opened the dashboard, and does things with plugins there. */
async function actingOn(app: Express): Promise<(path: string) => Promise<unknown>> {
  const agent = supertest.agent(app).set('Host', 'localhost');
  const form = /name="form-token" content="([^"]+)"/.exec((await agent.get('/dashboard')).text)?.[1];
  return async (path) =>
    agent
      .post(`/dashboard/plugins/${path}`)
      .set('Origin', 'http://localhost')
      .type('form')
      .send({ form })
      .expect(303);
}
