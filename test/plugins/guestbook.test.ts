import { deepEqual, doesNotMatch, equal, match, rejects } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { GuestbookStore, type GuestbookEntry } from '../../plugins/guestbook/contract.ts';
import { GuestbookPlugin } from '../../plugins/guestbook/index.ts';

describe('the guestbook', () => {
  let bed: TestBed<GuestbookPlugin>;
  beforeEach(async () => {
    bed = await testPlugin(GuestbookPlugin).start();
  });
  afterEach(async () => bed.close());

  describe('as an API', () => {
    it('keeps what is added and gives the newest first', async () => {
      const added = await bed.request
        .post('/api/guestbook')
        .send({ name: 'Ada', message: 'Hello' })
        .expect(201)
        .expect('Location', '/api/guestbook/1');
      await bed.request.post('/api/guestbook').send({ name: 'Bob', message: 'Hi' }).expect(201);
      await bed.request.get('/api/guestbook/1').expect(200, added.body as object);
      const { body } = await bed.request.get('/api/guestbook').expect(200);
      deepEqual(
        (body as GuestbookEntry[]).map(({ name }) => name),
        ['Bob', 'Ada'],
      );
      const { body: latest } = await bed.request.get('/api/guestbook?limit=1').expect(200);
      equal((latest as GuestbookEntry[]).length, 1);
    });

    it('refuses an entry without a message, and says what is wrong', async () => {
      const { body } = await bed.request
        .post('/api/guestbook')
        .send({ name: 'Ada', message: '  ' })
        .expect(400);
      match(JSON.stringify(body), /Please write a message/);
      equal(bed.get(GuestbookStore).count(), 0);
    });

    it('answers 404 for an entry that is not there', async () => {
      const { body } = await bed.request.get('/api/guestbook/7').expect(404);
      equal((body as Error).message, 'There is no entry 7.');
    });

    it('gives no more than 100 entries at once', async () => {
      await bed.request.get('/api/guestbook?limit=101').expect(400);
    });
  });

  describe('as a page', () => {
    it('takes an entry by form and sends the browser back to the page', async () => {
      await bed.request
        .post('/guestbook')
        .type('form')
        .send({ name: ' Ada ', message: 'Hello' })
        .expect(303)
        .expect('Location', '/guestbook');
      deepEqual(bed.get(GuestbookStore).find(1)?.name, 'Ada');
      const { text } = await bed.request.get('/guestbook').expect(200).expect('Content-Type', /html/);
      match(text, /One entry/);
      match(text, /<p class="message">Hello<\/p>/);
    });

    it('shows what visitors wrote as text, never as HTML', async () => {
      bed.get(GuestbookStore).add({ name: '<i>Eve</i>', message: '<script>alert(1)</script>' });
      const { text } = await bed.request.get('/guestbook').expect(200);
      doesNotMatch(text, /<script>|<i>/);
      match(text, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
    });

    it('gives the form back with what was written and what is wrong with it', async () => {
      const { text } = await bed.request
        .post('/guestbook')
        .type('form')
        .send({ name: '"Ada"', message: '' })
        .expect(400);
      match(text, /value="&quot;Ada&quot;"/);
      match(text, /aria-describedby="message-mistake"/);
      match(text, /Please write a message of up to 500 characters\./);
      doesNotMatch(text, /name-mistake/);
      equal(bed.get(GuestbookStore).count(), 0);
    });
  });
});

describe("the guestbook's store", () => {
  it('keeps its entries in a file from one start to the next', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guestbook-'));
    const file = join(folder, 'guestbook.sqlite');
    const first = await testPlugin(GuestbookPlugin).config({ file }).start();
    first.get(GuestbookStore).add({ name: 'Ada', message: 'Hello' });
    await first.close();
    const second = await testPlugin(GuestbookPlugin).config({ file }).start();
    deepEqual(second.get(GuestbookStore).writers(10), [{ name: 'Ada', entries: 1 }]);
    await second.close();
    await rm(folder, { recursive: true });
  });

  it('is closed when the plugin stops', async () => {
    const bed = await testPlugin(GuestbookPlugin).start();
    const store = bed.get(GuestbookStore);
    await bed.close();
    try {
      store.count();
    } catch (error) {
      match(String(error), /The guestbook is closed/);
      return;
    }
    throw new Error('The store still answers.');
  });

  it('does not start with a file that cannot be opened', async () => {
    const start = testPlugin(GuestbookPlugin).config({ file: '/no/such/folder/guestbook.sqlite' }).start();
    await rejects(start, /guestbook: START_FAILED/);
  });

  it('can be mocked, for a test of the page alone', async () => {
    await using bed = await testPlugin(GuestbookPlugin)
      .mock(GuestbookStore, { latest: () => [], count: () => 1234 })
      .start();
    const { text } = await bed.request.get('/guestbook').expect(200);
    match(text, /1234 entries/);
  });
});
