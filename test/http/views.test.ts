import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Controller, Get, Param, Redirect, Render } from 'routing-controllers';
import { serve, type AppSettings } from './served-app.ts';

let root = '';

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}

function page(template: string): new () => object {
  @Controller('/pages')
  class Pages {
    @Get('/:name')
    @Render(template)
    page(@Param('name') name: string) {
      return name === 'nothing' ? undefined : { name };
    }
  }
  return Pages;
}

function settings(more: AppSettings = {}): AppSettings {
  return { views: join(root, 'own'), sharedViews: [join(root, 'shared')], ...more };
}

describe('a page', () => {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plugboard-views-'));
    write({
      'shared/layout.eta': '<main><%~ it.body %></main><%= it.base %>',
      'shared/only-shared.eta': 'shared <%= it.name %>',
      'own/hello.eta': '<% layout("./layout") %>Hello <%= it.name %>',
      'own/sub/deep.eta': '<% layout("../layout") %><%~ include("./part", it) %><%~ include("/top") %>',
      'own/sub/part.eta': 'part of <%= it.name %>',
      'own/top.eta': ' top',
      'own/escape.eta': '<%~ include("../../secret") %>',
      'own/lost.eta': '<%~ include("./lost-part") %>',
      'own/asset.eta': '<%~ it.asset("style.css") %> <%~ it.asset("/missing.css") %>',
      'own/plain.txt': 'text for $name',
      'own/failing.bad': '',
      'own/broken.eta': '<% throw new Error("a secret") %>',
      'secret.eta': 'secret',
      'assets/style.css': 'body {}',
    });
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('is rendered by eta, escaped, in the layout that the host shares', async () => {
    const { request } = serve([page('hello')], settings({ mountedAt: '/web', prefix: '/p' }));
    const { text, headers } = await request.get('/web/p/pages/%3Cb%3E').expect(200);
    assert.equal(text, '<main>Hello &lt;b&gt;</main>/web/p');
    assert.match(headers['content-type'] as string, /^text\/html/);
    assert.equal((await request.get('/web/p/pages/again')).text, '<main>Hello again</main>/web/p');
  });

  it('finds layouts and includes beside itself, in its folder, then in the host’s', async () => {
    const { request } = serve([page('sub/deep')], settings());
    assert.equal((await request.get('/pages/x').expect(200)).text, '<main>part of x top</main>');
  });

  it('may be the host’s, and may do without a result', async () => {
    const { request } = serve([page('only-shared.eta')], settings());
    assert.equal((await request.get('/pages/x').expect(200)).text, 'shared x');
    assert.equal((await request.get('/pages/nothing').expect(200)).text, 'shared undefined');
  });

  it('prefers the plugin’s own template', async () => {
    write({ 'own/layout.eta': '<own><%~ it.body %></own>' });
    const { request } = serve([page('hello')], settings({ options: { development: true } }));
    assert.equal((await request.get('/pages/x').expect(200)).text, '<own>Hello x</own>');
    write({ 'own/hello.eta': 'changed' });
    assert.equal((await request.get('/pages/x').expect(200)).text, 'changed');
  });

  it('names assets by their content', async () => {
    const { request } = serve([page('asset')], settings({ assets: join(root, 'assets') }));
    const { text } = await request.get('/pages/x').expect(200);
    assert.match(text, /^\/sample\/assets\/style\.css\?v=[\w-]{12} \/sample\/assets\/missing\.css$/);
    const url = text.split(' ')[0] as string;
    const { headers } = await request.get(url).expect(200, 'body {}');
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
  });

  it('is rendered by another engine where its extension says so', async () => {
    const viewEngines: AppSettings['viewEngines'] = {
      txt: (file, it, done) => done(null, `${file.endsWith('plain.txt')} ${(it as { name: string }).name}`),
      '.bad': (_file, _it, done) => done(new Error('engine fails')),
    };
    const { request } = serve([page('plain.txt')], settings({ viewEngines }));
    assert.equal((await request.get('/pages/x').expect(200)).text, 'true x');
    assert.equal(
      (await serve([page('plain')], settings({ viewEngines })).request.get('/pages/x')).text,
      'true x',
    );
    await serve([page('failing.bad')], settings({ viewEngines }))
      .request.get('/pages/x')
      .expect(500);
  });

  it('falls back to the app’s own view engine', async () => {
    write({ 'app/page.mine': '' });
    const configure: AppSettings['configure'] = (app) => {
      app.engine('mine', (_file, it, done) => done(null, `app ${(it as { name: string }).name}`));
      app.set('views', join(root, 'app'));
    };
    const { app, request } = serve([page('page.mine')], settings({ configure }));
    assert.equal((await request.get('/pages/x').expect(200)).text, 'app x');
    app.set('views', join(root, 'nowhere'));
    app.disable('view cache');
    await serve([page('none.mine')], settings({ configure }))
      .request.get('/pages/x')
      .expect(500);
  });

  it('that is missing is an error that names the folders', async () => {
    const { request, reported } = serve([page('missing')], settings());
    await request.get('/pages/x').expect(500);
    const error = reported[0]?.error as { code: string; message: string };
    assert.equal(error.code, 'VIEW_MISSING');
    assert.match(error.message, /own.*shared/);
    const without = serve([page('missing')], {});
    await without.request.get('/pages/x').expect(500);
    assert.match(String(without.reported[0]?.error), /has no folder of views/);
  });

  it('can’t be outside its folders, nor include what is', async () => {
    for (const template of ['../secret', 'escape', 'lost', 'broken']) {
      const { request, reported } = serve([page(template)], settings());
      const { body, text } = await request.get('/pages/x').expect(500);
      assert.ok(!`${JSON.stringify(body)}${text}`.includes('secret'), template);
      assert.equal(reported.length, 1, template);
    }
  });
});

