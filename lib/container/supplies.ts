import type { ImportNeed } from './import-needs.ts';
import type { Supply } from './plugin-container.ts';
import type { ServiceContainer } from './service-container.ts';

/**
 * How `owner` answers `need`. Singletons are built here, out of the owner's own bindings and never through the
 * plugin that asks for them; asynchronous ones are awaited here.
 */
export async function supplyFrom(owner: ServiceContainer, need: ImportNeed): Promise<Supply> {
  const { token } = need;
  const scopes = owner.recordsOf(token).map(({ scope }) => scope);
  if (scopes.includes('Request'))
    return { kind: 'request', make: (request) => owner.openRequestScope(request).get(token) };
  const [tag] = [...need.tags].map(([key, value]) => ({ key, value }));
  const options = { name: need.name, tag };
  const value: unknown = await owner.container.getAsync(token, options);
  if (scopes.every((scope) => scope === 'Singleton')) return { kind: 'value', value };
  try {
    owner.container.get(token, options);
    return { kind: 'each', make: () => owner.container.get(token, options) };
  } catch {
    // It resolved above, so what it can't do is resolve synchronously.
    return { kind: 'each', make: () => owner.container.getAsync(token, options) };
  }
}
