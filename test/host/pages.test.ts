import { equal, match, ok } from 'node:assert/strict';
import { cp, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { Controller, Get, Render } from 'routing-controllers';
import supertest from 'supertest';
import { Plugin } from 'plugboard';
import { closeHosts, folderWith, quietHost, removeFolders, serve } from './hosting.ts';

const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/host/${name}`, import.meta.url));

describe('a plugin that serves pages', () => {
  afterEach(closeHosts);
  afterEach(removeFolders);

  async function mounted(): Promise<ReturnType<typeof supertest>> {
    const host = quietHost({ plugins: [fixture('pages')], views: fixture('layouts'), prefix: '/web' });
    await host.start();
    const app = express();
    app.use((_request, response, next) => {
      response.locals['title'] = 'From the app';
      next();
    });
    return supertest(app.use('/mount', host.handler));
  }

  it("renders its own views in the host's layout, with it.base and it.asset under the mount", async () => {
    const request = await mounted();
    const { text } = await request
      .get('/mount/web/pages/hello/%3Cb%3E')
      .expect(200)
      .expect('Content-Type', /html/);
    match(text, /<title>From the app<\/title>/);
    match(text, /<h1>Hello &lt;b&gt;<\/h1>/);
    match(text, /href="\/mount\/web\/pages\/hello\/bob"/);
    const asset = /<link href="([^"]+)">/.exec(text)?.[1] ?? '';
    match(asset, /^\/mount\/web\/pages\/site\/assets\/style\.css\?v=[\w-]+$/);
    await request
      .get(asset)
      .expect(200, /color: teal/)
      .expect('Content-Type', /css/)
      .expect('Cache-Control', 'public, max-age=31536000, immutable')
      .expect('X-Content-Type-Options', 'nosniff');
  });

  it('serves its assets to be asked for again where the address has no version', async () => {
    const request = await mounted();
    const { headers } = await request
      .get('/mount/web/pages/site/assets/style.css')
      .expect(200)
      .expect('Cache-Control', 'public, max-age=0, must-revalidate');
    await request
      .get('/mount/web/pages/site/assets/style.css')
      .set('If-None-Match', headers['etag'] ?? '')
      .expect(304);
  });

  it('shows nothing outside its assets: no parent, no hidden file, no link that leads out', async () => {
    const folder = await folderWith({ 'secret.txt': 'secret' });
    await cp(fixture('pages'), join(folder, 'plugins'), { recursive: true });
    const assets = join(folder, 'plugins/site/public');
    await symlink(join(folder, 'secret.txt'), join(assets, 'link.txt'));
    await symlink(join(assets, 'style.css'), join(assets, 'inside.css'));
    await writeFile(join(assets, '.env'), 'SECRET=1');
    const { request } = await serve({ plugins: [join(folder, 'plugins')] });
    for (const path of [
      'link.txt',
      '.env',
      '../index.ts',
      '..%2findex.ts',
      '%2e%2e/index.ts',
      'gone.css',
      '',
    ])
      ok([400, 404].includes((await request.get(`/pages/site/assets/${path}`)).status), path);
    await request.get('/pages/site/assets/inside.css').expect(200);
  });

  it('says in the log which template is missing, and not to the client', async () => {
    const { request, logs } = await serve({ plugins: [fixture('pages')] });
    const { text } = await request.get('/pages/lost').expect(500);
    match(text, /^Internal Server Error \(request [-\w]{36}\)$/);
    const error = logs.find(({ level }) => level === 'error')?.['error'] as { code?: string } | undefined;
    equal(error?.code, 'VIEW_MISSING');
  });

  it("uses the view engine of the host's options, or else that of the app", async () => {
    @Plugin({ name: 'engines' })
    @Controller('/engines')
    class EnginesPlugin {
      @Get('/host') @Render('page') host(): object {
        return { name: 'ada' };
      }
      @Get('/app') @Render('other') app(): object {
        return { name: 'bob' };
      }
    }
    const views = await folderWith({ 'page.txt': '', 'app/other.tpl': '' });
    const host = quietHost({
      plugins: [EnginesPlugin],
      views,
      viewEngines: {
        txt: (_path, data, done) => done(undefined, `host: ${(data as { name: string }).name}`),
      },
    });
    await host.start();
    const app = express();
    app.set('views', join(views, 'app'));
    app.set('view engine', 'tpl');
    app.engine('tpl', (_path, data, done) => done(null, `app: ${(data as { name: string }).name}`));
    app.use(host.handler);
    await supertest(app).get('/engines/host').expect(200, 'host: ada');
    await supertest(app).get('/engines/app').expect(200, 'app: bob');
  });
});
