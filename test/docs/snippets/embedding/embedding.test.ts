import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Express } from 'express';
import type { Host } from 'plugboard';
import supertest from 'supertest';
import { app, host, ownErrors, strictApp } from './existing-app.ts';
import * as faster from './faster-server.ts';
import { serve } from './settings.ts';
import * as two from './two-hosts.ts';

describe('the apps of docs/embedding.md', () => {
  it('serve plugins among their own routes', async () => {
    await supertest(app).get('/').expect(200, 'The app’s own page');
    await supertest(app).get('/api/shop/items/7').expect(200, { id: 7 });
    await supertest(app).get('/api/shop/me').expect(403);
    await supertest(app).get('/api/nothing').expect(404, 'Not here');
    await host.close();
    await supertest(app).get('/api/shop/items/7').expect(503).expect('Retry-After', '1');
  });

  it('answer errors themselves where they want to', async () => {
    await supertest(strictApp).get('/shop/failures/400').expect(503);
    await ownErrors.start();
    await supertest(strictApp).get('/shop/failures/400').expect(400, 'Sorry');
    await ownErrors.close();
  });

  it('may have two hosts', async () => {
    await supertest(two.app).get('/api/prices').expect(200, { tea: 3 });
    await supertest(two.app).get('/prices').expect(200, '<p>Tea: 3</p>');
    await two.web.close();
    await two.api.close();
  });

  it('may be on a faster server', async () => {
    await supertest(faster.server).get('/api/shop/items/7').expect(200, { id: 7 });
    faster.server.close();
    await faster.host.close();
  });

  it('say how each plugin is', async () => {
    assert.deepEqual(await serve(), [
      'counter running',
      'ping disabled',
      'quotes running',
      'ticker running',
      'visits running',
      '@example/not-installed PACKAGE_NOT_FOUND',
    ]);
  });

  it('may be CommonJS', async () => {
    const { main } = createRequire(import.meta.url)('./server.cjs') as {
      main(): Promise<{ host: Host; app: Express }>;
    };
    const started = await main();
    await supertest(started.app).get('/api/nothing').expect(404);
    await started.host.close();
  });
});
