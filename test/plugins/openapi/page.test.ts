import { deepEqual, equal, match, ok } from 'node:assert/strict';
import express from 'express';
import { Plugin } from 'plugboard';
import { ApiOperation, OpenApiPlugin } from 'plugboard/plugins/openapi';
import type { HostTestBed } from 'plugboard/testing';
import { Get, JsonController } from 'routing-controllers';
import supertest from 'supertest';
import { closeHosts, serve } from '../../host/hosting.ts';
import { CataloguePlugin } from './catalogue.ts';
import { documented } from './documents.ts';

@Plugin({ name: 'rude', description: '<script>alert(1)</script>' })
@JsonController('/rude')
class RudePlugin {
  @Get()
  @ApiOperation({ summary: '"><img src=x onerror=alert(1)>', description: '<b>bold</b>' })
  get() {
    return {};
  }
}

describe('the page of the API', () => {
  let bed: HostTestBed;
  let html: string;
  let policy: string | undefined;

  before(async () => {
    bed = await documented([CataloguePlugin, RudePlugin], { config: { title: 'The shop' } });
    const answer = await bed.request.get('/openapi').expect(200).expect('Content-Type', /html/);
    html = answer.text;
    policy = answer.headers['content-security-policy'];
  });

  after(async () => bed.close());

  it('has every operation, with a form to try it', () => {
    const tried = [...html.matchAll(/data-method="(\w+)" data-path="([^"]+)"/g)].map(
      ([, method, path]) => `${method} ${path}`,
    );
    for (const one of [
      'GET /catalogue/items',
      'POST /catalogue/items',
      'PUT /catalogue/items/{id}/picture',
      'GET /rude',
    ]) {
      ok(tried.includes(one), one);
    }
    match(html, /One item/);
    match(html, /<input\s+data-name="picture" data-in="body" type="file" required/);
  });

  it('begins a body with what is valid but for what only the sender knows', async () => {
    const [, text = ''] = /data-path="\/catalogue\/items\/many"[^]*?<textarea[^>]*>([^<]*)</.exec(html) ?? [];
    const body: unknown = JSON.parse(text.replaceAll('&quot;', '"'));
    await bed.request
      .post('/catalogue/items/many')
      .send([{ ...(body as object[])[0], maker: { name: 'Ada' } }]);
    deepEqual(Object.keys((body as object[])[0] ?? {}).includes('price'), true);
  });

  it('sends to where the app has mounted the host', async () => {
    const { app } = await serve({ plugins: [OpenApiPlugin, RudePlugin], prefix: '/v1' });
    const mounted = supertest(express().use('/api', app));
    const { text } = await mounted.get('/api/v1/openapi').expect(200);
    match(text, /<body data-server="\/api">/);
    match(text, /data-path="\/v1\/rude"/);
    match(text, /href="\/api\/v1\/openapi\/rude\.json"/);
    await closeHosts();
  });

  it('loads nothing from outside, nor does what it loads', async () => {
    const loaded = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
    ok(loaded.length > 5);
    deepEqual(
      loaded.filter((url) => !/^[/#](?!\/)/.test(url)),
      [],
    );
    const files = loaded.filter((url) => url.includes('/assets/'));
    equal(files.length, 2);
    for (const file of files) {
      const { text, body } = await bed.request.get(file).expect(200);
      const source = text ?? String(body);
      ok(!/https?:|url\(|@import|\bimport\b/.test(source), file);
    }
  });

  it('has a policy that lets a browser load and send to nowhere else, and no code within it', () => {
    equal(
      policy,
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    ok(!/<script(?![^>]*src=)|<style|\sstyle=|\son\w+="/.test(html));
  });

  it('shows what plugins say of themselves as text', () => {
    ok(html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
    ok(!/<script>alert|<img|<b>/.test(html));
  });
});
