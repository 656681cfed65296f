import type { ActionMetadata, ParamMetadata } from 'routing-controllers';
import type { ActionParameter, PluginAction } from '../plugin/actions.ts';
import type { Class } from '../plugin/tokens.ts';
import type { PluginDescription } from './describe-plugin.ts';
import { isList } from './expected-instance.ts';
import { pathTemplates } from './path-templates.ts';

/** What others may know of a plugin's actions, in the order in which they are tried; its assets are none. */
export function pluginActions({ routes }: PluginDescription): readonly PluginAction[] {
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
      parameters: metadata.params.toSorted((a, b) => a.index - b.index).map(toParameter),
    };
  });
}

type Answers = Omit<
  PluginAction,
  'method' | 'path' | 'action' | 'templates' | 'controller' | 'handler' | 'parameters'
>;

// routing-controllers leaves undefined what no decorator says, whatever its types promise.
function answersOf(metadata: ActionMetadata): Answers {
  const { isAuthorizedUsed, authorizedRoles, redirect, renderedTemplate, headers } = metadata;
  return {
    answersJson: metadata.isJsonTyped,
    roles: isAuthorizedUsed ? [...authorizedRoles] : undefined,
    successStatus: metadata.successHttpCode ?? 200,
    undefinedStatus: statusOf(metadata.undefinedResultCode, undefined),
    nullStatus: statusOf(metadata.nullResultCode, 204),
    redirect,
    view: renderedTemplate,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
  };
}

/** An error class stands for an error; nothing at all, for what is usual. */
function statusOf(code: unknown, usual: number | undefined): number | undefined {
  if (typeof code === 'function') return undefined;
  return typeof code === 'number' && code > 0 ? code : usual;
}

function toParameter(parameter: ParamMetadata): ActionParameter {
  const { type: kind, name, targetType, required } = parameter;
  const list = isList(parameter);
  return {
    kind,
    name: name ?? '',
    type:
      typeof targetType === 'function' && !(list && targetType === Array) ? (targetType as Class) : undefined,
    isList: list,
    isRequired: required ?? false,
  };
}
