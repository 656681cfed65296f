import type { PluginStatus } from '../plugin/status.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import { PluginError } from './plugin-error.ts';

export function tokenNotOffered(
  token: Token,
  plugin: string | undefined,
  plugins: readonly PluginStatus[],
): PluginError {
  const name = tokenName(token);
  const owner = plugins.find((status) => status.name === plugin || status.exports.includes(name));
  const state = owner && owner.state !== 'running' ? ` "${owner.name}" has it, but is ${owner.state}.` : '';
  return new PluginError({
    code: 'TOKEN_NOT_OFFERED',
    plugin: plugin ?? 'host',
    phase: 'request',
    path: [plugin ?? 'host', name],
    message: `host.get(${name}): ${plugin === undefined ? 'neither the host nor a running plugin offers it' : `"${plugin}" neither binds nor imports it, or does not run`}.${state}`,
    fix: `Bind it: createHost({ services: [[${name}, TheClass]] }), or let a plugin export it: exports: [${name}]. Look at host.plugins for what failed.`,
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
