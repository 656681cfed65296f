import assert from 'node:assert/strict';
import express from 'express';
import session from 'express-session';
import supertest, { type Response } from 'supertest';
import { createHost } from 'plugboard';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { host } from './error-body.ts';
import { ShopPlugin } from './shop.ts';

describe('the shop of docs/http.md', () => {
  let bed: TestBed<ShopPlugin>;

  before(async () => {
    bed = await testPlugin(ShopPlugin, {
      currentUserChecker: () => ({ name: 'Ada' }),
      authorizationChecker: (action, roles) =>
        roles.includes('admin') && (action.request as express.Request).get('x-admin') === 'yes',
    }).start();
  });

  after(async () => bed.close());

  it('reads parameters in their types', async () => {
    await bed.request.get('/shop/items?limit=5').expect(200, { data: { limit: 5, sort: 'name' } });
    await bed.request.get('/shop/items?limit=500').expect(400);
    await bed.request.get('/shop/items/7').expect(200, { id: 7 });
    await bed.request.get('/shop/items/x').expect(400);
    await bed.request.get('/shop/items/101').expect(404, {
      name: 'NotFoundError',
      message: 'There is no item 101.',
    });
    await bed.request.patch('/shop/items/7').send({ name: 'tea' }).expect(200, { id: 7, name: 'tea' });
    await bed.request.delete('/shop/items/7').expect(204);
  });

  it('validates bodies, and refuses a list where one object is meant', async () => {
    const item = { name: 'tea', price: 3 };
    await bed.request.post('/shop/items').send(item).expect(201, item).expect('Location', '/items/1');
    await bed.request.post('/shop/items').type('form').send('name=tea&price=3').expect(400);
    const refused = await bed.request.post('/shop/items').send({ name: '', price: 0 }).expect(400);
    assert.deepEqual(
      (refused.body as { errors: { property: string }[] }).errors.map(({ property }) => property),
      ['name', 'price'],
    );
    await bed.request.post('/shop/items').send([item]).expect(400);
    await bed.request.post('/shop/items/many').send([item, item]).expect(200, { added: 2 });
    await bed.request.post('/shop/items/many').send([item, {}]).expect(400);
  });

  it('knows headers, cookies, users and the raw request', async () => {
    await bed.request
      .get('/shop/me/agent')
      .set({ 'User-Agent': 'test', Cookie: 'theme=dark' })
      .expect(200, { agent: 'test', theme: 'dark' });
    await bed.request.get('/shop/me').expect(403);
    await bed.request.get('/shop/me').set('x-admin', 'yes').expect(200, { name: 'Ada' });
    await bed.request.get('/shop/me/raw').expect(202, { url: '/shop/me/raw' });
    await bed.request.get('/shop/me/old').expect(302).expect('Location', '/items/7');
  });

  it('takes the session of the app', async () => {
    const own = createHost({ plugins: [ShopPlugin] });
    await own.start();
    const app = express();
    app.use(session({ secret: 'x', resave: false, saveUninitialized: true }));
    app.use(own.handler);
    await supertest(app).get('/shop/me/visits').expect(200, { visits: 0 });
    await own.close();
  });

  it('keeps the time, streams and takes files', async () => {
    const late = await bed.request.get('/shop/reports/slow').expect(504);
    assert.equal((late.body as { message: string }).message, 'Gateway Timeout');
    await bed.request.get('/shop/reports/source').buffer(true).parse(readSource).expect(200);
    await bed.request
      .post('/shop/reports/picture')
      .attach('picture', Buffer.from('png'), 'a.png')
      .expect(200, { name: 'a.png', bytes: 3 });
    await bed.request.post('/shop/reports/picture').expect(400);
  });

  it('tells clients what is meant for them and nothing else', async () => {
    await bed.request.get('/shop/failures/400').expect(400, {
      name: 'BadRequestError',
      message: 'Say which one.',
    });
    await bed.request.get('/shop/failures/409').expect(409, { code: 'out-of-stock', item: 'tea' });
    const { body } = await bed.request.get('/shop/failures/500').expect(500);
    const { requestId, ...rest } = body as Record<string, unknown>;
    assert.equal(typeof requestId, 'string');
    assert.deepEqual(rest, { name: 'InternalServerError', message: 'Internal Server Error' });
  });

  it('has middlewares and a shape of errors of its own', async () => {
    await bed.request
      .get('/shop/limited')
      .expect(200)
      .expect('X-Only-Here', 'yes')
      .expect('X-Started', /\d+/);
    await host.start();
    const app = express().use(host.handler);
    await supertest(app)
      .get('/shop/failures/500')
      .expect(500, { error: 'Something went wrong', path: '/shop/failures/500' });
    await host.close();
  });
});

function readSource(response: Response, done: (error: Error | null, body: unknown) => void): void {
  let text = '';
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  stream.on('end', () => {
    assert.match(text, /createReadStream/);
    done(null, text);
  });
}
