import { dirname } from 'node:path';
import { pluginRoot, type Source } from '../discovery/source.ts';
import { unknownSettings, unreadSetting } from '../errors/check-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { substituteAll } from '../hosting/binding.ts';
import type { BoundEntry, Entry } from '../hosting/entry.ts';
import { Configuration } from '../hosting/configuration.ts';
import type { HostOptions } from '../hosting/options.ts';
import { exportersOf } from '../hosting/planning.ts';
import { unreadVariables } from '../hosting/unread-variables.ts';
import type { Roster } from '../hosting/roster.ts';
import { TrialHost } from '../hosting/trial-host.ts';
import { nearestName } from '../plugin/nearest-name.ts';
import type { Problem } from '../plugin/problem.ts';
import { masked } from '../services/masked.ts';
import { anchorOf, configAnchor, serviceAnchor } from './anchors.ts';
import { openClassFiles, type ClassFiles } from './class-files.ts';
import { fieldFindings } from './field-findings.ts';
import type { Finding } from './finding.ts';
import { hookFindings, pointFindings } from './hook-findings.ts';
import { Locator } from './locating.ts';
import { nodeFindings } from './node-settings.ts';
import { pageFindings } from './page-findings.ts';
import { parameterFindings } from './parameter-findings.ts';
import { planFindings } from './plan-findings.ts';
import { sortedProblems } from './problems.ts';
import { ReceivedClasses } from './received-classes.ts';
import { describeEntryRoutes, routeFindings, type DescribedEntry } from './route-findings.ts';
import { actionFindings, listedFindings } from './serving-findings.ts';
import type { SettingsPlace } from './settings-place.ts';
import { sourceFindings } from './source-findings.ts';
import { bindOnTrial } from './trial-binding.ts';
import { typeScriptFindings } from './typescript-settings.ts';

/** All that is wrong with what a start would work on; of a host that runs, with what was loaded since as well. */
export async function checkHost(given: HostOptions, running: Roster): Promise<readonly Problem[]> {
  const configuration = new Configuration(given);
  // Without its file nobody knows which plugins there are.
  const unreadable = await configuration.read().catch((error: unknown) => error as PluginError);
  const trial = new TrialHost(configuration);
  return trial.during(async () => {
    const files = await openClassFiles();
    try {
      const locator = new Locator(files);
      const findings = unreadable
        ? [{ error: unreadable, anchor: configAnchor(unreadable) }]
        : await new Check(configuration, trial, files, locator).all(running);
      return masked(await sortedProblems(findings, locator), configuration.secrets);
    } finally {
      files[Symbol.dispose]();
    }
  });
}

class Check {
  readonly #findings: Finding[] = [];

  constructor(
    private readonly configuration: Configuration,
    private readonly trial: TrialHost,
    private readonly files: ClassFiles,
    private readonly locator: Locator,
  ) {}

  async all(running: Roster): Promise<readonly Finding[]> {
    const { configuration, trial } = this;
    // Plugins bind what the host does not offer: its services come first.
    const { services } = trial;
    const faults = await services.check();
    this.#note(faults.map((error) => ({ error, anchor: serviceAnchor(error, services.container.records) })));
    const staged = await trial.load(sourcesOf(running));
    this.#note(sourceFindings(trial));
    const present = await this.#bind(staged);
    this.#note(planFindings(present, staged, trial));
    this.#note(pointFindings(present));
    const described = await Promise.all(present.map(async (entry) => this.#describe(entry)));
    this.#note(routeFindings(described));
    for (const each of described) await this.#look(each);
    const places = this.#settingsPlaces();
    this.#note(await nodeFindings([...places, { folder: process.cwd() }]));
    this.#note(typeScriptFindings(places.filter(({ isTypeScript }) => isTypeScript)));
    this.#note(settingsFindings(configuration, trial.roster));
    this.#note(unreadFindings(configuration, trial.roster, new Set(present.map(({ row }) => row.name))));
    return this.#findings;
  }

  #note(findings: readonly Finding[]): void {
    this.#findings.push(...findings);
  }

  async #bind(staged: readonly Entry[]): Promise<readonly BoundEntry[]> {
    const { planning } = this.trial;
    const bound: BoundEntry[] = [];
    for (const entry of staged) {
      const { entry: filled, faults } = await bindOnTrial(entry, planning);
      this.#note(faults.map((error) => ({ error, anchor: anchorOf(error, filled ?? entry) })));
      if (filled) bound.push(filled);
    }
    return substituteAll(bound, exportersOf(bound), planning);
  }

  async #describe(entry: BoundEntry): Promise<DescribedEntry> {
    return describeEntryRoutes(entry, this.trial, (finding) => {
      this.#note([finding]);
    });
  }

  /** What only the files and classes of one plugin tell. */
  async #look(described: DescribedEntry): Promise<void> {
    const { options } = this.configuration;
    const { entry, description } = described;
    const { name, routes } = description;
    this.#note(await pageFindings(described, options));
    this.#note(await fieldFindings(entry.loaded, this.locator));
    this.#note([
      ...listedFindings(entry),
      ...hookFindings(entry, new Set(routes.map(({ action }) => action))),
    ]);
    const received = new ReceivedClasses(options);
    for (const route of routes) {
      this.#note(await parameterFindings(name, route, this.locator));
      if (!route.description) continue;
      this.#note(actionFindings(name, route.description, options));
      this.#note(received.findings(name, route.description));
    }
  }

  #settingsPlaces(): readonly (SettingsPlace & { readonly isTypeScript: boolean })[] {
    return this.trial.candidates.flatMap((candidate) => {
      const { source } = candidate;
      const entry = 'entry' in source ? source.entry : undefined;
      const isLoaded = candidate.kind === 'loaded';
      const file = (isLoaded ? this.files.fileOf(candidate.plugin.pluginClass) : undefined) ?? entry;
      if (file === undefined) return [];
      const plugin = isLoaded ? candidate.plugin.identity.name : candidate.label;
      const isTypeScript = /\.[cm]?ts$/.test(file);
      return [{ folder: dirname(file), plugin, root: pluginRoot(source), isTypeScript }];
    });
  }
}

/** Where the plugins come from that nobody has taken out. */
function sourcesOf({ members }: Roster): readonly Source[] {
  return members.filter(({ row }) => row.state !== 'stopped').map(({ source }) => source);
}

function settingsFindings({ named }: Configuration, { members }: Roster): Finding[] {
  const names = members.map(({ name }) => name);
  return named
    .filter(({ plugin }) => !names.includes(plugin))
    .map(({ plugin, origin: { file, line } }) => ({
      error: unknownSettings(plugin, names, nearestName(plugin, names)),
      anchor: file === undefined ? undefined : { kind: 'file', file, line },
    }));
}

function unreadFindings(
  { ignored, variables }: Configuration,
  { members }: Roster,
  asked: ReadonlySet<string>,
): Finding[] {
  const unread = unreadVariables(variables, members, ({ name }) => asked.has(name));
  return [
    ...ignored.map((file): Finding => {
      const reason = `${file} is not read: there is another configuration file beside it.`;
      return { error: unreadSetting(file, reason), anchor: { kind: 'file', file } };
    }),
    ...unread.map(({ variable, line }) => ({ error: unreadSetting(variable, line) })),
  ];
}
