import type { BindingRecord } from './binding-record.ts';
import type { Injection } from './injections.ts';

/** What one injects, as far as it decides which binding answers. */
export type Asked = Pick<Injection, 'token' | 'name' | 'tags' | 'multiple'>;

/** The bindings among `records` that inversify would take for one injection. */
export function answersTo(records: readonly BindingRecord[], asked: Asked): readonly BindingRecord[] {
  return records.filter(
    (record) => record.token === asked.token && (asked.multiple || record.answers(asked)),
  );
}

/** The same bindings, each behind those that it injects. */
export function dependenciesFirst(records: readonly BindingRecord[]): readonly BindingRecord[] {
  const ordered = new Set<BindingRecord>();
  const visited = new Set<BindingRecord>();
  const visit = (record: BindingRecord): void => {
    if (visited.has(record)) return;
    visited.add(record);
    for (const injection of record.injections) answersTo(records, injection).forEach(visit);
    ordered.add(record);
  };
  records.forEach(visit);
  return [...ordered];
}
