import { mapErrorStack } from '../discovery/source-maps.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import type { RequestFailure } from '../http/plugin-routes.ts';
import type { RouteOverlap } from '../http/route-overlaps.ts';
import type { LogLevel } from '../plugin/log-level.ts';
import { tokenName, type Token } from '../plugin/tokens.ts';
import type { NamedSettings } from './configuration.ts';
import type { Audience } from '../services/audience.ts';
import { LogOutlet } from '../services/log-outlet.ts';
import { createLogger, defaultLog, type Logger, type LogTarget } from '../services/logger.ts';
import type { LoggedLine } from '../services/monitor.ts';
import { Secrets } from '../services/secrets.ts';
import type { EndedGeneration, Leak } from '../supervision/collection-watch.ts';
import type { LeftResource } from '../supervision/ledger/left-resource.ts';
import type { SupervisedPlugin } from '../supervision/supervised-plugin.ts';

/** A generation that has come by a change of files. */
export interface Refreshed {
  readonly plugin: string;
  readonly generation: number;
  /** Beginning with the plugin's folder; those first that changed first. */
  readonly files: readonly string[];
  /** From the first change until it served. */
  readonly ms: number;
}

/** What the host itself has to say, in one place. */
export class HostLog {
  readonly target: LogOutlet;
  /** It writes lines of JSON to standard output, and nobody has changed what is in them. */
  readonly isOwn: boolean;
  /** By plugin: what is set for one is in force for all of its generations. */
  readonly #outlets = new Map<string, LogOutlet>();

  constructor(
    readonly lines: Audience<LoggedLine>,
    /** What the app has given, if it has. */
    given?: LogTarget,
    /** None of them is written. */
    readonly secrets = new Secrets(),
  ) {
    this.isOwn = given === undefined;
    this.target = new LogOutlet(given ?? defaultLog(), lines, secrets);
  }