describe('assets', () => {
  const withAssets = (more: AppSettings = {}) => serve([], { assets: join(root, 'public'), ...more }).request;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plugboard-assets-'));
    write({
      'public/app.js': 'run()',
      'public/deep/a b.txt': 'deep',
      'public/.hidden': 'hidden',
      'public/.git/config': 'hidden',
      'outside.txt': 'outside',
    });
    symlinkSync(join(root, 'outside.txt'), join(root, 'public/link.txt'));
    symlinkSync(join(root, 'public/app.js'), join(root, 'public/inner.js'));
    symlinkSync(root, join(root, 'public/up'));
  });

  afterEach(() => rmSync(root, { recursive: true }));

  it('are served below the plugin’s name, to be asked for again', async () => {
    const request = withAssets({ prefix: '/p', mountedAt: '/web' });
    const { headers } = await request.get('/web/p/sample/assets/app.js').expect(200, 'run()');
    assert.match(headers['content-type'] as string, /javascript/);
    assert.equal(headers['cache-control'], 'public, max-age=0, must-revalidate');
    assert.ok(headers['last-modified']);
    await request
      .get('/web/p/sample/assets/app.js')
      .set('if-none-match', headers.etag as string)
      .expect(304);
    await request.get('/web/p/sample/assets/app.js?v=other').expect('cache-control', /max-age=0/);
  });

  it('are there in part, without a body, and in folders', async () => {
    const request = withAssets();
    await request.get('/sample/assets/app.js').set('range', 'bytes=0-2').expect(206, 'run');
    await request.get('/sample/assets/app.js').set('range', 'bytes=90-').expect(416);
    await request.head('/sample/assets/app.js').expect(200).expect('content-length', '5');
    await request.get('/sample/assets/deep/a%20b.txt').expect(200, 'deep');
    await request.get('/sample/assets/inner.js').expect(200, 'run()');
  });

  it('are not there outside the folder, hidden, or as a folder', async () => {
    const request = withAssets();
    const paths = [
      'missing.js',
      'link.txt',
      'up/outside.txt',
      '..%2Foutside.txt',
      'deep/..%2F..%2Foutside.txt',
      '..%5Coutside.txt',
      '.hidden',
      '.git/config',
      'deep',
      'app.js%00.txt',
      'app.js/',
    ];
    for (const path of paths) {
      const { text } = await request.get(`/sample/assets/${path}`).expect(404);
      assert.ok(!text.includes('outside'), path);
    }
    await request.post('/sample/assets/app.js').expect(404);
  });
});

describe('a redirect', () => {
  @Controller()
  class Redirects {
    @Get('/with-object')
    @Redirect('https://user@host:8080/:a/b?c=:d#:e')
    withObject() {
      return { a: 'x', d: { deep: 1 } };
    }
  }

  it('fills path and query, and leaves host and fragment', async () => {
    await serve([Redirects])
      .request.get('/with-object')
      .expect(302)
      .expect('location', 'https://user@host:8080/x/b?c=%7B%22deep%22:1%7D#:e');
  });
});
