import { match, rejects } from 'node:assert/strict';
import { testHost, testPlugin } from 'plugboard/testing';
import { GuestbookStore } from '../../plugins/guestbook/contract.ts';
import { GuestbookPlugin } from '../../plugins/guestbook/index.ts';
import { GuestbookStatsPlugin } from '../../plugins/guestbook-stats/index.ts';

const entry = { id: 3, name: 'Ada', message: 'Hello', writtenAt: '2026-02-03T04:05:06.789Z' };

describe('the statistics of the guestbook', () => {
  it('count who wrote how much', async () => {
    await using bed = await testHost([GuestbookPlugin, GuestbookStatsPlugin]).start();
    const store = bed.get(GuestbookStore);
    for (const name of ['Bob', 'Ada', 'Ada']) store.add({ name, message: 'Hello' });
    await bed.request.get('/api/guestbook-stats').expect(200, {
      entries: 3,
      writers: [
        { name: 'Ada', entries: 2 },
        { name: 'Bob', entries: 1 },
      ],
      lastWrittenAt: store.latest(1)[0]?.writtenAt,
    });
  });

  it('are shown as a table, names as text', async () => {
    await using bed = await testPlugin(GuestbookStatsPlugin)
      .mock(GuestbookStore, {
        count: () => 3,
        writers: () => [{ name: '<b>Ada</b>', entries: 3 }],
        latest: () => [entry],
      })
      .start();
    const { text } = await bed.request.get('/guestbook-stats').expect(200).expect('Content-Type', /html/);
    match(text, /<th scope="row">&lt;b&gt;Ada&lt;\/b&gt;<\/th><td>3<\/td>/);
    match(text, /3 entries, the last at .*2026-02-03 04:05 UTC/);
  });

  it('say so where nobody has written', async () => {
    await using bed = await testPlugin(GuestbookStatsPlugin)
      .mock(GuestbookStore, { count: () => 0, writers: () => [], latest: () => [] })
      .start();
    const { text } = await bed.request.get('/guestbook-stats').expect(200);
    match(text, /Nobody has written yet/);
  });

  it('need a guestbook, and a test is told how to give one', async () => {
    await rejects(testPlugin(GuestbookStatsPlugin).start(), /\.mock\(GuestbookStore, \{ … \}\)/);
  });
});
