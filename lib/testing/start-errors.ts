import { PluginError, tokenName, type PluginFailure, type PluginStatus } from 'plugboard';
import { mockLine, type StandIns } from './stand-ins.ts';

/**
 * Why a test can't begin; undefined where it can. The message has all of it: it is what a runner prints.
 * `thrown` is what `host.start()` rejected with.
 */
export function startError(standIns: StandIns, plugins: readonly PluginStatus[], thrown: unknown): unknown {
  return missingImports(standIns) ?? notRunning(plugins) ?? thrown ?? unusedMocks(standIns);
}

function missingImports({ missing, unused }: StandIns): PluginError | undefined {
  const [first] = missing;
  if (!first) return undefined;
  const paths = new Set(missing.map(({ path }) => `  ${path.join(' → ')}`));
  const lines = new Set(missing.map(({ token }) => `  ${mockLine(token)}`));
  // A mock that nothing asks for is likely meant for one of them: another copy of its class.
  const strays =
    unused.length > 0 ? [`Given, but never asked for: ${unused.map(tokenName).join(', ')}.`] : [];
  const fix = ['Add before .start():', ...lines, 'or .autoMock() for all of them.', ...strays].join('\n');
  return new PluginError({
    code: 'MISSING_IMPORT',
    plugin: first.plugin,
    phase: 'plan',
    path: first.path,
    message: ['The plugin imports what this test neither mocks nor provides:', ...paths, fix].join('\n'),
    fix,
  });
}

function notRunning(plugins: readonly PluginStatus[]): PluginError | undefined {
  const broken = plugins.filter(({ state }) => state !== 'running' && state !== 'disabled');
  // One that waits has a failure too: whose fault it is comes first.
  const [first] = broken.toSorted((a, b) => Number(a.state === 'waiting') - Number(b.state === 'waiting'));
  const failure = first?.failure;
  if (!failure) return undefined;
  const lines = broken.map(({ name, state, failure: own }) =>
    own ? `${name}: ${own.code}: ${own.message}\n  Fix: ${own.fix}` : `${name} is ${state}.`,
  );
  return new PluginError({
    ...failure,
    plugin: first.name,
    message: ['The plugin did not start.', ...lines].join('\n'),
    cause: toError(failure.cause),
  });
}

function unusedMocks({ unused, asked }: StandIns): PluginError | undefined {
  if (unused.length === 0) return undefined;
  const names = unused.map(tokenName);
  const fix = 'Remove the line, or name the very class, token or extension point that the plugin names.';
  return new PluginError({
    code: 'UNUSED_MOCK',
    plugin: 'test',
    phase: 'plan',
    path: names,
    message:
      `Given, but never asked for: ${names.join(', ')}. It would silently do nothing. ` +
      `The plugin binds or imports: ${asked.join(', ')}. ${fix}`,
    fix,
  });
}

/** What a status tells of a cause, as runners print it. */
function toError(cause: PluginFailure['cause']): Error | undefined {
  return cause && Object.assign(new Error(cause.message), cause);
}
