import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describeThrown } from '../errors/lifecycle-errors.ts';
import { PluginError } from '../errors/plugin-error.ts';
import { MalformedFile } from './read-values.ts';

/** Why a TypeScript or JavaScript file could not be imported, with the line of it where that can be told. */
export async function importFault(error: unknown, path: string): Promise<unknown> {
  // It says already what to do.
  if (error instanceof PluginError) return error;
  if (!isSyntaxError(error)) {
    return new MalformedFile(describeThrown(error), lineIn(stackOf(error), path), { cause: error });
  }
  // Without its cause and its stack: they show the line as it is written, and there may be a secret in it.
  const { message } = error;
  const place = `${path}:`;
  if (!message.startsWith(place)) return new MalformedFile(message, await lineOfSyntaxError(path));
  return new MalformedFile(message.slice(place.length).replace(/^[\d:]+ /, ''), lineIn(message, path));
}

function isSyntaxError(error: unknown): error is Error {
  return error instanceof Error && error.name === 'SyntaxError';
}

function stackOf(error: unknown): string {
  return (error instanceof Error && error.stack) || '';
}

/** `…/plugboard.config.ts:7` anywhere in a text. */
function lineIn(text: string, path: string): number | undefined {
  for (const name of [path, pathToFileURL(path).href]) {
    const [, after] = text.split(name, 2);
    const line = /^(?:\?[^:\s]*)?:(\d+)/.exec(after ?? '')?.[1];
    if (line !== undefined) return Number(line);
  }
  return undefined;
}

/** Node does not tell it of JavaScript, and a parser may not be installed. */
async function lineOfSyntaxError(path: string): Promise<number | undefined> {
  try {
    const { parseSync } = await import('rolldown/utils');
    const text = readFileSync(path, 'utf8');
    const [error] = parseSync(path, text, { sourceType: 'unambiguous' }).errors;
    const start = error?.labels?.[0]?.start;
    return start === undefined ? undefined : text.slice(0, start).split('\n').length;
  } catch {
    return undefined;
  }
}
