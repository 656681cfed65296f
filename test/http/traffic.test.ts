import { equal } from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Response } from 'express';
import { Traffic } from '#lib/http/traffic.js';

function response(state: { readonly writableFinished?: boolean; readonly closed?: boolean } = {}): Response {
  return Object.assign(new EventEmitter(), {
    writableFinished: false,
    closed: false,
    ...state,
  }) as unknown as Response;
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
});
