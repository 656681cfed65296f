import type { Command } from 'commander';
import type { Host } from 'plugboard';
import { chosenPlugins } from '../chosen-plugins.ts';
import { portHelp } from '../port-help.ts';
import { painter } from '../terminal.ts';

interface DevFlags {
  readonly config?: string;
  readonly port?: string;
  readonly address: string;
  readonly json?: boolean;
}

export function addDev(program: Command): void {
  program
    .command('dev')
    .description('serve plugins, and follow their files: what is saved is served')
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .option('-p, --port <port>', portHelp)
    .option('-a, --address <address>', 'address to listen on', 'localhost')
    .option('--json', 'write lines of JSON: one when it listens, and then the log')
    .addHelpText(
      'after',
      `
Answers of errors have messages and stacks, and templates are read anew for each request.
A plugin that fails to reload goes on as it was, and the reason and the fix are shown.

Examples:
  plugboard dev                 every plugin of ./plugins; new ones are found, too
  plugboard dev . --port 0      the plugin in this folder, on a free port
  LOG_LEVEL=debug plugboard dev`,
    )
    .action(async (plugins: readonly string[], { config, port, address, json = false }: DevFlags) => {
      const { serve } = await import('../serve.ts');
      await serve(
        { ...(await chosenPlugins(plugins, config)), watch: true, development: true },
        { port, address, json, ...(!json && { opened: tellOfChanges }) },
      );
    });
}

/** The host's log tells of new generations and failures; this, of plugins that were not there before, and came back. */
function tellOfChanges(host: Host): void {
  const paint = painter(process.stdout);
  host.on('plugin:running', ({ plugin, from, generation }) => {
    if (from === 'running' || generation > 1) return;
    const routes = host.plugins.find(({ name }) => name === plugin)?.routes ?? [];
    const served = routes.map(({ method, path }) => `${method} ${path}`).join(', ');
    process.stdout.write(`${paint('green', '✓')} ${plugin} runs${served ? `: ${served}` : ''}\n`);
  });
}
