import { deepEqual, equal, ok } from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Response } from 'express';
import { Traffic, type Work } from '#lib/http/traffic.js';

function response(state: { readonly writableFinished?: boolean; readonly closed?: boolean } = {}): Response {
  return Object.assign(new EventEmitter(), {
    writableFinished: false,
    closed: false,
    ...state,
  }) as unknown as Response;
}

function workOn(answered: Response): Work {
  return { response: answered, place: -1 };
}

describe('the requests under way', () => {
  it('are waited for until the last answer is at its end', async () => {
    const traffic = new Traffic('p');
    const [one, other] = [response(), response()];
    traffic.add(one);
    traffic.add(other);
    let isOver = false;
    const finished = traffic.finished(60_000).then(() => (isOver = true));
    one.emit('close');
    await setImmediate();
    equal(isOver, false);
    other.emit('close');
    await finished;
  });

  it('are waited for no longer than the limit', async () => {
    const traffic = new Traffic('p');
    traffic.add(response());
    await traffic.finished(1);
  });

  for (const [what, state] of Object.entries({
    'was answered at once': { writableFinished: true },
    'has lost its client': { closed: true },
  }))
    it(`are without one that ${what}: it gets no listener, and nobody waits for it`, async () => {
      const traffic = new Traffic('p');
      const answered = response(state);
      traffic.add(answered);
      equal(answered.listenerCount('close'), 0);
      await traffic.finished(60_000);
    });

  it('are not listened to while they are worked on', async () => {
    const traffic = new Traffic('p');
    const answered = response();
    const work = workOn(answered);
    traffic.expect(work);
    equal(answered.listenerCount('close'), 0);
    Object.assign(answered, { writableFinished: true });
    traffic.done(work);
    await traffic.finished(60_000);
  });

  it('are waited for where the work is done and a part is still to be sent', async () => {
    const traffic = new Traffic('p');
    const streamed = response();
    const work = workOn(streamed);
    traffic.expect(work);
    traffic.done(work);
    const finished = traffic.finished(60_000);
    streamed.emit('close');
    equal(await finished, true);
  });

  it('are waited for while they are worked on, until their clients have gone', async () => {
    const traffic = new Traffic('p');
    const worked = response();
    const work = workOn(worked);
    traffic.expect(work);
    const finished = traffic.finished(60_000);
    worked.emit('close');
    equal(await finished, true);
  });

  it('leave room for others as soon as they are over, whoever has been told', () => {
    const traffic = new Traffic('p', 1);
    const abandoned = response();
    const work = workOn(abandoned);
    traffic.expect(work);
    equal(traffic.isFull, true);
    Object.assign(abandoned, { closed: true });
    equal(traffic.isFull, false);
  });

  it('leave each for itself, in whatever order', async () => {
    const traffic = new Traffic('p');
    const works = [0, 1, 2, 3].map(() => workOn(response()));
    for (const work of works) traffic.expect(work);
    for (const index of [1, 3, 0]) {
      const work = works[index] as Work;
      Object.assign(work.response, { closed: true });
      traffic.done(work);
    }
    deepEqual([...traffic], [works[2]?.response]);
    equal(await traffic.finished(1), false);
    traffic.done(works[2] as Work);
    equal(traffic.size, 1);
    works[2]?.response.emit('close');
    equal(traffic.size, 0);
    equal(await traffic.finished(60_000), true);
  });

  it('are all told of, though some leave meanwhile', () => {
    const traffic = new Traffic('p');
    const works = [0, 1, 2].map(() => workOn(response()));
    for (const work of works) traffic.expect(work);
    const told = works.map(() => false);
    for (const one of traffic) {
      const index = works.findIndex((work) => work.response === one);
      told[index] = true;
      Object.assign(one, { closed: true });
      traffic.done(works[index] as Work);
    }
    deepEqual(told, [true, true, true]);
  });

  it('are forgotten when their clients have gone, though nobody ends their work', () => {
    const traffic = new Traffic('p');
    for (let count = 0; count < 1_000; count++) {
      const abandoned = response();
      const work = workOn(abandoned);
      traffic.expect(work);
      Object.assign(abandoned, { closed: true });
    }
    ok([...traffic].length < 100);
  });
});
