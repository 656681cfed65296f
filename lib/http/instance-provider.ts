import type { Instances } from '../container/instances.ts';
import type { Class } from '../plugin/tokens.ts';
import type { RequestContext } from './request-context.ts';

/** Gives the object that serves a request. */
export type InstanceProvider<T> = (context: RequestContext) => T | PromiseLike<T>;

/** The one object of all requests; undefined where it takes a request to know. */
export function knownInstance<T>(type: Class<T>, instances: Instances): T | undefined {
  return instances.lookUp ? undefined : instances.singleton(type);
}

/** A singleton is looked up once, now; what belongs to a request comes from the request's scope. */
export function instanceProvider<T>(type: Class<T>, instances: Instances): InstanceProvider<T> {
  const { lookUp } = instances;
  if (lookUp) return (context) => lookUp(type, context);
  const singleton = knownInstance(type, instances);
  return singleton === undefined ? (context) => context.scopeOf(instances).get(type) : () => singleton;
}
