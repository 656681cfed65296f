import { instanceToPlain, type ClassTransformOptions } from 'class-transformer';
import type { ActionMetadata } from 'routing-controllers';
import { isPlain } from './plain-result.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { isAsyncIterable, isPipeable } from './stream-response.ts';

export type ToPlain = (result: unknown) => unknown;

/** What class-transformer makes of an action's results; the same function for all actions that have no settings for it. */
export function compileToPlain(metadata: ActionMetadata, options: ActionOptions): ToPlain {
  if (options.classTransformer === false || metadata.options.transformResponse === false) return asItIs;
  const settings = metadata.responseClassTransformOptions ?? options.classToPlainTransformOptions;
  if (settings !== undefined) return (result) => transform(result, settings);
  return metadata.isJsonTyped ? toPlainJson : transform;
}

function asItIs(result: unknown): unknown {
  return result;
}

function toPlainJson(result: unknown): unknown {
  return result instanceof Object && !isPlain(result) ? transform(result) : result;
}

function transform(result: unknown, settings?: ClassTransformOptions): unknown {
  if (!(result instanceof Object)) return result;
  if (result instanceof Uint8Array || isPipeable(result) || isAsyncIterable(result)) return result;
  return instanceToPlain(result, settings);
}
