import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The command line as it is built. */
export const main = join(root, 'dist/cli/main.js');

export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly outcome: Promise<Outcome>;
  /** Resolves with what a pattern finds in the standard output so far; rejects with all of it where it ends without. */
  seen(pattern: RegExp): Promise<RegExpExecArray>;
}

const started: ChildProcess[] = [];

/** Runs a program of Node in a folder, on a free port. */
export function run(
  folder: string,
  command: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Running {
  return start(folder, [process.execPath, ...command], environment);
}

/** Runs any program in a folder, on a free port. */
export function start(
  folder: string,
  [program, ...args]: readonly [string, ...string[]],
  environment: Readonly<Record<string, string | undefined>> = {},
): Running {
  const { NODE_OPTIONS: _, NODE_ENV: __, ...inherited } = process.env;
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...inherited, PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += String(chunk);
  });
  const outcome = Promise.all([once(child, 'close'), text(child.stderr)]).then(([[code], err]) => ({
    code: code as number | null,
    out,
    err,
  }));
  const seen = async (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(out);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      look();
      void outcome.then(({ err }) => reject(new Error(`${pattern} is not in:\n${out}${err}`)));
    });
  return { process: child, outcome, seen };
}

/** Runs `plugboard` with arguments to its end. */
export async function plugboard(
  folder: string,
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
): Promise<Outcome> {
  return run(folder, [main, ...args], environment).outcome;
}

/** For `afterEach`: nothing that a test has started outlives it. */
export async function endAll(): Promise<void> {
  await Promise.all(
    started.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'close');
    }),
  );
}

/** The repository's packages, in place of what `npm install` would fetch. */
export async function linkPackages(folder: string): Promise<void> {
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** A tool that the repository has, by its file. */
export function tool(path: string): string {
  return join(root, 'node_modules', path);
}
