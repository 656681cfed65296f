import assert from 'node:assert/strict';
import { testHost } from 'plugboard/testing';
import { WelcomePlugin } from '../../../../plugins/welcome/index.ts';
import { MenuWatchPlugin } from './menu-watch.ts';
import { NewsPlugin } from './news.ts';

describe('the code of docs/extending.md', () => {
  it('has news in the menu, and hears of them', async () => {
    const bed = await testHost([WelcomePlugin, MenuWatchPlugin]).start();
    await bed.host.load(NewsPlugin);
    const { text } = await bed.request.get('/').expect(200);
    assert.match(text, /<a href="\/news">News<\/a>/);
    await bed.request.get('/news').expect(200, ['Tea is cheaper today.']);
    await bed.host.unload('news');
    assert.deepEqual(
      bed.logs
        .filter(({ plugin }) => plugin === 'menu-watch')
        .map(({ message, from, title }) => ({ message, from, title })),
      [
        { message: 'came', from: 'news', title: 'News' },
        { message: 'went', from: 'news', title: 'News' },
      ],
    );
    await bed.close();
  });
});
