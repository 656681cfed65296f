import type { PluginError } from '../errors/plugin-error.ts';
import type { Problem } from '../plugin/problem.ts';
import type { Anchor } from './anchor.ts';

/** A fault, and what of whose text it is about. */
export interface Finding {
  readonly error: PluginError;
  readonly anchor?: Anchor | undefined;
  /** Whose it is, where the error does not say: it speaks of the app. */
  readonly plugin?: string | undefined;
  /** Where its code does not say. */
  readonly severity?: Problem['severity'] | undefined;
}

/** By their codes: what runs all the same. All others are errors. */
const warnings: ReadonlySet<string> = new Set([
  'ASSET_MISSING',
  'EXTENSION_POINT_MISSPELT',
  'HOOK_MISSPELT',
  'LOAD_WARNING',
  'NESTED_TYPE_MISSING',
  'PARAM_NOT_IN_ROUTE',
  'ROUTE_OVERLAP',
  'ROUTE_REPEATED',
  'ROUTE_SHADOWED',
  'UNDOCUMENTED',
  'UNKNOWN_SETTINGS',
  'UNREAD_SETTING',
  'UNVALIDATED_CLASS',
  'WRONG_TYPESCRIPT',
]);

export function severityOf({ error, severity }: Finding): Problem['severity'] {
  return severity ?? (warnings.has(error.code) ? 'warning' : 'error');
}
