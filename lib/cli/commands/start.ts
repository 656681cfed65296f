import type { Command } from 'commander';
import { chosenPlugins } from '../chosen-plugins.ts';
import { defaultBuildFolder, foundBuild } from '../build-folder.ts';
import { portHelp } from '../port-help.ts';

interface StartFlags {
  readonly config?: string;
  readonly port?: string;
  readonly address?: string;
  /** false: `--no-build`. */
  readonly build?: string | false;
  readonly json?: boolean;
}

export function addStart(program: Command): void {
  program
    .command('start')
    .description(
      'serve plugins until SIGTERM or SIGINT; then let requests finish, stop the plugins and end with 0',
    )
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .option('-p, --port <port>', portHelp)
    .option('-a, --address <address>', 'address to listen on (default: all of this machine)')
    .option(
      '-b, --build <folder>',
      `what "plugboard build" has made (default: ${defaultBuildFolder}, if there)`,
    )
    .option('--no-build', 'bundle all plugins now, whatever was built ahead')
    .option('--json', 'write lines of JSON: one when it listens, and then the log')
    .addHelpText(
      'after',
      `
Where there is one plugin only, the process is for that one: if it fails, the process ends with 1.
So does a plugin with critical: true. Any other may fail, and the rest go on.

Examples:
  plugboard start                        every plugin of ./plugins, on port 3000 or PORT
  plugboard start ./billing --port 8080  one plugin, as a deployment of its own
  plugboard start ./plugins plugboard-plugin-metrics`,
    )
    .action(async (plugins: readonly string[], flags: StartFlags) => {
      const { serve } = await import('../serve.ts');
      await serve(
        {
          ...(await chosenPlugins(plugins, flags.config)),
          ...(flags.build !== undefined && { build: flags.build }),
        },
        {
          port: flags.port,
          address: flags.address,
          json: flags.json ?? false,
          defaults: { standalone: true, build: foundBuild() },
        },
      );
    });
}
