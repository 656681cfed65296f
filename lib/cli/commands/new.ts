import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { appFiles, standaloneFiles } from '../new/app-files.ts';
import { pluginFiles, type Files } from '../new/plugin-files.ts';
import { checkedName } from '../new/checked-name.ts';
import { packageRanges } from '../new/package-ranges.ts';
import { surroundingPackage, type SurroundingPackage } from '../new/surrounding-package.ts';
import { print, printJson } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface NewFlags {
  readonly plugboard?: string;
  readonly json?: boolean;
}

interface Made {
  /** Absolute path. */
  readonly folder: string;
  readonly files: Files;
  /** What to type next, line by line. */
  readonly next: readonly string[];
}

export function addNew(program: Command): void {
  const command = program
    .command('new')
    .description('make an app or a plugin, with a test and a README')
    .addHelpText('after', '\nExamples:\n  plugboard new app shop\n  plugboard new plugin greeter');
  command
    .command('app')
    .description('make a folder with an app that serves plugins, and a first plugin')
    .argument('<name>', 'of the app and its folder')
    .option('--plugboard <range>', versionHelp)
    .option('--json', '{ folder, files, next }')
    .addHelpText(
      'after',
      '\nExamples:\n  plugboard new app shop\n  npx plugboard new app shop && cd shop && npm install && npm run dev',
    )
    .action(async (name: string, flags: NewFlags) => {
      const folder = resolve(checkedName(name, 'app'));
      const files = appFiles(name, flags.plugboard);
      await make({ folder, files, next: [`cd ${name}`, 'npm install', 'npm run dev'] }, flags);
    });
  command
    .command('plugin')
    .description("make a plugin in the app's folder plugins; where there is no app, a package of its own")
    .argument('<name>', 'of the plugin and its folder')
    .option('--plugboard <range>', versionHelp)
    .option('--json', '{ folder, files, next }')
    .addHelpText(
      'after',
      '\nExamples:\n  plugboard new plugin greeter       in an app: plugins/greeter\n  cd /tmp && plugboard new plugin greeter && cd greeter && npm install && npm test',
    )
    .action(async (name: string, flags: NewFlags) => {
      checkedName(name, 'plugin');
      const around = surroundingPackage(process.cwd());
      const { plugboard } = flags;
      await make(around ? inPackage(name, around, plugboard) : standalone(name, plugboard), flags);
    });
}

const versionHelp = 'which Plugboard it depends on: a range, or file:../plugboard (default: this version)';

function inPackage(name: string, around: SurroundingPackage, plugboard: string | undefined): Made {
  const folder = join(around.folder, 'plugins', name);
  const serving = ['npx plugboard dev', `curl http://localhost:3000/${name}/ada`];
  const next = around.hasPlugboard ? serving : [...installing(plugboard), ...serving];
  return { folder, files: pluginFiles(name), next };
}

/** What a package needs that has had no plugins so far: to serve one, and to run its test. */
function installing(plugboard: string | undefined): readonly string[] {
  const { dependencies, devDependencies } = packageRanges(plugboard);
  return [
    `npm install ${Object.entries(dependencies).map(toInstall).join(' ')}`,
    `npm install --save-dev ${Object.entries(devDependencies).map(toInstall).join(' ')}`,
    'npx mocha --node-option import=plugboard/register "plugins/**/*.test.ts"',
  ];
}

function toInstall([name, range]: readonly [string, string]): string {
  return range.startsWith('file:') ? range.slice('file:'.length) : `${name}@${range}`;
}

function standalone(name: string, plugboard: string | undefined): Made {
  const next = [`cd ${name}`, 'npm install', 'npm run dev'];
  return { folder: resolve(name), files: standaloneFiles(name, plugboard), next };
}

async function make({ folder, files, next }: Made, { json = false }: NewFlags): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0)
    throw new UsageError(`There is something in ${folder} already.`, 'Choose another name, or remove it.');
  await write(folder, files);
  const paths = Object.keys(files);
  if (json) await printJson({ folder, files: paths, next });
  else {
    const made = paths.map((path) => `  ${join(relative(process.cwd(), folder), path)}`);
    await print(`Made:\n${made.join('\n')}\n\nNext:\n${next.map((line) => `  ${line}`).join('\n')}`);
  }
}

/** @throws UsageError where it may not be written to */
async function write(folder: string, files: Files): Promise<void> {
  try {
    for (const [path, text] of Object.entries(files)) {
      const target = join(folder, path);
      // oxlint-disable-next-line no-await-in-loop -- a handful of files
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    }
  } catch (error) {
    throw new UsageError(
      `${folder} can't be made: ${(error as Error).message}.`,
      'Go to a folder that may be written to.',
    );
  }
}
