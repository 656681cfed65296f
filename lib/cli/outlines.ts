import { createHost, type PluginOutline } from 'plugboard';
import { foundBuild } from './build-folder.ts';
import { chosenPlugins } from './chosen-plugins.ts';
import { exitCodes } from './exit-codes.ts';
import { explainAll } from './explain.ts';
import { withProgress } from './progress.ts';
import { print, printJson } from './terminal.ts';

/** What would be served, and by whom. Nothing of a plugin is constructed or started. */
export async function readOutlines(
  listed: readonly string[],
  configFile: string | undefined,
): Promise<readonly PluginOutline[]> {
  const plugins = await chosenPlugins(listed, configFile);
  const host = createHost({ ...plugins, build: foundBuild(), blockedMs: 0 });
  return withProgress('Reading plugins', host.describe());
}

/** What a command has found, for people or for other programs; the reasons of failures are for people only. */
export interface Finding {
  readonly text: string;
  readonly json: unknown;
  /** Those whose failures make it a problem. */
  readonly plugins: readonly PluginOutline[];
}

/** Prints it, and says by the exit code whether a plugin among those it is about fails. */
export async function report({ text, json, plugins }: Finding, asJson: boolean): Promise<void> {
  if (asJson) await printJson(json);
  else {
    await print(text);
    const reasons = explainAll(plugins, process.stderr);
    if (reasons) await print(reasons, process.stderr);
  }
  if (plugins.some(({ failure }) => failure)) process.exitCode = exitCodes.problem;
}
