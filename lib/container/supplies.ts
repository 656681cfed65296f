import { answersTo } from './binding-graph.ts';
import { getOptionsFor } from './constraints.ts';
import type { ImportNeed } from './import-needs.ts';
import type { Supply } from './plugin-container.ts';
import { createResolver } from './resolver.ts';
import type { ServiceContainer } from './service-container.ts';

/**
 * How `owner` answers `need`. Singletons are built here, out of the owner's own bindings and never through the
 * plugin that asks for them; asynchronous ones are awaited here.
 */
export async function supplyFrom(owner: ServiceContainer, need: ImportNeed): Promise<Supply> {
  const { token } = need;
  const options = getOptionsFor(need);
  const resolve = createResolver(token, options);
  if (owner.isRequestScoped(token)) {
    return {
      kind: 'request',
      make: (request, asking) => asking.getFrom(owner.openRequestScope(request), token, resolve),
    };
  }
  const first: unknown = await owner.container.getAsync(token, options);
  const scopes = answersTo(owner.records, need).map(({ scope }) => scope);
  if (scopes.every((scope) => scope === 'Singleton')) return { kind: 'value', value: first };
  const spare = [first];
  return { kind: 'each', make: () => (spare.length > 0 ? spare.pop() : resolve(owner.container)) };
}
