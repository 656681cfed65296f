import { deepEqual, equal, notEqual, throws } from 'node:assert/strict';
import { spy, useFakeTimers, type SinonFakeTimers } from 'sinon';
import { waitingLine, type Waiting, type WaitingLine } from '#lib/http/waiting-line.js';

let clock: SinonFakeTimers;
let expired: string[] = [];
// Lines are kept for good: each test has one of its own.
let limitMs = 5_000_000;

describe('a line of those that wait for the same time', () => {
  beforeEach(() => {
    clock = fakeClock();
    expired = [];
    limitMs += 1;
  });

  afterEach(() => clock.restore());

  it('is one for each time limit', () => {
    equal(waitingLine(limitMs), waitingLine(limitMs));
    notEqual(waitingLine(limitMs), waitingLine(limitMs + 0.5));
  });

  it('lets each expire when its own time is up', () => {
    const line = waitingLine(limitMs);
    wait(line, 'first');
    clock.tick(10);
    wait(line, 'second');
    clock.tick(limitMs - 11);
    deepEqual(expired, []);
    clock.tick(1);
    deepEqual(expired, ['first']);
    clock.tick(9);
    deepEqual(expired, ['first']);
    clock.tick(1);
    deepEqual(expired, ['first', 'second']);
  });

  it('takes limits of less than a second', () => {
    const line = waitingLine(20 + limitMs / 1e8);
    wait(line, 'short');
    clock.tick(20);
    deepEqual(expired, []);
    clock.tick(1);
    deepEqual(expired, ['short']);
  });

  it('forgets those that leave, wherever they stand', () => {
    const line = waitingLine(limitMs);
    const [first, , middle, , last] = ['a', 'b', 'c', 'd', 'e'].map((name) => wait(line, name));
    for (const one of [middle, last, first]) one?.stop();
    wait(line, 'f');
    clock.tick(limitMs);
    deepEqual(expired, ['b', 'd', 'f']);
  });

  it('drops those that are over within a second, and lets them never expire', () => {
    const line = waitingLine(limitMs);
    wait(line, 'waiting');
    const over = Object.assign(wait(line, 'over'), { isOver: true });
    const stop = spy(over, 'stop');
    clock.tick(1000);
    equal(stop.callCount, 1);
    clock.tick(limitMs);
    equal(stop.callCount, 1);
    deepEqual(expired, ['waiting']);
  });

  it('goes on after one whose end throws', () => {
    const line = waitingLine(limitMs);
    wait(line, 'broken').expire = () => {
      throw new Error('broken');
    };
    wait(line, 'next');
    throws(() => clock.tick(limitMs), /broken/);
    clock.tick(1);
    deepEqual(expired, ['next']);
  });

  it('has no timer when nobody waits', () => {
    const line = waitingLine(limitMs);
    wait(line, 'gone').stop();
    clock.tick(1000);
    equal(clock.countTimers(), 0);
  });

  it('keeps no process alive', () => {
    clock.restore();
    const refs = timersThatKeepAlive();
    const waiting = wait(waitingLine(limitMs), 'real');
    equal(timersThatKeepAlive(), refs);
    waiting.stop();
  });

  it('gets over a clock that a test has taken away', () => {
    const line = waitingLine(limitMs);
    wait(line, 'before').stop();
    clock.restore();
    clock = fakeClock();
    clock.tick(2001);
    wait(line, 'after');
    clock.tick(limitMs);
    deepEqual(expired, ['after']);
  });
});

function fakeClock(): SinonFakeTimers {
  return useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
}

function wait(line: WaitingLine, name: string): Waiting {
  const waiting: Waiting = {
    due: 0,
    previous: undefined,
    next: undefined,
    isOver: false,
    stop: () => line.remove(waiting),
    expire: () => expired.push(name),
  };
  line.add(waiting);
  return waiting;
}

function timersThatKeepAlive(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
}
