import type { ActionMetadata, ParamMetadata } from 'routing-controllers';
import type { ActionParameter, PluginAction } from '../plugin/actions.ts';
import type { Class } from '../plugin/tokens.ts';
import type { PluginDescription } from './describe-plugin.ts';
import { isList } from './expected-instance.ts';
import { pathTemplates } from './path-templates.ts';
import type { ActionOptions } from './plugin-routes.ts';
import { validationOf } from './validation.ts';

/** What all actions of a plugin have in common. */
export interface SharedTreatment {
  readonly options: ActionOptions;
  /** The host or the plugin has interceptors. */
  readonly isIntercepted: boolean;
  /** The app has an `errorBody`. */
  readonly hasErrorBody: boolean;
}

/** What others may know of a plugin's actions, in the order in which they are tried; its assets are none. */
export function pluginActions(
  { routes }: PluginDescription,
  { options, isIntercepted, hasErrorBody }: SharedTreatment,
): readonly PluginAction[] {
  const appAnswersErrors = hasErrorBody || options.defaultErrorHandler === false;
  return routes.flatMap(({ verb, pattern, action, description }) => {
    if (!description) return [];
    const { controller, method, metadata, route } = description;
    return {
      method: verb,
      path: pattern.path,
      action,
      templates: typeof route === 'string' ? pathTemplates(pattern.path) : [],
      controller,
      handler: method,
      ...answersOf(metadata),
      isIntercepted: isIntercepted || hasInterceptors(metadata),
      appAnswersErrors,
      bodyTypes: bodyTypesOf(metadata),
      parameters: metadata.params
        .toSorted((a, b) => a.index - b.index)
        .map((parameter) => toParameter(parameter, options)),
    };
  });
}

type Answers = Pick<
  PluginAction,
  | 'answersJson'
  | 'roles'
  | 'successStatus'
  | 'undefinedStatus'
  | 'nullStatus'
  | 'redirect'
  | 'view'
  | 'headers'
>;

// routing-controllers leaves undefined what no decorator says, whatever its types promise.
function answersOf(metadata: ActionMetadata): Answers {
  const { isAuthorizedUsed, authorizedRoles, redirect, renderedTemplate, headers } = metadata;
  return {
    answersJson: metadata.isJsonTyped,
    roles: isAuthorizedUsed ? [...authorizedRoles] : undefined,
    successStatus: metadata.successHttpCode ?? 200,
    undefinedStatus: statusOf(metadata.undefinedResultCode),
    nullStatus: statusOf(metadata.nullResultCode),
    redirect,
    view: renderedTemplate,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  };
}

/** An error class stands for an error; nothing at all, for what is usual. */
function statusOf(code: unknown): number | undefined {
  return typeof code === 'number' && code > 0 ? code : undefined;
}

function hasInterceptors({ controllerMetadata, interceptors }: ActionMetadata): boolean {
  return controllerMetadata.interceptors.length + interceptors.length > 0;
}

/** body-parser takes extensions and functions, too, which name no media type. */
function bodyTypesOf({ bodyExtraOptions }: ActionMetadata): readonly string[] | undefined {
  const { type } = (bodyExtraOptions ?? {}) as { readonly type?: unknown };
  const named = [type].flat().filter((one): one is string => typeof one === 'string' && one.includes('/'));
  return named.length > 0 ? named : undefined;
}

function toParameter(parameter: ParamMetadata, options: ActionOptions): ActionParameter {
  const { type: kind, name, targetType, required } = parameter;
  const list = isList(parameter);
  return {
    kind,
    name: name ?? '',
    type:
      typeof targetType === 'function' && !(list && targetType === Array) ? (targetType as Class) : undefined,
    isList: list,
    isRequired: required ?? false,
    validation: validationOf(parameter, options),
  };
}
