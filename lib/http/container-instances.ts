import { getFromContainer, type Action } from 'routing-controllers';
import type { Instances } from '../container/instances.ts';
import type { Class } from '../plugin/tokens.ts';
import type { ControllersContainer } from './controllers-options.ts';

type ContainerInstances = Instances & Required<Pick<Instances, 'lookUp'>>;

/**
 * The instances of somebody else's container. It is asked at each use, as routing-controllers does it, and knows by itself
 * what lives how long. Middlewares are asked for without the request, since they may be what prepares it for the container.
 */
export function containerInstances(
  container: ControllersContainer | undefined,
  controllers: readonly Class[],
): ContainerInstances {
  const { get } = container ? { get: container.get.bind(container) } : { get: getFromContainer };
  const known = new Set(controllers);
  const isOfAction = (type: Class): boolean => known.has(type) || isInterceptor(type);
  return {
    lookUp: <T>(type: Class<T>, action?: Action) => get(type, isOfAction(type) ? action : undefined) as T,
    singleton: () => undefined,
    openRequestScope: () => {
      throw new Error('A container of somebody else has no scopes that we could open.');
    },
  };
}

function isInterceptor({ prototype }: Class): boolean {
  return (prototype as { intercept?: unknown } | undefined)?.intercept !== undefined;
}
