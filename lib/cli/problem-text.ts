import { relative } from 'node:path';
import type { Problem } from 'plugboard';
import { counted } from './counted.ts';
import { indent } from './explain.ts';
import { painter, type Terminal } from './terminal.ts';

/** A problem with its place, which a terminal makes a link of, and its fix. */
export function problemText(
  { code, plugin, message, fix, file, line, severity }: Problem,
  stream: Terminal = process.stdout,
): string {
  const paint = painter(stream);
  const sign = severity === 'error' ? paint('red', '✗') : paint('yellow', '!');
  const place = file === undefined ? '' : ` ${paint('cyan', placeOf(file, line))}`;
  return `${sign} ${paint('bold', plugin ?? 'app')} (${code})${place}\n  ${indent(message)}\n  ${paint('green', 'Fix:')} ${indent(fix)}`;
}

/** How many there are, of each kind. */
export function summary(problems: readonly Problem[]): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  const warnings = problems.length - errors;
  if (problems.length === 0) return 'No problems.';
  return `${counted(errors, 'error')}, ${counted(warnings, 'warning')}.`;
}

function placeOf(file: string, line: number | undefined): string {
  const short = relative(process.cwd(), file);
  const name = short.startsWith('..') ? file : short;
  return line === undefined ? name : `${name}:${line}`;
}
