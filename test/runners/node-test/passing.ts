// node --import plugboard/register --test test/runners/node-test/passing.ts
import { deepEqual, equal, rejects } from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Clock, GreeterPlugin, Salutation } from '../greeter-plugin.ts';

describe('the greeter', () => {
  const now = mock.fn(() => '12:00');
  let bed: TestBed<GreeterPlugin>;

  beforeEach(async () => {
    bed = await testPlugin(GreeterPlugin).mock(Clock, { now }).start();
  });
  afterEach(() => bed.close());

  it('greets by name', async () => {
    await bed.request.get('/greet/ada').expect(200, { greeting: 'Hello ada', at: '12:00' });
    equal(now.mock.callCount(), 1);
  });

  it('is called without HTTP', () => {
    deepEqual(bed.plugin.greet('grace'), { greeting: 'Hello grace', at: '12:00' });
  });

  it('greets with a mocked service of its own, while time stands still', async (test) => {
    test.mock.timers.enable();
    const other = await testPlugin(GreeterPlugin)
      .mock(Salutation, { of: () => 'Ahoy' })
      .autoMock()
      .start();
    await other.request.get('/greet/ada').expect(200, { greeting: 'Ahoy' });
    await other.close();
  });

  it('tells what it is missing', async () => {
    await rejects(testPlugin(GreeterPlugin).start(), /\.mock\(Clock, \{ … \}\)/);
  });
});
