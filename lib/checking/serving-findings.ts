import { checkerMissing, notServing } from '../errors/action-errors.ts';
import type { BoundEntry } from '../hosting/entry.ts';
import type { ActionDescription } from '../http/controller-metadata.ts';
import type { ActionOptions } from '../http/plugin-routes.ts';
import { isClass } from '../plugin/is-class.ts';
import { isServingClass } from '../plugin/serving-class.ts';
import type { Class } from '../plugin/tokens.ts';
import type { Finding } from './finding.ts';
import { actionAnchor } from './route-findings.ts';

/** What an action asks of the app, and what stands around it, that can't do its work. */
export function actionFindings(plugin: string, action: ActionDescription, options: ActionOptions): Finding[] {
  const { metadata, name } = action;
  const anchor = actionAnchor(action);
  const { uses, interceptors } = metadata.controllerMetadata;
  const listed = [
    ...[...uses, ...metadata.uses].map(({ middleware, afterAction }) => ({
      type: middleware as unknown,
      where: afterAction ? '@UseAfter()' : '@UseBefore()',
      method: 'use' as const,
    })),
    ...[...interceptors, ...metadata.interceptors].map(({ interceptor }) => ({
      type: interceptor as unknown,
      where: '@UseInterceptor()',
      method: 'intercept' as const,
    })),
  ];
  return [
    ...missingCheckers(metadata, options).map((missing) => ({
      error: checkerMissing(plugin, name, missing),
      anchor,
    })),
    ...listed
      .filter(({ type }) => isIdleClass(type))
      .map(({ type, where, method }) => ({
        error: notServing(plugin, (type as Class).name, `${where} of ${name}`, method),
        anchor,
      })),
  ];
}

function missingCheckers(
  { isAuthorizedUsed, params }: ActionDescription['metadata'],
  options: ActionOptions,
): { readonly decorator: string; readonly option: string }[] {
  const needed = [
    ...(isAuthorizedUsed ? [{ decorator: '@Authorized()', option: 'authorizationChecker' } as const] : []),
    ...(params.some(({ type }) => type === 'current-user')
      ? [{ decorator: '@CurrentUser()', option: 'currentUserChecker' } as const]
      : []),
  ];
  return needed.filter(({ option }) => !options[option]);
}

/** Classes that @Plugin lists and that can't act on requests or results. */
export function listedFindings({ row, loaded }: BoundEntry): Finding[] {
  const { middlewares = [], interceptors = [] } = loaded.options;
  const told = (
    type: Class,
    option: 'middlewares' | 'interceptors',
    method: 'use' | 'intercept',
  ): Finding => ({
    error: notServing(row.name, type.name, `@Plugin's "${option}"`, method),
    anchor: { kind: 'option', type: loaded.pluginClass, option },
  });
  return [
    ...middlewares.filter(isIdleClass).map((type) => told(type as Class, 'middlewares', 'use')),
    ...interceptors
      .filter((type) => !mayIntercept(type))
      .map((type) => told(type, 'interceptors', 'intercept')),
  ];
}

/** A class that would be called as if it were a function. */
function isIdleClass(value: unknown): boolean {
  return isClass(value) && !isServingClass(value);
}

/** By a method, or by anything else of this name that its text has. */
function mayIntercept(type: Class): boolean {
  if (isServingClass(type) || Object.getPrototypeOf(type) !== Function.prototype) return true;
  return /\bintercept\b/.test(Function.prototype.toString.call(type));
}
