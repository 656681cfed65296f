import { tokenName, type Token } from '../plugin/tokens.ts';
import { answersTo, type Asked } from './binding-graph.ts';
import type { BindingRecord } from './binding-record.ts';

/** Whether what `token` stands for comes anew with each HTTP request. */
export function isMadePerRequest(
  records: readonly BindingRecord[],
  token: Token,
  isImportedPerRequest: (token: Token) => boolean,
): boolean {
  const own = records.filter((record) => record.token === token);
  if (own.length === 0) return isImportedPerRequest(token);
  return own.some(
    ({ scope, injections }) =>
      scope === 'Request' ||
      (scope === 'Transient' &&
        injections.some((next) => pathToRequest(records, next, isImportedPerRequest) !== undefined)),
  );
}

/** The names on the way to something that is made for each HTTP request: of itself, or of what a transient one needs. */
export function pathToRequest(
  records: readonly BindingRecord[],
  asked: Asked,
  isImportedPerRequest: (token: Token) => boolean,
  trail: readonly BindingRecord[] = [],
): readonly string[] | undefined {
  const name = tokenName(asked.token);
  const own = answersTo(records, asked).filter((record) => !trail.includes(record));
  if (own.length === 0) return isImportedPerRequest(asked.token) ? [name] : undefined;
  for (const record of own) {
    if (record.scope === 'Request') return [name];
    if (record.scope === 'Singleton') continue;
    for (const next of record.injections) {
      const further = pathToRequest(records, next, isImportedPerRequest, [...trail, record]);
      if (further) return [name, ...further];
    }
  }
  return undefined;
}
