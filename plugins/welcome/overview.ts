import type { PluginFailure, PluginStatus, RouteStatus } from 'plugboard';

/** One plugin as the page shows it. */
export interface PluginView {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly state: string;
  readonly tone: 'good' | 'bad' | 'quiet';
  readonly started: string | undefined;
  readonly routes: readonly RouteView[];
  readonly warnings: readonly string[];
  readonly failure: PluginFailure | undefined;
}

interface RouteView {
  readonly method: string;
  readonly path: string;
  /** Where a browser can go to see it; undefined for what takes parameters or is no GET. */
  readonly href: string | undefined;
}

/** Those that need attention first, otherwise as the host lists them. `mount` is where the app has mounted the host. */
export function describePlugins(statuses: readonly PluginStatus[], mount: string): readonly PluginView[] {
  const views = statuses.map((status) => describePlugin(status, mount));
  return [...views.filter(({ tone }) => tone === 'bad'), ...views.filter(({ tone }) => tone !== 'bad')];
}

/** "4 plugins run", "3 of 4 plugins run". */
export function summarize(plugins: readonly PluginView[]): string {
  const running = plugins.filter(({ tone }) => tone === 'good').length;
  const all = `${plugins.length} ${plugins.length === 1 ? 'plugin' : 'plugins'}`;
  const verb = running === 1 ? 'runs' : 'run';
  return running === plugins.length ? `${all} ${verb}` : `${running} of ${all} ${verb}`;
}

function describePlugin(status: PluginStatus, mount: string): PluginView {
  const { name, version, description, state, startedAt, startMs = 0, routes, warnings, failure } = status;
  return {
    name,
    version,
    description,
    state,
    tone: tones[state] ?? 'quiet',
    started:
      startedAt &&
      `started ${startedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC in ${startMs.toFixed(0)} ms`,
    routes: routes.filter(isOfInterest).map((route) => describeRoute(route, mount)),
    warnings,
    failure,
  };
}

const tones: Readonly<Partial<Record<string, PluginView['tone']>>> = {
  running: 'good',
  failed: 'bad',
  quarantined: 'bad',
  waiting: 'bad',
};

/** Style sheets and pictures are part of pages. */
function isOfInterest({ path }: RouteStatus): boolean {
  return !path.endsWith('/assets/*path');
}

function describeRoute({ method, path }: RouteStatus, mount: string): RouteView {
  const canBeOpened = (method === 'GET' || method === 'ALL') && !/[:*{(?]/.test(path);
  return { method, path: `${mount}${path}` || '/', href: canBeOpened ? `${mount}${path}` || '/' : undefined };
}
