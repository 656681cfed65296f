import assert from 'node:assert/strict';
import express from 'express';
import supertest from 'supertest';
import { host } from './app.ts';

describe('the gallery of docs/html.md', () => {
  const app = express().use('/site', host.handler);

  before(async () => host.start());
  after(async () => host.close());

  it('renders in the shared layout, with links below the mount point', async () => {
    const { text } = await supertest(app).get('/site/gallery').expect(200).expect('Content-Type', /html/);
    assert.match(text, /<title>Gallery<\/title>/);
    assert.match(text, /href="\/site\/gallery\/dawn\/label"/);
    const [, asset = ''] = /href="(\/site\/gallery\/assets\/gallery\.css\?v=[^"]+)"/.exec(text) ?? [];
    await supertest(app)
      .get(asset)
      .expect(200)
      .expect('Cache-Control', /immutable/);
    await supertest(app)
      .get('/site/gallery/assets/gallery.css')
      .expect(200)
      .expect('Cache-Control', /must-revalidate/);
  });

  it('takes other engines by the extension', async () => {
    const { text } = await supertest(app).get('/site/gallery/dusk/label').expect(200);
    assert.equal(text.trim(), 'Picture: dusk');
  });
});
