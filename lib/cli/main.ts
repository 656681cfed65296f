#!/usr/bin/env node
import { CommanderError } from 'commander';
import { PluginError } from 'plugboard';
import { exitCodes } from './exit-codes.ts';
import { explainError } from './explain.ts';
import { createProgram } from './program.ts';
import { print } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const [first, ...rest] = process.argv.slice(2);

try {
  await createProgram().parseAsync(first === undefined ? ['start'] : [first, ...rest], { from: 'user' });
} catch (error) {
  process.exitCode = await refuse(error);
}

/** Says what is wrong, unless that was said already, and gives what to end with. */
async function refuse(error: unknown): Promise<number> {
  // Help and the version are asked for; all else that commander throws it has shown.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
  await print(explainError(error), process.stderr);
  return error instanceof UsageError || isOfUsage(error) ? exitCodes.usage : exitCodes.problem;
}

function isOfUsage(error: unknown): boolean {
  return error instanceof PluginError && error.code === 'NOT_A_BUILD_FOLDER';
}
