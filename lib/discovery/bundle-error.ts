import { unreadable } from '../errors/discovery-errors.ts';
import { bundleFailed, syntaxError, topLevelAwait } from '../errors/load-errors.ts';
import type { PluginError } from '../errors/plugin-error.ts';
import { type PluginArea, shortName } from './plugin-area.ts';

interface BundlerFault {
  readonly code?: string;
  readonly message?: string;
  readonly id?: string;
  readonly loc?: { readonly line: number; readonly column: number; readonly file?: string };
}

/** What the bundler says, in our words. */
export function bundleError(area: PluginArea, error: unknown): PluginError {
  const { errors = [] } = error as { errors?: readonly BundlerFault[] };
  const fault = errors[0] ?? (error as BundlerFault);
  const place = placeOfFault(fault, area);
  const reason = firstLine(fault.message ?? String(error));
  if (/top-?level await/i.test(reason)) return topLevelAwait(area.label, place, error);
  if (fault.code === 'PARSE_ERROR') return syntaxError(area.label, place, reason, error);
  const unread = unreadFile(fault, error);
  if (unread) return unreadable(area.label, unread.file, new Error(unread.reason));
  return bundleFailed(area.label, place, reason, error);
}

/** The file that the bundler could not read, and what the system said. */
function unreadFile(
  { code, message = '' }: BundlerFault,
  error: unknown,
): { readonly file: string; readonly reason: string } | undefined {
  const file = /Could not load (.+?)(?: - |\s*$)/m.exec(message)?.[1];
  const reason = /[^\n─]*\(os error \d+\)/.exec(`${message}\n${String(error)}`)?.[0];
  if (code !== 'UNLOADABLE_DEPENDENCY' || file === undefined || reason === undefined) return undefined;
  return { file, reason: reason.split(' - ').at(-1)?.trim() ?? reason };
}

function placeOfFault({ id, loc }: BundlerFault, area: PluginArea): string {
  const file = shortName(loc?.file ?? id ?? area.entry, area);
  return loc ? `${file}:${loc.line}:${loc.column + 1}` : file;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n').filter((text) => text.trim() !== '');
  return line.replace(/^(Error: )?\[\w+\]\s*/, '').trim();
}
