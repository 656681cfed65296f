import { PluginError } from './plugin-error.ts';

/** Who has a route: a plugin and the method that serves it. */
export interface RouteOwner {
  readonly plugin: string;
  /** `Class.method`. */
  readonly action: string;
}

/** Two plugins claim one route. */
export function routeTakenError(route: string, owner: RouteOwner, candidate: RouteOwner): PluginError {
  return new PluginError({
    code: 'ROUTE_TAKEN',
    message: `${route} of ${candidate.plugin} (${candidate.action}) is already served by ${owner.plugin} (${owner.action}).`,
    fix: `Give one of them a prefix: @Plugin({ name: '${candidate.plugin}', prefix: '/${candidate.plugin}' }), or createHost({ settings: { '${candidate.plugin}': { prefix: '/${candidate.plugin}' } } }).`,
    plugin: candidate.plugin,
    phase: 'plan',
    path: [candidate.plugin, candidate.action, route],
  });
}

/** A class has `@Get` and the like, but no `@Controller`. */
export function controllerDecoratorMissingError(plugin: string, controller: string): PluginError {
  return new PluginError({
    code: 'CONTROLLER_DECORATOR_MISSING',
    message: `${controller} has routes but is no controller.`,
    fix: `Write @JsonController() (or @Controller() for HTML and text) above class ${controller}.`,
    plugin,
    phase: 'plan',
    path: [plugin, controller],
  });
}

/** The compiler left no types for a parameter that needs one. */
export function decoratorMetadataMissingError(
  plugin: string,
  action: string,
  decorator: string,
): PluginError {
  return new PluginError({
    code: 'DECORATOR_METADATA_MISSING',
    message: `${action} has a ${decorator} parameter, but the compiler left no type for it.`,
    fix:
      'Compile with tsc and "emitDecoratorMetadata": true, or run with `node --import plugboard/register`; ' +
      'esbuild and tsx leave decorator types out. Without types, name the class: @Body({ type: Dto }).',
    plugin,
    phase: 'plan',
    path: [plugin, action],
  });
}

/** A route's path can't be read. */
export function invalidRouteError(
  plugin: string,
  action: string,
  route: string,
  cause: unknown,
): PluginError {
  return new PluginError({
    code: 'INVALID_ROUTE',
    message: `The path '${route}' of ${action} is not a path that Express can express.`,
    fix: "Write ':name' for a segment, '*rest' for all that follows, '{/:name}' for what may be absent.",
    plugin,
    phase: 'plan',
    path: [plugin, action, route],
    cause,
  });
}

/** An action did not begin its answer in time. */
export function requestTimeoutError(plugin: string, action: string, requestMs: number): PluginError {
  return new PluginError({
    code: 'REQUEST_TIMEOUT',
    message: `${action} did not answer within ${requestMs} ms.`,
    fix: 'Answer sooner, or allow more: @Plugin({ timeouts: { requestMs: 60_000 } }). @RequestSignal() tells when to stop working.',
    plugin,
    phase: 'request',
    path: [plugin, action],
  });
}

/** `@Render` names a template that is in none of the folders. */
export function viewMissingError(
  plugin: string,
  view: string,
  folders: readonly string[],
  nearest?: string,
): PluginError {
  const message =
    folders.length > 0
      ? `The template '${view}' was not found in ${folders.join(', ')}.`
      : `The template '${view}' was not found: the plugin has no folder of views.`;
  const hint = nearest === undefined ? '' : `Did you mean '${nearest}'? Otherwise: `;
  return new PluginError({
    code: 'VIEW_MISSING',
    message,
    fix: `${hint}Add ${view}.eta to the plugin's views folder, or name the folder: @Plugin({ views: './views' }).`,
    plugin,
    phase: 'request',
    path: [plugin, view],
  });
}

/** A template's name leads out of the folders. */
export function viewOutsideError(plugin: string, view: string): PluginError {
  return new PluginError({
    code: 'VIEW_OUTSIDE',
    message: `The template '${view}' is outside the views folders.`,
    fix: "Name templates relative to the plugin's views folder, and put shared layouts in the host's `views`.",
    plugin,
    phase: 'request',
    path: [plugin, view],
  });
}

/** `createServer` got something else than an app; it throws at whoever calls it, and no plugin has a part in that. */
export function expressAppExpectedError(given: unknown): TypeError {
  const message = `createServer() needs an Express app, but got ${describeGiven(given)}.`;
  const fix =
    'Pass what express() gives: createServer(express().use(host.handler)). A host without an app makes its server itself: ' +
    'host.listen(3000). For any other handler, take http.createServer(handler).';
  return Object.assign(new TypeError(`${message} ${fix}`), {
    code: 'EXPRESS_APP_EXPECTED',
    fix,
  });
}

function describeGiven(given: unknown): string {
  if (typeof given === 'function') return 'a function or a router';
  if (typeof given !== 'object' || given === null) return String(given);
  return 'handler' in given && 'plugins' in given ? 'a host' : 'an object';
}

/** The port is in use, or may not be used. */
export function listenError(port: number, hostname: string | undefined, cause: unknown): PluginError {
  const inUse = (cause as { code?: string }).code === 'EADDRINUSE';
  return new PluginError({
    code: inUse ? 'PORT_IN_USE' : 'LISTEN_FAILED',
    message: inUse
      ? `Port ${port} is in use by another process.`
      : `The server can't listen on ${hostname ?? ''}:${port}.`,
    fix: inUse
      ? `Stop the other process, or listen elsewhere: host.listen(${port + 1}).`
      : 'Choose a port above 1023 and an address of this machine.',
    plugin: 'host',
    phase: 'mount',
    cause,
  });
}
