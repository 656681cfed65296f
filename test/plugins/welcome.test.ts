import { deepEqual, doesNotMatch, match } from 'node:assert/strict';
import { Plugin, type HostOptions } from 'plugboard';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Get, JsonController, Param, Post } from 'routing-controllers';
import express from 'express';
import supertest from 'supertest';
import { createHost } from 'plugboard';
import { WelcomePlugin } from '../../plugins/welcome/index.ts';

@Plugin({ name: 'shop', version: '2.1.0', description: 'Sells <b>things</b>' })
@JsonController('/shop')
class ShopPlugin {
  @Get()
  list() {
    return [];
  }

  @Get('/:id')
  find(@Param('id') id: string) {
    return { id };
  }

  @Post()
  add() {
    return {};
  }
}

@Plugin({ name: 'broken' })
class BrokenPlugin {
  onStart(): void {
    throw new Error('no <disk> left');
  }
}

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

describe('the welcome page', () => {
  let bed: TestBed<WelcomePlugin> | undefined;
  afterEach(async () => {
    await bed?.close();
    bed = undefined;
  });

  async function page(options: Partial<HostOptions> = {}): Promise<string> {
    bed = await testPlugin(WelcomePlugin, options).start();
    const { text } = await bed.request.get('/').expect(200).expect('Content-Type', /html/);
    return text;
  }

  it('shows each plugin with its state, version and description', async () => {
    const html = await page({ plugins: [ShopPlugin] });
    match(html, /<h1>2 plugins run<\/h1>/);
    match(html, />shop<.*\n\s*<span class="version">2\.1\.0<\/span>\s*<span class="state">running</);
    match(html, /Sells &lt;b&gt;things&lt;\/b&gt;/);
  });

  it('links what a browser can open and only names the rest', async () => {
    const html = await page({ plugins: [ShopPlugin] });
    match(html, /<a href="\/shop">\/shop<\/a>/);
    match(html, /<code>\/shop\/:id<\/code>/);
    match(html, /POST<\/span>\s*<code>\/shop<\/code>/);
    doesNotMatch(html, /assets\/\*path/);
  });

  it('says first what failed, why, and what to do', async () => {
    await using host = createHost({ plugins: [ShopPlugin, BrokenPlugin, WelcomePlugin], log: silent });
    await host.start();
    const { text } = await supertest(express().use(host.handler)).get('/').expect(200);
    match(text, /<h1>2 of 3 plugins run<\/h1>/);
    match(text, /<dt>Why<\/dt>\s*<dd>.*no &lt;disk&gt; left/);
    match(text, /<dt>What to do<\/dt>\s*<dd>[^<]+<\/dd>/);
    deepEqual(
      [...text.matchAll(/<article class="\w+" id="([\w-]+)"/g)].map(([, name]) => name),
      ['broken', 'shop', 'welcome'],
    );
  });

  it('keeps its links and its style sheet right under a mount point and a prefix', async () => {
    await using host = createHost({
      plugins: [ShopPlugin, WelcomePlugin],
      settings: { welcome: { prefix: '/status' } },
      log: silent,
    });
    await host.start();
    const request = supertest(express().use('/inside', host.handler));
    const { text } = await request.get('/inside/status').expect(200);
    match(text, /href="\/inside\/shop"/);
    const [, styles = ''] = /rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
    match(styles, /^\/inside\/status\/welcome\/assets\/welcome\.css\?v=/);
    await request
      .get(styles)
      .expect(200)
      .expect('Content-Type', /css/)
      .expect('Cache-Control', /immutable/);
  });

  it('lets a browser load nothing but its own style sheet', async () => {
    await page();
    await bed?.request.get('/').expect('Content-Security-Policy', /default-src 'none'; style-src 'self'/);
  });
});