  /** The log that a plugin gets. */
  loggerFor(plugin: string): Logger {
    return createLogger(this.#outletFor(plugin), {});
  }

  /** Undefined: as the host's log has it. */
  setLevel(plugin: string, level: LogLevel | undefined): void {
    this.#outletFor(plugin).level = level;
  }

  /** One line for what keeps a plugin from running, or from running anew. */
  failed({ name, state }: SupervisedPlugin, error: PluginError, details?: object): void {
    this.target.error({ ...describe(error), plugin: name, state, ...details }, error.message);
  }

  /** One line for what has failed in a generation that is over. */
  failedLate(error: PluginError, details?: object): void {
    this.target.error({ ...describe(error), ...details }, error.message);
  }

  readonly extensionListenerFailed = (error: unknown, point: Token): void => {
    mapErrorStack(error);
    const name = tokenName(point);
    this.target.error(
      { error, point: name },
      `A listener of the app on the extension point "${name}" failed.`,
    );
  };

  readonly listenerFailed = (error: unknown, event: string): void => {
    this.target.error({ error, event }, `A listener of host.on('${event}') failed.`);
  };

  readonly monitorListenerFailed = (error: unknown, call: string): void => {
    this.target.error({ error, call }, `A listener of host.monitor.${call} failed.`);
  };

  /** One line for each configuration file and each variable that nobody reads. */
  unread(files: readonly string[], variables: readonly string[]): void {
    for (const file of files) {
      this.target.warn({ file }, `${file} is not read: there is another configuration file beside it.`);
    }
    for (const line of variables) this.target.warn({}, line);
  }

  /** One line for each warning, and one for settings that nobody has. */
  started(
    members: readonly { readonly row: SupervisedPlugin }[],
    configured: readonly NamedSettings[],
  ): void {
    const rows = members.map(({ row }) => row);
    for (const { name, warnings } of rows) {
      for (const warning of warnings) this.target.warn({ plugin: name }, warning);
    }
    const names = rows.map(({ name }) => name);
    for (const { plugin, origin } of configured) {
      if (names.includes(plugin)) continue;
      this.target.warn(
        { settings: plugin, origin: origin.text },
        `settings['${plugin}'] names no plugin of this host (${names.join(', ')}): ${origin.text}.`,
      );
    }
  }

  /** One line for a route that does not get all that it matches. */
  overlap({ general, specific }: RouteOverlap): void {
    const winners = specific.slice(0, namedWinners).map(({ plugin, route }) => `${route} of ${plugin}`);
    const others = specific.length - winners.length;
    const more = others > 0 ? ` and ${others} more` : '';
    this.target.info(
      { ...general, winners: specific.slice(0, namedWinners), others },
      `${general.route} of ${general.plugin} overlaps ${winners.join(', ')}${more}: what both match goes to the more specific, not to ${general.plugin}.`,
    );
  }

  /** One line for each generation that serves because files have changed. */
  refreshed({ plugin, generation, files, ms }: Refreshed): void {
    const [first = '', ...others] = files;
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    this.target.info(
      { plugin, generation, file: first, files: files.length, ms },
      `${plugin} serves as generation ${generation}, ${ms} ms after ${first}${more} changed.`,
    );
  }

  readonly takenOut = (plugin: string, why: string): void => {
    this.target.info({ plugin }, `${plugin} was taken out: ${why}.`);
  };

  restartNeeded(file: string): void {
    this.target.warn(
      { file },
      `Restart needed: ${file} has changed, and it is loaded once for all plugins that import it.`,
    );
  }

  /** What a configuration file says of the host itself is read once. */
  restartNeededFor(options: readonly string[], file: string): void {
    this.target.warn(
      { file, options },
      `Restart needed: ${file} says something else than at the start of ${options.join(', ')}.`,
    );
  }

  readonly faults = (faults: readonly PluginError[]): void => {
    for (const error of faults) this.target.error(describe(error), error.message);
  };

  readonly blocked = (error: PluginError): void => {
    this.target.warn(describe(error), error.message);
  };

  readonly disposalFailed = (error: unknown, name: string): void => {
    this.target.error({ error }, `@preDestroy of ${name}, which was made for a request, failed.`);
  };

  /** One line for each kind and place of what a stopped generation has left. */
  left({ plugin, generation }: EndedGeneration, left: readonly LeftResource[]): void {
    for (const { kind, startedAt, closed, count } of left) {
      const what = `${count > 1 ? `${count} ${kind}s` : `a ${kind}`}${startedAt ? `, made at ${startedAt}` : ''}`;
      const end = closed ? 'the host has closed it' : 'the host can not close it';
      this.target.warn(
        { plugin, generation, kind, startedAt, closed, count },
        `${plugin} was stopped and has left ${what}: ${end}. Close it in onStop().`,
      );
    }
  }

  /** What has ended should be garbage; something outside holds on to it. */
  readonly leaked = ({ plugin, generation, held }: Leak): void => {
    this.target.warn(
      { plugin, generation, held },
      `Generation ${generation} of ${plugin} has ended and can't be collected: something still holds its ${held.join(', ')}. ` +
        'Look for timers, listeners and caches outside the plugin that onStop() does not clear.',
    );
  };

  #outletFor(plugin: string): LogOutlet {
    let outlet = this.#outlets.get(plugin);
    if (!outlet) this.#outlets.set(plugin, (outlet = this.target.forPlugin(plugin)));
    return outlet;
  }

  readonly requestFailed = (error: unknown, { plugin, action, requestId }: RequestFailure): void => {
    mapErrorStack(error);
    this.target.error({ plugin, action, requestId, error }, `${action} failed.`);
  };
}

/** A plugin that is mounted in the midst of a thousand others still gives one line that can be read. */
const namedWinners = 3;

// What the host's own code did on the way to the fault is of no use to anyone; the cause's stack is.
function describe({ plugin, code, phase, path, fix, cause }: PluginError): object {
  return { plugin, code, phase, path, fix, ...(cause !== undefined && { error: cause }) };
}
