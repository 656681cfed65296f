import { Command } from 'commander';
import { createRequire } from 'node:module';
import { addBuild } from './commands/build.ts';
import { addCheck } from './commands/check.ts';
import { addDev } from './commands/dev.ts';
import { addGraph } from './commands/graph.ts';
import { addList } from './commands/list.ts';
import { addNew } from './commands/new.ts';
import { addRoutes } from './commands/routes.ts';
import { addStart } from './commands/start.ts';
import { usageHint } from './usage-error.ts';

/** All commands, with their options and their help. What a command does is loaded when it is run: help is there at once. */
export function createProgram(): Command {
  const { version } = createRequire(import.meta.url)('plugboard/package.json') as {
    readonly version: string;
  };
  const program = new Command('plugboard')
    .description('Plugins for Express: make them, serve them, look into them. Without a command: start.')
    .version(version, '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show this')
    .showSuggestionAfterError()
    .showHelpAfterError(`Fix: ${usageHint}`)
    .exitOverride();
  for (const add of [addNew, addDev, addStart, addBuild, addList, addRoutes, addGraph, addCheck])
    add(program);
  for (const command of program.commands.filter((one) => one.name() !== 'new')) {
    command.option('-c, --config <file>', 'configuration file (default: plugboard.config.* in this folder)');
  }
  program.addHelpText(
    'after',
    `
Examples:
  plugboard new app shop
  plugboard new plugin greeter
  plugboard dev
  plugboard build && plugboard start
  plugboard graph --json

Ends with 0 where all is well, 1 where there is a problem with a plugin, 2 where the command makes no sense.`,
  );
  return program;
}
