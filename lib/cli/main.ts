#!/usr/bin/env node
import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';
import { print } from './terminal.ts';

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
  const { exitCodeOf, explainError } = await import('./explain-error.ts');
  await print(explainError(error), process.stderr);
  return exitCodeOf(error);
}
