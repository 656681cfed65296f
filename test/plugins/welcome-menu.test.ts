import { deepEqual, equal, match } from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { createHost, Plugin, type Class } from 'plugboard';
import { testHost, testPlugin } from 'plugboard/testing';
import supertest from 'supertest';
import { GuestbookPlugin } from '../../plugins/guestbook/index.ts';
import { GuestbookStatsPlugin } from '../../plugins/guestbook-stats/index.ts';
import { HealthPlugin } from '../../plugins/health/index.ts';
import { MenuItems } from '../../plugins/welcome/contract.ts';
import { WelcomePlugin } from '../../plugins/welcome/index.ts';
import { folderWith, removeFolders } from '../host/hosting.ts';

const folderOfPlugins = fileURLToPath(new URL('../../plugins', import.meta.url));
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

function linking(name: string, ...items: unknown[]): Class {
  @Plugin({ name, contributes: items.map((item) => [MenuItems, item] as const) })
  class Linking {}
  return Linking;
}

/** `Title → href` of each link in the menu; undefined where there is no menu. */
function menuOf(html: string): readonly string[] | undefined {
  const [, nav] = /<nav aria-label="Menu">([^]*?)<\/nav>/.exec(html) ?? [];
  if (nav === undefined) return undefined;
  return [...nav.matchAll(/<a href="(.*?)".*?>(.*?)<\/a>/g)].map(([, href, title]) => `${title} → ${href}`);
}

describe('the menu of the welcome page', () => {
  afterEach(removeFolders);

  const news = { title: 'News', href: '/news' };

  it('begins with the page itself, which is marked, and goes on with what plugins contribute', async () => {
    await using bed = await testHost([WelcomePlugin, linking('press', news)]).start();
    const { text } = await bed.request.get('/').expect(200);
    deepEqual(menuOf(text), ['Plugins → /', 'News → /news']);
    match(text, /<a href="\/" aria-current="page">Plugins</);
    equal(text.match(/aria-current/g)?.length, 1);
  });

  it('is left out where nobody contributes', async () => {
    await using bed = await testPlugin(WelcomePlugin).start();
    equal(menuOf((await bed.request.get('/').expect(200)).text), undefined);
  });

  it('follows plugins that are loaded and unloaded, while the page goes on', async () => {
    await using bed = await testHost([WelcomePlugin, linking('press', news)]).start();
    const menu = async () => menuOf((await bed.request.get('/').expect(200)).text);
    await bed.host.load(linking('jobs', { title: 'Jobs', href: '/jobs' }));
    deepEqual(await menu(), ['Plugins → /', 'News → /news', 'Jobs → /jobs']);
    await bed.host.unload('press');
    deepEqual(await menu(), ['Plugins → /', 'Jobs → /jobs']);
    await bed.host.unload('jobs');
    equal(await menu(), undefined);
    equal(bed.host.plugins.find(({ name }) => name === 'welcome')?.generation, 1);
  });

  it('shows titles as text and can be broken by no address', async () => {
    const item = { title: '<b>Bold</b>', href: '/"><script>' };
    await using bed = await testHost([WelcomePlugin, linking('rude', item)]).start();
    const { text } = await bed.request.get('/').expect(200);
    deepEqual(menuOf(text)?.[1], '&lt;b&gt;Bold&lt;/b&gt; → /&quot;&gt;&lt;script&gt;');
  });

  it('leaves out what is no link, and shows the rest', async () => {
    const items = [
      null,
      { title: 'No address' },
      { title: 'Two', href: 2 },
      { href: '/no-title' },
      { title: 'Out', href: 'out' },
      news,
    ];
    await using bed = await testHost([WelcomePlugin, linking('sloppy', ...items)]).start();
    deepEqual(menuOf((await bed.request.get('/').expect(200)).text), ['Plugins → /', 'News → /news']);
  });

  it('leads to the pages of the other plugins, below a mount point and with prefixes as well', async () => {
    const plugins = [WelcomePlugin, GuestbookPlugin, GuestbookStatsPlugin, HealthPlugin];
    await using host = createHost({
      plugins,
      prefix: '/v1',
      settings: { welcome: { prefix: '/status' }, guestbook: { prefix: '/club' } },
      log: silent,
    });
    await host.start();
    const request = supertest(express().use('/inside', host.handler));
    const { text } = await request.get('/inside/v1/status').expect(200);
    deepEqual(menuOf(text), [
      'Plugins → /inside/v1/status/',
      'Guestbook → /inside/v1/club/guestbook',
      'Guestbook statistics → /inside/v1/guestbook-stats',
      'Health → /inside/v1/health',
    ]);
    for (const link of menuOf(text) ?? []) await request.get(link.replace(/.* → /, '')).expect(200);
  });

  it('is no need of those who contribute: they run where its folder is not there', async () => {
    const folder = await folderWith({});
    for (const name of ['guestbook', 'health'])
      await cp(join(folderOfPlugins, name), join(folder, name), { recursive: true });
    await using host = createHost({ plugins: [folder], log: silent });
    await host.start();
    deepEqual(
      host.plugins.map(({ name, state, warnings }) => [name, state, ...warnings]),
      [
        ['guestbook', 'running'],
        ['health', 'running'],
      ],
    );
  });
});
