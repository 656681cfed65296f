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
  return bundleFailed(area.label, place, reason, error);
}

function placeOfFault({ id, loc }: BundlerFault, area: PluginArea): string {
  const file = shortName(loc?.file ?? id ?? area.entry, area);
  return loc ? `${file}:${loc.line}:${loc.column + 1}` : file;
}

function firstLine(message: string): string {
  const [line = ''] = message.split('\n').filter((text) => text.trim() !== '');
  return line.replace(/^(Error: )?\[\w+\]\s*/, '').trim();
}
