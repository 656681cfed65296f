import type { PluginError } from '../errors/plugin-error.ts';
import { Audience } from '../services/audience.ts';
import type { LoggedLine } from '../services/monitor.ts';
import { CollectionWatch } from '../supervision/collection-watch.ts';
import type { Generation } from '../supervision/generation.ts';
import { HostEvents } from '../supervision/host-events.ts';
import type { RowListener } from '../supervision/supervised-plugin.ts';
import { Admission } from './admission.ts';
import { builtInsFor, type BuiltInSources } from './built-ins.ts';
import { Configuration } from './configuration.ts';
import { ChangeQueue } from './change-queue.ts';
import { Departures } from './departures.ts';
import { ExtensionBoard } from './extension-board.ts';
import { HostLog } from './host-log.ts';
import { HostServices } from './host-services.ts';
import { Loader } from './loading.ts';
import { liveActions } from './live-actions.ts';
import { LogLevels } from './log-levels.ts';
import { MonitorBoard } from './monitor-board.ts';
import { Operations } from './operations.ts';
import type { HostOptions } from './options.ts';
import { describeDetails } from './plugin-details.ts';
import type { Planning } from './planning.ts';
import { ProcessWatch } from './process-watch.ts';
import { endGeneration, type RetiringParts } from './retiring.ts';
import { Roster } from './roster.ts';
import { Serving } from './serving.ts';
import { Supervisor } from './supervisor.ts';
import { Watching } from './watching.ts';
import type { Workshop } from './workshop.ts';

/** What a host is made of. */
export interface HostParts {
  readonly configuration: Configuration;
  readonly log: HostLog;
  readonly events: HostEvents;
  readonly roster: Roster;
  readonly queue: ChangeQueue;
  readonly loader: Loader;
  readonly services: HostServices;
  readonly serving: Serving;
  readonly extensions: ExtensionBoard;
  readonly monitors: MonitorBoard;
  readonly logLevels: LogLevels;
  readonly processWatch: ProcessWatch;
  readonly supervisor: Supervisor;
  readonly admission: Admission;
  readonly operations: Operations;
  readonly watching: Watching;
  readonly retiring: RetiringParts;
  readonly planning: Planning;
  /** What has failed while the host started, by plugin. */
  readonly faults: Map<string, PluginError>;
}

/** Puts the parts of a host together: who tells whom of what. Nothing happens yet. */
export function assembleHost(given: HostOptions): HostParts {
  const configuration = new Configuration(given);
  const { options, secrets } = configuration;
  const lines = new Audience<LoggedLine>();
  const log = new HostLog(lines, options.log, secrets);
  const events = new HostEvents(log.listenerFailed);
  const roster = new Roster();
  const logLevels = new LogLevels(log, roster);
  const queue = new ChangeQueue();
  const faults = new Map<string, PluginError>();
  const processWatch = new ProcessWatch(options, log, (escape) => {
    supervisor.escaped(escape);
  });
  const { leftResources } = processWatch;
  const loader = new Loader(processWatch.escapes, options);
  const onTooManyErrors = (generation: Generation, error: PluginError): void => {
    const member = roster.find(generation.plugin);
    if (member) supervisor.charge(member, generation, error);
  };
  const serving = new Serving(options, log, onTooManyErrors, secrets);
  const services = new HostServices(options, {
    describeRequest: serving.describeRequest,
    onDisposalError: log.disposalFailed,
    onSupplied: (service) => {
      leftResources.watch(service);
    },
  });
  const ofPlugin = (generation: Generation, error: PluginError): void => {
    supervisor.callFailed(generation, error);
  };
  const extensions = new ExtensionBoard(roster, { ofPlugin, ofApp: log.extensionListenerFailed });
  const monitors = new MonitorBoard(
    {
      requests: serving.watch,
      lines,
      events,
      inFlight: (plugin) => serving.inFlight(plugin),
      inFlightByRoute: (plugin) => serving.inFlightByRoute(plugin),
    },
    { ofPlugin, ofApp: log.monitorListenerFailed },
  );
  const collection = new CollectionWatch((leak) => {
    log.leaked(leak);
    events.emit('plugin:leak', leak);
  });
  const supervisor = new Supervisor({
    roster,
    events,
    log,
    secrets,
    restart: async (member, failed) => {
      if (!(await operations.restart(member, failed))) supervisor.restartFailed(member);
    },
    quarantine: async (member) => {
      serving.putUnavailable(member.row, member.live?.routes);
      await operations.quarantine(member);
    },
  });
  const listener: RowListener = {
    moved: (row, from, isRestart) => {
      supervisor.moved(row, from, isRestart);
    },
    failed: (row, error, details) => {
      if (!supervisor.isOpen) faults.set(row.name, error);
      supervisor.failed(row, error, details);
    },
  };
  const admission = new Admission(roster, listener, configuration, logLevels);
  const retiring: RetiringParts = {
    roster,
    serving,
    extensions,
    monitors,
    leftResources,
    departures: new Departures(),
    collection,
    onStopFaults: (live, stopFaults) => {
      for (const fault of stopFaults) supervisor.stopFailed(live, fault);
    },
  };
  const builtIns: BuiltInSources = {
    log,
    extensions,
    monitors,
    logLevels,
    describeRequest: serving.describeRequest,
    statuses: () => roster.members.map(({ row }) => row.status()),
    actionsOf: (plugin) => {
      const live = roster.live(plugin);
      return live ? liveActions(live, options, services) : [];
    },
    details: (name) => describeDetails(name, roster),
    operations: () => operations,
    isClosed: () => queue.isClosed,
    isInService: ({ row, container }) => roster.live(row.name)?.container === container,
  };
  const planning: Planning = {
    roster,
    services,
    substitute: options.substitute ?? (() => undefined),
    onDisposalError: log.disposalFailed,
    claim: (entry) => {
      const routes = serving.describe(entry);
      serving.claim(routes);
      return routes;
    },
  };
  const workshop: Workshop = {
    roster,
    serving,
    extensions,
    retiring,
    planning,
    surroundings: {
      services,
      builtIns: (entry, generation) => builtInsFor(entry, generation, builtIns),
      compile: (entry, generation) => serving.compile(entry, generation, services),
      discard: async (generation) => {
        log.faults(await endGeneration(generation, retiring));
      },
    },
  };
  const operations = new Operations({
    roster,
    configuration,
    loader,
    admission,
    queue,
    workshop,
    forgetFailures: ({ row }) => {
      supervisor.forget(row);
    },
  });
  const watching = new Watching(operations, events, log, configuration);
  return {
    configuration,
    log,
    events,
    roster,
    queue,
    loader,
    services,
    serving,
    extensions,
    monitors,
    logLevels,
    processWatch,
    supervisor,
    admission,
    operations,
    watching,
    retiring,
    planning,
    faults,
  };
}
