import { deepEqual, equal, match } from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { Watched } from './owner.ts';

const nothing = (): void => undefined;

describe('listeners that are left on objects of the host', () => {
  let watched: Watched;
  beforeEach(() => {
    watched = new Watched({});
  });
  afterEach(() => {
    watched[Symbol.dispose]();
  });

  it('are removed from process, and no one else is', async () => {
    const others = process.listeners('SIGUSR2');
    process.on('SIGUSR2', nothing);
    watched.run(() => {
      process.on('SIGUSR2', () => undefined);
      process.prependOnceListener('SIGUSR2', () => undefined);
    });
    const left = await watched.settle();
    deepEqual(
      left.map(({ kind, closed }) => [kind, closed]),
      [
        ['listener', true],
        ['listener', true],
      ],
    );
    match(left[0]?.startedAt ?? '', /listeners\.test\.ts:\d+:\d+$/);
    deepEqual(process.listeners('SIGUSR2'), [...others, nothing]);
    process.off('SIGUSR2', nothing);
  });

  it('are removed from emitters and targets that are watched', async () => {
    const emitter = new EventEmitter();
    const target = new EventTarget();
    watched.ledger.watchListeners(emitter);
    watched.ledger.watchListeners(target);
    let heard = 0;
    const hear = (): void => void (heard += 1);
    watched.run(() => {
      emitter.on('news', hear);
      target.addEventListener('news', hear, { capture: true });
      target.addEventListener('news', { handleEvent: hear });
    });
    emitter.emit('news');
    target.dispatchEvent(new Event('news'));
    equal(heard, 3);
    deepEqual(await watched.kindsLeft(), ['1 listener closed', '1 listener closed', '1 listener closed']);
    emitter.emit('news');
    target.dispatchEvent(new Event('news'));
    equal(heard, 3);
  });

  it('are none where they were removed, have been called once, or are of another', async () => {
    const emitter = new EventEmitter();
    watched.ledger.watchListeners(emitter);
    await watched.run(async () => {
      const passing = (): void => undefined;
      emitter.on('news', passing).off('news', passing);
      const news = once(emitter, 'news');
      emitter.emit('news');
      await news;
    });
    watched.run(() => emitter.on('news', nothing), {});
    emitter.on('news', nothing);
    deepEqual(await watched.settle(), []);
    equal(emitter.listenerCount('news'), 2);
  });

  it('are not seen once the watch has ended, which leaves nothing on the object', async () => {
    const emitter = new EventEmitter();
    const target = new EventTarget();
    using second = new Watched();
    const ends = [emitter, target].flatMap((object) => [
      watched.ledger.watchListeners(object),
      second.ledger.watchListeners(object),
    ]);
    equal(emitter.listenerCount('newListener'), 1);
    for (const end of ends) end();
    watched.run(() => emitter.on('news', nothing));
    deepEqual(await watched.settle(), []);
    deepEqual(emitter.eventNames(), ['news']);
    deepEqual(Reflect.ownKeys(target).includes('addEventListener'), false);
  });

  it('are said to be there where removing them fails', async () => {
    const emitter = new EventEmitter();
    watched.ledger.watchListeners(emitter);
    watched.run(() => emitter.on('news', nothing));
    emitter.removeListener = () => emitter;
    deepEqual(await watched.kindsLeft(), ['1 listener named']);
  });
});
