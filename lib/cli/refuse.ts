import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { print } from './terminal.ts';
import { UsageError, usageHint } from './usage-error.ts';

/**
 * Says on standard error what is wrong with a command, and where JSON is asked for, on standard output as well:
 * `{ error: { code, message, fix } }`. Gives what to end with.
 */
export async function refuse(error: unknown, asJson: boolean): Promise<number> {
  if (error instanceof CommanderError) return refuseArguments(error, asJson);
  const { errorJson, exitCodeOf, explainError } = await import('./explain-error.ts');
  await print(explainError(error), process.stderr);
  if (asJson) await print(JSON.stringify({ error: errorJson(error) }));
  return exitCodeOf(error);
}

/** Help and the version are asked for; of all else that commander throws it has shown the text. */
async function refuseArguments({ exitCode, message }: CommanderError, asJson: boolean): Promise<number> {
  if (exitCode === 0) return exitCodes.fine;
  const { code, fix, message: text } = new UsageError(message.replace(/^error: /, ''), usageHint);
  if (asJson) await print(JSON.stringify({ error: { code, message: text, fix } }));
  return exitCodes.usage;
}
