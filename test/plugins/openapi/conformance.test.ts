import { match, ok, throws } from 'node:assert/strict';
import { AssertionError } from 'node:assert';
import { conformance, type Conformance } from 'plugboard/plugins/openapi/testing';
import type { HostTestBed } from 'plugboard/testing';
import { testPlugin } from 'plugboard/testing';
import { CataloguePlugin } from './catalogue.ts';
import { documented } from './documents.ts';

const tea = { name: 'tea', price: 3, size: 1, maker: { name: 'Ada' } };

describe('the answers of a plugin, compared with its OpenAPI document', () => {
  let bed: HostTestBed;
  let api: Conformance;

  before(async () => {
    bed = await documented([CataloguePlugin, './plugins/health', './plugins/guestbook'], {
      authorizationChecker: ({ request }) => isSignedIn(request),
      currentUserChecker: () => ({ name: 'Ada' }),
    });
    api = conformance(bed.host);
  });

  after(async () => bed.close());

  it('conform where all goes well', async () => {
    api.check(await bed.request.get('/catalogue/items?sort=name').expect(200));
    api.check(await bed.request.get('/catalogue/items/7').expect(200));
    api.check(await bed.request.head('/catalogue/items/7').expect(200));
    api.check(await bed.request.post('/catalogue/items').send(tea).expect(201));
    api.check(await bed.request.post('/catalogue/items/many').send([tea]).expect(200));
    api.check(await bed.request.delete('/catalogue/items/7').expect(204));
    api.check(await bed.request.get('/catalogue/items/a-b/files/c/d/e').expect(200));
    api.check(await bed.request.get('/catalogue/pages/text').expect(200));
    api.check(await bed.request.get('/catalogue/pages/old').expect(302));
    api.check(await bed.request.get('/health').expect(200));
    api.check(await bed.request.get('/guestbook').expect(200));
  });

  it('conform with a picture', async () => {
    const sent = bed.request
      .put('/catalogue/items/7/picture')
      .field('title', 'tea')
      .attach('picture', Buffer.from('x'), 'x.png');
    api.check(await sent.expect(200));
  });

  it('conform where they refuse', async () => {
    api.check(await bed.request.get('/catalogue/items').expect(400));
    api.check(
      await bed.request
        .post('/catalogue/items')
        .send({ ...tea, maker: {} })
        .expect(400),
    );
    api.check(await bed.request.patch('/catalogue/items/7').send({}).expect(400));
    api.check(await bed.request.get('/catalogue/items/whoami').expect(403));
    api.check(await bed.request.get('/catalogue/items/whoami').set('Authorization', 'Ada').expect(200));
    api.check(await bed.request.get('/catalogue/items/404').expect(404));
    api.check(await bed.request.get('/api/guestbook/1').expect(404));
    api.check(
      await bed.request
        .post('/catalogue/items')
        .send({ name: 'x'.repeat(200_000) })
        .expect(413),
    );
  });

  it('conform where the plugin fails, and where a page is missing', async () => {
    api.check(await bed.request.get('/catalogue/items/broken').expect(500));
    api.check(await bed.request.get('/catalogue/pages/missing').expect(404, 'There is no such page.'));
  });

  it('conform where an app has mounted the host', async () => {
    const { status, type, body } = await bed.request.get('/catalogue/items/7').expect(200);
    const request = { method: 'GET', url: 'http://localhost/api/catalogue/items/7?x=1' };
    conformance(bed.host, '/api').check({ status, type, body, request });
  });

  it('do not conform with a body that is not of its schema, and say where, and what to write', async () => {
    const answer = await bed.request.get('/catalogue/items/666').expect(200);
    const message = complaint(() => api.check(answer));
    match(message, /^GET \/catalogue\/items\/666: 200 is not what the document says of Item:\n/);
    match(message, /\n {2}\/id must be integer\n/);
    match(message, /must have required property 'name' \(or write @IsOptional\(\) above name\)/);
    match(message, /the decorators of Item, or @ApiOperation\({ response: … }\) above the method\.$/);
  });

  it('say what to write for a value that is not among those of an enum, and for null', () => {
    const item = { ...tea, id: 1, colour: 'blue', price: null };
    const request = { method: 'GET', url: '/catalogue/items/7' };
    const message = complaint(() =>
      api.check({ status: 200, type: 'application/json', body: item, request }),
    );
    match(message, /\/colour must be equal to one of the allowed values: "red", "green"/);
    match(message, /\/price must be integer, and is null \(.*@JSONSchema\({ type: \['integer', 'null'\] }\)/);
  });

  it('do not conform with a status that is not described, and say what to write', async () => {
    const answer = await bed.request.get('/catalogue/items/7/stock').expect(409);
    const message = complaint(() => api.check(answer));
    match(message, /^GET \/catalogue\/items\/7\/stock: 409 is not among 200, 400, 404/);
    match(message, /which catalogue\.stock is described with/);
    match(message, /@ApiOperation\({ responses: { 409: { description: '…' } } }\) above the method/);
    match(message, /"message":"out of stock"/);
    const request = { method: 'GET', url: '/catalogue/items/7/stock' };
    const without = { status: 204, type: '', body: {}, request };
    match(
      complaint(() => api.check(without)),
      /write @OnNull\(204\)/,
    );
  });

  it('do not conform with another media type, and say what to write', () => {
    const request = { method: 'GET', url: '/catalogue/items/7' };
    const answer = { status: 200, body: undefined, request };
    match(
      complaint(() => api.check({ ...answer, type: 'text/csv' })),
      /: 200 is text\/csv, not application\/json, as catalogue\.find is described\.\n {2}.*@ContentType\('text\/csv'\)/,
    );
    match(
      complaint(() => api.check({ ...answer, type: '' })),
      /is of no media type.*\n.*@ContentType\('application\/octet-stream'\)/,
    );
  });

  it('do not conform where nothing of the kind is described, and say why that may be', () => {
    const answer = { status: 200, type: 'application/json', body: {} };
    const asked = (method: string, url: string) =>
      complaint(() => api.check({ ...answer, request: { method, url } }));
    match(
      asked('GET', '/catalogue/items/hidden/x'),
      /hidden: true.*`exclude`.*conformance\(host, '\/api'\)/s,
    );
    match(asked('PUT', '/catalogue/items'), /It has GET, POST of this path/);
    match(asked('GET', '/catalogue/items/x/pattern-1'), /pattern-.*regular expression/);
  });

  it('can’t be compared in a host without the plugin, which says so', async () => {
    await using alone = await testPlugin(CataloguePlugin).start();
    throws(() => conformance(alone.host), { code: 'TOKEN_NOT_OFFERED' });
  });
});

function complaint(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    ok(error instanceof AssertionError);
    return error.message;
  }
  throw new Error('It conforms.');
}

function isSignedIn(request: unknown): boolean {
  return (request as { headers: { authorization?: string } }).headers.authorization === 'Ada';
}
