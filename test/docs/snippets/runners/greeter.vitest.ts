import { testPlugin } from 'plugboard/testing';
import { expect, it } from 'vitest';
import { Clock } from '../quick-start/clock.ts';
import { GreeterPlugin } from '../quick-start/plugins/greeter/index.ts';

it('greets by name', async () => {
  const bed = await testPlugin(GreeterPlugin)
    .mock(Clock, { now: () => '12:00' })
    .start();
  const { body } = await bed.request.get('/greet/ada').expect(200);
  expect(body).toEqual({ greeting: 'Hello ada', at: '12:00' });
  await bed.close();
});
