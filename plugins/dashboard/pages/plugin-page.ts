import { injectable } from 'inversify';
import { Plugins, type PluginDetails, type PluginStatus, type RouteStatus } from 'plugboard';
import { readableTime } from '../watching/text.ts';
import type { Fault } from '../watching/fault-book.ts';
import { Watch } from '../watching/watch.ts';
import { configNote, configRows } from './config-rows.ts';
import { quietReason } from './plugin-state.ts';
import { renderReadme } from './readme.ts';

export interface RouteView {
  readonly id: string;
  readonly method: string;
  readonly action: string;
  /** As a browser asks for it, with its parameters. */
  readonly path: string;
  readonly parameters: readonly string[];
  /** Where a browser can go to see it; undefined for what takes parameters or is no GET. */
  readonly href: string | undefined;
  readonly hasBody: boolean;
}

/** What a plugin's page tells besides its state. */
@injectable()
export class PluginPages {
  constructor(
    private readonly plugins: Plugins,
    private readonly watch: Watch,
  ) {}

  /** `mount` is where the app has mounted the host. */
  async describe(status: PluginStatus, mount: string) {
    const details = this.plugins.describe(status.name);
    const users = this.#users(status.name);
    return {
      quietReason: quietReason(status),
      others: this.plugins.statuses.map(({ name }) => name).filter((name) => name !== status.name),
      manifest: manifestRows(status, details),
      config: configRows(status),
      configNote: configNote(status),
      routes: status.routes.filter(isOfInterest).map((route, index) => routeView(route, index, mount)),
      // Each with who is at the other end; what no plugin offers is the host's own, where the plugin runs.
      imports: status.imports.map((token) => ({ token, plugins: ownersOf(token, details) })),
      exports: status.exports.map((token) => ({ token, plugins: users.get(token) ?? [] })),
      faults: this.watch.faults.of(status.name).map((fault) => faultView(fault, status)),
      logs: this.watch.logs.of(status.name),
      readme: await renderReadme(status.readme),
    };
  }

  /** Who imports what a plugin exports, by the name of the token. */
  #users(name: string): ReadonlyMap<string, readonly string[]> {
    const users = new Map<string, string[]>();
    for (const other of this.plugins) {
      for (const { plugin, kind, by } of this.plugins.describe(other.name)?.dependencies ?? []) {
        if (plugin !== name || (kind !== 'import' && kind !== 'decorates')) continue;
        users.set(by, [...new Set([...(users.get(by) ?? []), other.name])]);
      }
    }
    return users;
  }
}

/** Once more what the page says above is closed: it is no news. */
function faultView(fault: Fault, { failure }: PluginStatus) {
  const isKnown = failure !== undefined && failure.code === fault.code && failure.message === fault.message;
  const at = fault.at ? readableTime(fault.at) : 'before the dashboard started';
  const when = fault.times > 1 ? `${fault.times} times, last ${at}` : at;
  return { ...fault, when, isKnown };
}

function ownersOf(token: string, details: PluginDetails | undefined): readonly string[] {
  const owners = (details?.dependencies ?? []).filter(({ kind, by }) => kind === 'import' && by === token);
  return owners.map(({ plugin }) => plugin);
}

function manifestRows(
  status: PluginStatus,
  details: PluginDetails | undefined,
): readonly (readonly [string, string])[] {
  const { version, author, license, critical, placement, startedAt, startMs, readme } = status;
  const requires = Object.entries(details?.requires ?? {}).map(([name, range]) => `${name} ${range}`);
  const limits = Object.entries(details?.timeouts ?? {}).map(([name, ms]) => `${name}: ${ms}`);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Version', version],
    ['Author', author],
    ['License', license],
    ['Comes from', details?.origin],
    ['Documentation', readme],
    ['Prefix', details?.baseUrl],
    ['Requires', requires.join(', ')],
    ['Critical', critical ? 'yes: the host does not start without it' : 'no'],
    ['Placement', placement],
    ['Reload', details?.reload],
    ['Time limits', limits.join(', ')],
    ['Grants', details?.grants.join(', ')],
    ['Started', startedAt && `${readableTime(startedAt)}, in ${(startMs ?? 0).toFixed(0)} ms`],
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** Style sheets and pictures are part of pages. */
function isOfInterest({ path }: RouteStatus): boolean {
  return !path.endsWith('/assets/*path');
}

function routeView({ method, path, action }: RouteStatus, index: number, mount: string): RouteView {
  const full = `${mount}${path}` || '/';
  const parameters = [...full.matchAll(/[:*]([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)].map(
    ([, name = '']) => name,
  );
  const isReading = method === 'GET' || method === 'ALL';
  const isPlain = parameters.length === 0 && !/[{}()?*]/.test(full);
  return {
    id: `route-${index}`,
    method,
    action,
    path: full,
    parameters,
    href: isReading && isPlain ? full : undefined,
    hasBody: !['GET', 'HEAD', 'OPTIONS'].includes(method),
  };
}
