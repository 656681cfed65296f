import { testPlugin } from 'plugboard/testing';
import { Clock } from './clock.ts';
import { GreeterPlugin } from './plugins/greeter/index.ts';

describe('the greeter', () => {
  it('greets by name, with the time', async () => {
    const bed = await testPlugin(GreeterPlugin)
      .mock(Clock, { now: () => '12:00' })
      .start();

    await bed.request.get('/greet/ada').expect(200, { greeting: 'Hello ada', at: '12:00' });
    bed.plugin.greet('ada'); // the real instance, typed
    await bed.close();
  });
});
