import { sourceOrigin } from '../discovery/source.ts';
import type { PluginDescription } from '../http/describe-plugin.ts';
import type { PluginOutline } from '../plugin/outline.ts';
import type { PluginStatus, RouteStatus } from '../plugin/status.ts';
import { Configuration } from './configuration.ts';
import { describeEntry } from './entry.ts';
import type { HostOptions } from './options.ts';
import { planChange, type Plan, type Verdict } from './planning.ts';
import type { Member } from './roster.ts';
import { TrialHost } from './trial-host.ts';

/**
 * What a host of these options would run, as far as it can be told without starting it: the plugins' code is loaded, and
 * nothing of it is constructed but their configuration. It is a host of its own, so that one that runs is not touched.
 *
 * @throws PluginError where the host's own services can't be put together.
 */
export async function describePlugins(options: HostOptions): Promise<readonly PluginOutline[]> {
  const configuration = new Configuration(options);
  await configuration.read();
  const trial = new TrialHost(configuration);
  return trial.during(async () => outline(trial));
}

async function outline(trial: TrialHost): Promise<readonly PluginOutline[]> {
  const { services, planning, roster } = trial;
  const [fault] = await services.check();
  if (fault) throw fault;
  const staged = await trial.load();
  const plan = await planChange({ staged, removed: new Set() }, planning);
  for (const [name, verdict] of plan.verdicts) show(roster.find(name), verdict);
  return roster.members.map((member) => toOutline(member, plan));
}

function show(member: Member | undefined, verdict: Verdict): void {
  if (!member) return;
  if (verdict.entry) member.row.describe(describeEntry(verdict.entry));
  if (verdict.kind !== 'ready') member.row.note(verdict.error);
}

function toOutline(member: Member, { verdicts, graph }: Plan): PluginOutline {
  const { row, source, entry, name } = member;
  const { version, description, author, license, readme, ...status }: PluginStatus = row.status();
  const { critical, imports, exports, warnings, failure } = status;
  // Of two with one name only one takes part.
  const verdict = entry ? verdicts.get(name) : undefined;
  return {
    name,
    version,
    description,
    author,
    license,
    readme,
    origin: sourceOrigin(source),
    enabled: row.state !== 'disabled',
    critical,
    imports,
    exports,
    warnings,
    failure,
    routes: verdict?.kind === 'ready' ? toRoutes(verdict.entry.routes) : [],
    dependencies: entry ? (graph.dependencies.get(name) ?? []) : [],
  };
}

function toRoutes({ routes }: PluginDescription): readonly RouteStatus[] {
  return routes.map(({ verb, pattern, action }) => ({ method: verb, path: pattern.path, action }));
}
