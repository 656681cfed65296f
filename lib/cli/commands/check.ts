import type { Command } from 'commander';
import type { Problem } from 'plugboard';
import { chosenPlugins } from '../chosen-plugins.ts';
import { exitCodes } from '../exit-codes.ts';
import { problemText, summary } from '../problem-text.ts';
import { withProgress } from '../progress.ts';
import { print, printJson } from '../terminal.ts';

interface CheckFlags {
  readonly config?: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

export function addCheck(program: Command): void {
  program
    .command('check')
    .description('find what is wrong with plugins, all of it at once, without starting any')
    .argument('[plugins...]', 'folders of plugins, folders or files of one, packages', undefined)
    .option('--strict', 'warnings count as errors')
    .option('--json', 'an array of problems, as host.check() gives it')
    .addHelpText(
      'after',
      `
Errors are what a start would refuse, or what can't work; warnings are likely not what is meant.
Ends with 0 where there is no error, with 1 where there is one, and with 2 where there is nothing to check.

Examples:
  plugboard check
  plugboard check --strict && plugboard build
  plugboard check --json | jq -r '.[] | "\\(.file):\\(.line): \\(.message)"'`,
    )
    .action(async (listed: readonly string[], { config, strict = false, json = false }: CheckFlags) => {
      const { createHost, PluginError } = await import('plugboard');
      // A configuration file that is wrong is one of the problems.
      const chosen = await chosenPlugins(listed, config).catch((error: unknown) => {
        const isTold = error instanceof PluginError && toldByTheCheck.includes(error.code);
        if (!isTold) throw error;
        return { configFile: config };
      });
      const host = createHost(chosen);
      const problems = await withProgress('Checking plugins', host.check());
      await (json ? printJson(problems) : print(checkText(problems)));
      const counts = ({ severity }: Problem): boolean => strict || severity === 'error';
      if (problems.some(counts)) process.exitCode = exitCodes.problem;
    });
}

const toldByTheCheck = ['CONFIG_FILE_BROKEN', 'CONFIG_FILE_INVALID'];

/** Errors first. */
function checkText(problems: readonly Problem[]): string {
  const inOrder = ['error', 'warning'].flatMap((wanted) =>
    problems.filter(({ severity }) => severity === wanted),
  );
  return [...inOrder.map((problem) => problemText(problem)), summary(problems)].join('\n\n');
}
