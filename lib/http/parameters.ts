import type { ParamMetadata } from 'routing-controllers';
import { compileNormalization } from './normalization.ts';
import {
  AuthorizationRequiredError,
  CurrentUserCheckerNotDefinedError,
  ParamRequiredError,
} from './parameter-errors.ts';
import { parameterSource, userOf } from './parameter-sources.ts';
import type { Step } from './pipeline.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { isPromiseLike, whenReady } from './promises.ts';
import type { RequestContext } from './request-context.ts';
import { SimpleParameter, simpleParameter, type ParameterReader } from './simple-parameter.ts';

/** All arguments of an action. */
export class Parameters {
  constructor(private readonly readers: readonly ParameterReader[]) {}

  /** In order: an array, or a promise of it where one of them has to be waited for. */
  read(context: RequestContext, step: Step): unknown[] | Promise<unknown[]> {
    const values: unknown[] = [];
    let isPending = false;
    for (const reader of this.readers) {
      try {
        const value = reader.read(context, step);
        isPending ||= isPromiseLike(value);
        values.push(value);
      } catch (error) {
        if (!isPending) throw error;
        // Those under way are awaited all the same: nobody else would handle their rejections.
        values.push(Promise.reject(error));
        break;
      }
    }
    return isPending ? Promise.all(values) : values;
  }
}

/** One for all actions whose parameters are alike, where these are simple. */
export function compileParameters(parameters: readonly ParamMetadata[], options: ActionOptions): Parameters {
  const sorted = [...parameters].sort((a, b) => a.index - b.index);
  const readers = sorted.map((one) => simpleParameter(one) ?? { read: compileReader(one, options) });
  if (!readers.every((reader) => reader instanceof SimpleParameter)) return new Parameters(readers);
  const key = readers.map((reader) => reader.key).join();
  const known = alike.get(key) ?? new Parameters(readers);
  alike.set(key, known);
  return known;
}

/** By the keys of simple parameters, which hold nothing of a plugin. */
const alike = new Map<string, Parameters>();

function compileReader(parameter: ParamMetadata, options: ActionOptions): ParameterReader['read'] {
  if (parameter.type === 'request') return ({ request }) => request;
  if (parameter.type === 'response') return ({ response }) => response;
  if (parameter.type === 'context') return () => undefined;
  const source = parameterSource(parameter);
  const normalize = compileNormalization(parameter, options);
  const finish = compileFinish(parameter, options);
  if (!finish) return (context) => normalize(source(context));
  return (context, step) => whenReady(normalize(source(context)), (value) => finish(value, step));
}

type Finish = (value: unknown, step: Step) => unknown;

/** Custom decorators, the current user, and `required`; undefined where there is nothing of it. */
function compileFinish(parameter: ParamMetadata, options: ActionOptions): Finish | undefined {
  const transform = parameter.transform as ParamMetadata['transform'] | undefined;
  const require = parameter.required ? compileRequired(parameter) : undefined;
  const isUser = parameter.type === 'current-user';
  if (!transform && !require && !isUser) return undefined;
  return (given, step) => {
    let value: unknown = transform ? transform(step.action, given) : given;
    if (isUser) value = currentUser(step, options);
    return require ? require(value, step) : value;
  };
}

function currentUser({ action }: Step, { currentUserChecker }: ActionOptions): unknown {
  if (currentUserChecker) return currentUserChecker(action);
  const found = userOf(action);
  if (!found) throw new CurrentUserCheckerNotDefinedError();
  return found.user;
}

function compileRequired(parameter: ParamMetadata): Finish {
  if (parameter.type === 'current-user') {
    return (value, step) =>
      whenReady(value, (user) => {
        if (!user) throw new AuthorizationRequiredError(step.action);
        return user;
      });
  }
  const isWholeBody = parameter.type === 'body' && !parameter.name;
  if (!isWholeBody && !parameter.name) return (value) => value;
  return (value, step) => {
    const isMissing = value === null || value === undefined || value === '';
    if (isMissing || (isWholeBody && isEmptyObject(value)))
      throw new ParamRequiredError(step.action, parameter);
    return value;
  };
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
