import { testHost, testPlugin, type HostTestBed, type LogLine, type TestBed } from 'plugboard/testing';
import { Greetings, GreeterPlugin } from './plugin-author.js';

export async function testOne(): Promise<readonly LogLine[]> {
  const bed: TestBed<GreeterPlugin> = await testPlugin(GreeterPlugin)
    .mock(Greetings, { greet: (name) => name.toUpperCase() })
    .config({ greeting: 'Hi' })
    .autoMock()
    .start();
  await bed.request.get('/greet/ada').expect(200);
  const calls = bed.mocks.get(Greetings).greet.calls ?? [];
  const [[name] = []] = calls;
  name?.toLowerCase();
  bed.get(Greetings).greet('ada');
  // @ts-expect-error the plugin is typed
  bed.plugin.unknown();
  await bed.close();
  return bed.logs;
}

export async function testSeveral(): Promise<number> {
  const bed: HostTestBed = await testHost([GreeterPlugin], { prefix: '/api' }).start();
  const { length } = bed.host.plugins;
  await bed[Symbol.asyncDispose]();
  return length;
}

// @ts-expect-error a mock is a part of what it stands in for
testPlugin(GreeterPlugin).mock(Greetings, { greet: 7 });
// @ts-expect-error and has nothing else
testPlugin(GreeterPlugin).mock(Greetings, { wave: () => undefined });
