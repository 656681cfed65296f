// Fails on purpose: a runner must not take it for passed.
import { it } from 'node:test';
import { testPlugin } from 'plugboard/testing';
import { GreeterPlugin } from '../greeter-plugin.ts';

it('fails where nothing is mocked', async () => {
  await testPlugin(GreeterPlugin).start();
});
