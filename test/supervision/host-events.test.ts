import { deepEqual, equal } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { PluginError } from 'plugboard';
import type { PluginTransition } from '#lib/plugin/events.js';
import { HostEvents } from '#lib/supervision/host-events.js';

const running: PluginTransition<'running'> = {
  plugin: 'p',
  from: 'starting',
  to: 'running',
  generation: 1,
  at: new Date(7),
};

function eventsAndErrors(): { readonly events: HostEvents; readonly errors: (readonly unknown[])[] } {
  const errors: (readonly unknown[])[] = [];
  return { events: new HostEvents((error, event) => errors.push([event, error])), errors };
}

describe("a host's events", () => {
  it('tell everyone who listens to the event, in order and at once, and nobody else', () => {
    const { events } = eventsAndErrors();
    const heard: unknown[] = [];
    events.on('plugin:running', (happened) => heard.push(['first', happened]));
    events.on('plugin:running', ({ to }) => heard.push(['second', to]));
    events.on('plugin:failed', () => heard.push('never'));
    events.emit('plugin:running', running);
    events.emit('plugin:leak', { plugin: 'p', generation: 1 });
    deepEqual(heard, [
      ['first', running],
      ['second', 'running'],
    ]);
  });

  it('give the error of a failure as it is', () => {
    const { events } = eventsAndErrors();
    const error = new PluginError({ code: 'X', message: 'm', fix: 'f', plugin: 'p', phase: 'start' });
    let heard: unknown;
    events.on('plugin:failure', (happened) => (heard = happened.error));
    events.emit('plugin:failure', { plugin: 'p', phase: 'start', error, generation: 2 });
    equal(heard, error);
  });

  it('go on to the others when a listener throws, and report what it has thrown', () => {
    const { events, errors } = eventsAndErrors();
    const heard: string[] = [];
    events.on('plugin:running', () => {
      throw new Error('bad listener');
    });
    events.on('plugin:running', ({ plugin }) => heard.push(plugin));
    events.emit('plugin:running', running);
    deepEqual([heard, errors], [['p'], [['plugin:running', new Error('bad listener')]]]);
  });

  it('report what an asynchronous listener rejects with', async () => {
    const { events, errors } = eventsAndErrors();
    events.on('plugin:running', async () => {
      await setImmediate();
      throw new Error('late');
    });
    events.emit('plugin:running', running);
    deepEqual(errors, []);
    await setImmediate();
    await setImmediate();
    deepEqual(errors, [['plugin:running', new Error('late')]]);
  });

  it('are heard as often as one listens, and each ends by itself', () => {
    const { events } = eventsAndErrors();
    let heard = 0;
    const listener = (): unknown => (heard += 1);
    const end = events.on('plugin:running', listener);
    events.on('plugin:running', listener);
    events.emit('plugin:running', running);
    equal(heard, 2);
    end();
    end();
    events.emit('plugin:running', running);
    equal(heard, 3);
  });

  it('are not heard by who has left meanwhile, nor by who has just come', () => {
    const { events } = eventsAndErrors();
    const heard: string[] = [];
    events.on('plugin:running', () => {
      endSecond();
      events.on('plugin:running', () => heard.push('newcomer'));
    });
    const endSecond = events.on('plugin:running', () => heard.push('second'));
    events.on('plugin:running', () => heard.push('third'));
    events.emit('plugin:running', running);
    deepEqual(heard, ['third']);
  });
});
