import { getOptionsFor } from './constraints.ts';
import type { ImportNeed } from './import-needs.ts';
import type { Supply } from './plugin-container.ts';
import { answersTo } from './binding-graph.ts';
import type { ServiceContainer } from './service-container.ts';

/**
 * How `owner` answers `need`. Singletons are built here, out of the owner's own bindings and never through the
 * plugin that asks for them; asynchronous ones are awaited here.
 */
export async function supplyFrom(owner: ServiceContainer, need: ImportNeed): Promise<Supply> {
  const { token } = need;
  const options = getOptionsFor(need);
  if (owner.isRequestScoped(token)) {
    return {
      kind: 'request',
      make: async (request, asking) => asking.getFrom(owner.openRequestScope(request), token, options),
    };
  }
  const first: unknown = await owner.container.getAsync(token, options);
  if (answersTo(owner.records, need).every(({ scope }) => scope === 'Singleton'))
    return { kind: 'value', value: first };
  const spare = [first];
  return { kind: 'each', make: () => (spare.length > 0 ? spare.pop() : makeAnother(owner, need)) };
}

// Synchronously where that works, so that a factory of the plugin can ask for it with `context.get`.
function makeAnother(owner: ServiceContainer, need: ImportNeed): unknown {
  const options = getOptionsFor(need);
  try {
    return owner.container.get(need.token, options);
  } catch {
    return owner.container.getAsync(need.token, options);
  }
}
