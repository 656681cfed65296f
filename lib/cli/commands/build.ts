import type { Command } from 'commander';
import { relative } from 'node:path';
import type { BuildReport } from 'plugboard';
import { defaultBuildFolder } from '../build-folder.ts';
import { chosenPlugins } from '../chosen-plugins.ts';
import { counted } from '../counted.ts';
import { exitCodes } from '../exit-codes.ts';
import { explainFailure } from '../explain.ts';
import { withProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';
import { textTable } from '../text-table.ts';

interface BuildFlags {
  readonly out: string;
  readonly config?: string;
  readonly json?: boolean;
}

export function addBuild(program: Command): void {
  program
    .command('build')
    .description('bundle plugins ahead, so that "start" needs no compiler and writes nothing')
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .option('-o, --out <folder>', 'folder to write; all that is in it is replaced', defaultBuildFolder)
    .option('--json', '{ folder, isWritten, plugins: { label, entry, bytes, warnings, error }[], modules }')
    .addHelpText(
      'after',
      `
The folder goes along with the app: "start" takes a plugin from there if none of its files and packages has
changed since, and bundles it otherwise. Where one plugin can't be bundled, nothing is written, and it ends with 1.

Examples:
  plugboard build && plugboard start
  plugboard build ./plugins --out build && npm prune --omit=dev --omit=optional && plugboard start --build build`,
    )
    .action(async (listed: readonly string[], { out, config, json = false }: BuildFlags) => {
      const begun = performance.now();
      const { createHost } = await import('plugboard');
      const host = createHost(await chosenPlugins(listed, config));
      const report = await withProgress('Bundling plugins', host.build(out));
      await (json ? printJson(toJson(report)) : printReport(report, performance.now() - begun));
      if (!report.isWritten) process.exitCode = exitCodes.problem;
    });
}

function toJson(report: BuildReport): object {
  const plugins = report.plugins.map(({ error, ...plugin }) => ({
    ...plugin,
    error: error && { code: error.code, message: error.message, fix: error.fix, path: error.path },
  }));
  return { ...report, plugins };
}

async function printReport({ folder, isWritten, plugins, modules }: BuildReport, ms: number): Promise<void> {
  const rows = plugins.map(({ label, bytes, error }) => [label, error ? error.code : size(bytes)]);
  await print(textTable(['plugin', 'bundle'], rows));
  for (const { label, warnings } of plugins) {
    for (const warning of warnings) await print(`! ${label}: ${warning}`, process.stderr);
  }
  for (const { label, error } of plugins) {
    if (error) await print(`\n${explainFailure(label, error, process.stderr)}`, process.stderr);
  }
  if (!isWritten) await print('\nNothing was written.', process.stderr);
  else
    await print(
      `${relative(process.cwd(), folder) || folder}: ${counted(plugins.length, 'plugin')} and ${counted(modules.length, 'shared module')} in ${Math.round(ms)} ms.`,
    );
}

function size(bytes: number | undefined): string {
  return bytes === undefined ? 'taken as it is' : `${(bytes / 1_024).toFixed(1)} KB`;
}
