import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { join } from 'node:path';
import { LeakyClassPlugin } from '../../fixtures/escapes/leaky-class.ts';
import { sources } from '../../fixtures/escapes/plugins/leaky/sources.ts';
import { Stage } from '../../fixtures/escapes/stage.ts';
import { closeBenches, EscapeBench, fixtures, type EscapeLine } from './escapes.ts';

const leaky = join(fixtures, 'plugins/leaky');

/** Its stack has no line of anyone. */
const withoutStack = 'net error event';

/** Are called in nobody's context: of a class in the app's code nobody can tell. */
const withoutContext = [
  'listener on a host-owned emitter',
  'AbortSignal listener',
  'signal handler',
  // Node leaves the context of a microtask before it says what was thrown there; 24 has it still.
  ...(Number.parseInt(process.versions.node) < 24 ? ['queueMicrotask'] : []),
];

async function leak(bench: EscapeBench, plugin: string, source: string): Promise<EscapeLine> {
  await bench.request.get(`/${plugin}/${source}`).expect(200, { leaking: source });
  bench.host.get(Stage).play();
  return bench.next();
}

function checkLine({ plugin, foundBy, fix, error }: EscapeLine, source: string, expected: string[]): void {
  deepEqual([plugin, foundBy], expected);
  ok(fix.length > 0);
  if (source !== withoutStack) equal(error.message, `escaped from ${source}`);
}

describe('an error that nobody catches', () => {
  afterEach(closeBenches);

  for (const source of Object.keys(sources)) {
    it(`is its plugin's when it comes from a start: ${source}`, async () => {
      const bench = await EscapeBench.start({
        plugins: [leaky],
        services: [Stage],
        settings: { leaky: { config: { atStart: source } } },
      });
      bench.host.get(Stage).play();
      const line = await bench.next();
      checkLine(line, source, ['leaky', source === withoutStack ? 'context' : 'stack']);
      equal(bench.host.plugins[0]?.state, 'running');
    });
  }

  it('is told of with the author’s file and line, and with what to do', async () => {
    const bench = await EscapeBench.start({ plugins: [leaky], services: [Stage] });
    await bench.request.get('/leaky/setTimeout').expect(200);
    const thrown = await bench.next();
    match(thrown.message, /"leaky" threw an error that nobody caught: escaped from setTimeout/);
    match(thrown.error.stack ?? '', /leaky\/index\.ts:\d+/);
    match(thrown.fix, /callback of the timer/);
    equal(thrown.generation, 1);
    await bench.request.get('/leaky/async function').expect(200);
    const rejected = await bench.next();
    match(rejected.message, /"leaky" left a rejected promise behind: escaped from async function/);
    match(rejected.fix, /Await the promise/);
  });
});

describe('an error that nobody catches, from a request', () => {
  let bench: EscapeBench;
  before(async () => {
    bench = await EscapeBench.start({ plugins: [leaky], services: [Stage] });
  });
  after(closeBenches);

  for (const source of Object.keys(sources)) {
    it(`is its plugin’s, which goes on serving: ${source}`, async () => {
      const line = await leak(bench, 'leaky', source);
      checkLine(line, source, ['leaky', source === withoutStack ? 'context' : 'stack']);
    });
  }
});

describe('an error that nobody catches, of a class of the app', () => {
  let bench: EscapeBench;
  before(async () => {
    bench = await EscapeBench.start({ plugins: [LeakyClassPlugin], services: [Stage] });
  });
  after(closeBenches);

  for (const source of Object.keys(sources).filter((name) => !withoutContext.includes(name))) {
    it(`is found by what has started it: ${source}`, async () => {
      checkLine(await leak(bench, 'leaky-class', source), source, ['leaky-class', 'context']);
    });
  }
});

describe('an error that nobody catches, after a reload', () => {
  afterEach(closeBenches);

  it('is told of with the generation that has left it behind', async () => {
    const bench = await EscapeBench.start({
      plugins: [leaky],
      services: [Stage],
      settings: { leaky: { config: { atStart: 'listener on a host-owned emitter' } } },
    });
    await bench.host.reload('leaky');
    // A listener that throws keeps the next from being called.
    for (const generation of [1, 2]) {
      bench.host.get(Stage).play();
      const line = await bench.next();
      deepEqual([line.plugin, line.generation, line.foundBy], ['leaky', generation, 'stack']);
      equal(/after it was stopped/.test(line.message), generation === 1);
    }
  });
});

describe('attribution by the stack alone', () => {
  afterEach(closeBenches);

  it('finds all errors of a request that have a line of the plugin in it', async () => {
    const bench = await EscapeBench.start({ plugins: [leaky], services: [Stage], attribution: 'stack' });
    for (const source of Object.keys(sources).filter((name) => name !== withoutStack)) {
      checkLine(await leak(bench, 'leaky', source), source, ['leaky', 'stack']);
    }
  });
});
