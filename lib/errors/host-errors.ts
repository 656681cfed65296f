import { logLevels } from '../plugin/log-level.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import { describeThrown } from './lifecycle-errors.ts';
import { PluginError } from './plugin-error.ts';

export function tokenNotOffered(token: Token, plugin: string | undefined, reason: string): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'TOKEN_NOT_OFFERED',
    plugin: plugin ?? 'host',
    phase: 'request',
    path: [plugin ?? 'host', name],
    message: `host.get(${name}): ${reason}`,
    fix: `Bind it: createHost({ services: [[${name}, TheClass]] }), or let a plugin export it: exports: [${name}]. Look at host.plugins for what does not run.`,
  });
}

export function tokenUnavailable(token: Token, plugin: string | undefined, cause: unknown): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'TOKEN_UNAVAILABLE',
    plugin: plugin ?? 'host',
    phase: 'request',
    path: [plugin ?? 'host', name],
    message: `host.get(${name}): it is offered but could not be made: ${describeThrown(cause)}`,
    fix: `Mend what makes ${name}; what is made asynchronously must be a singleton: it is made while the host starts.`,
    cause,
  });
}

export function hostClosed(): PluginError {
  return new PluginError({
    code: 'HOST_CLOSED',
    plugin: 'host',
    phase: 'start',
    path: ['host'],
    message: 'The host was closed; it can not be started again.',
    fix: 'Make a new one: createHost({ … }).',
  });
}

export function hostNotStarted(call: string): PluginError {
  return new PluginError({
    code: 'HOST_NOT_STARTED',
    plugin: 'host',
    phase: 'start',
    path: ['host'],
    message: `${call}: the host has not been started.`,
    fix: 'Await host.start() or host.listen() first; what is there from the beginning belongs in createHost({ plugins: […] }).',
  });
}

export function unknownPlugin(
  name: string,
  known: readonly string[],
  nearest: string | undefined,
): PluginError {
  const hint = nearest === undefined ? '' : `Did you mean "${nearest}"? `;
  return new PluginError({
    code: 'UNKNOWN_PLUGIN',
    plugin: name,
    phase: 'discover',
    path: [name],
    message: `The host has no plugin "${name}". It has: ${known.join(', ') || 'none'}.`,
    fix: `${hint}Plugins go by the name in @Plugin({ name: … }); one that is not there yet is brought by host.load('./path').`,
  });
}

export function invalidLogLevel(plugin: string, level: unknown): PluginError {
  return new PluginError({
    code: 'INVALID_LOG_LEVEL',
    plugin,
    phase: 'run',
    path: [plugin],
    message: `There is no log level ${JSON.stringify(level)} for "${plugin}".`,
    fix: `Write one of ${logLevels.map((known) => `'${known}'`).join(', ')}; undefined for what the settings say.`,
  });
}

export function controlTooEarly(plugin: string, call: string): PluginError {
  return new PluginError({
    code: 'CONTROL_TOO_EARLY',
    plugin,
    phase: 'start',
    path: [plugin],
    message: `"${plugin}" called HostControl.${call}() before it was in service.`,
    fix: 'Call it from an action, a timer or an event: what onStart() waits for would wait for onStart().',
  });
}

export function controlTooLate(plugin: string, call: string): PluginError {
  return new PluginError({
    code: 'CONTROL_TOO_LATE',
    plugin,
    phase: 'run',
    path: [plugin],
    message: `"${plugin}" called HostControl.${call}() from a generation that is not in service any more.`,
    fix: 'Do first what is to be done with others, and last what replaces or unloads the plugin itself. In onStop() it is too late.',
  });
}

export function severalPlugins(source: string, labels: readonly string[]): PluginError {
  return new PluginError({
    code: 'SEVERAL_PLUGINS',
    plugin: source,
    phase: 'discover',
    path: [source],
    message: `${source} has ${labels.length} plugins (${labels.join(', ')}), and load() takes one.`,
    fix: `Name one: host.load('${source}/${labels[0] ?? 'name'}').`,
  });
}
