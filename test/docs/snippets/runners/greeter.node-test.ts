// oxlint-disable typescript/no-floating-promises -- as node:test is written everywhere
// #region test
import { after, before, describe, it } from 'node:test';
import { testPlugin, type TestBed } from 'plugboard/testing';
import { Clock } from '../quick-start/clock.ts';
import { GreeterPlugin } from '../quick-start/plugins/greeter/index.ts';

describe('the greeter', () => {
  let bed: TestBed<GreeterPlugin>;

  before(async () => {
    bed = await testPlugin(GreeterPlugin)
      .mock(Clock, { now: () => '12:00' })
      .start();
  });

  after(async () => bed.close());

  it('greets', async () => {
    await bed.request.get('/greet/ada').expect(200);
  });
});
// #endregion
