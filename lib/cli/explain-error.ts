import { HostStartError, PluginError } from 'plugboard';
import { exitCodes } from './exit-codes.ts';
import { UsageError } from './usage-error.ts';

/** What went wrong with the command itself, and what to do. A stack only where nobody foresaw it. */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof HostStartError) return error.message;
  if (error instanceof PluginError || error instanceof UsageError)
    return `${error.message}\nFix: ${error.fix}`;
  return error.stack ?? error.message;
}

/** The same for other programs. */
export interface ErrorJson {
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  /** Where plugins failed, a part each. */
  readonly errors?: readonly ErrorJson[];
  /** Whose it is; `host`: nobody's. */
  readonly plugin?: string;
}

export function errorJson(error: unknown): ErrorJson {
  if (error instanceof UsageError) return { code: error.code, message: error.message, fix: error.fix };
  if (error instanceof PluginError) {
    const { code, message, fix, plugin } = error;
    return { code, message, fix, plugin };
  }
  if (error instanceof HostStartError) {
    const [message = ''] = error.message.split('\n');
    return { code: error.code, message, errors: error.errors.map(errorJson) };
  }
  return { code: 'UNEXPECTED', message: error instanceof Error ? error.message : String(error) };
}

/** What to end with after an error: 2 where the command made no sense, 1 where it did and failed. */
export function exitCodeOf(error: unknown): number {
  const isOfUsage =
    error instanceof UsageError || (error instanceof PluginError && ofUsage.includes(error.code));
  return isOfUsage ? exitCodes.usage : exitCodes.problem;
}

const ofUsage = ['NOT_A_BUILD_FOLDER', 'CONFIG_FILE_MISSING'];
