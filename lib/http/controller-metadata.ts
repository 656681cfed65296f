import { METHODS } from 'node:http';
import {
  ActionMetadata,
  ControllerMetadata,
  InterceptorMetadata,
  ParamMetadata,
  ResponseHandlerMetadata,
  UseMetadata,
} from 'routing-controllers';
import { controllerDecoratorMissingError, decoratorMetadataMissingError } from '../errors/http-errors.ts';
import type { Class } from '../plugin/tokens.ts';
import {
  entriesOf,
  nearestEntries,
  refreshIndex,
  type ActionArgs,
  type ControllerArgs,
  type ParamArgs,
} from '../registries/routing-metadata.ts';
import { designTypes, parameterType } from './parameter-types.ts';
import type { ActionOptions } from './plugin-routes.ts';

/** What is known of one action without an instance of its controller. */
export interface ActionDescription {
  readonly controller: Class;
  readonly method: string;
  /** `Class.method`, for messages. */
  readonly name: string;
  /** `GET`, …, or `ALL`. */
  readonly verb: string;
  /** Without the plugin's prefix. */
  readonly route: string | RegExp;
  readonly metadata: ActionMetadata;
}

/** What the actions are read from. */
export interface DescribedControllers {
  /** The plugin's name, for messages. */
  readonly name: string;
  readonly controllers: readonly Class[];
  readonly options: ActionOptions;
  /** Told of what is wrong with a controller or an action, which is then left out. Without it, that is thrown. */
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/**
 * The actions of some controllers, in the order in which routing-controllers would register them. Constructs nothing and
 * leaves routing-controllers' shared arguments as they are.
 *
 * @throws {PluginError} `CONTROLLER_DECORATOR_MISSING`, `DECORATOR_METADATA_MISSING`.
 */
export function describeActions(plugin: DescribedControllers): ActionDescription[] {
  refreshIndex();
  return controllerArguments(plugin)
    .map((args) => buildController(args, plugin))
    .flatMap((controller) => controller.actions.map(toDescription));
}

function controllerArguments({ name, controllers, onFault }: DescribedControllers): ControllerArgs[] {
  const found = [...new Set(controllers)].flatMap((controller) =>
    faultTold(onFault, () => {
      const own = entriesOf(controller)?.controllers ?? [];
      if (own.length === 0 && ownAndInheritedActions(controller).length > 0) {
        throw controllerDecoratorMissingError(name, controller.name);
      }
      return own;
    }),
  );
  return found.sort((a, b) => a.order - b.order).map(({ args }) => args);
}

function buildController(args: ControllerArgs, plugin: DescribedControllers): ControllerMetadata {
  const controller = new ControllerMetadata(args);
  const entries = entriesOf(args.target);
  const handlers = entries?.responseHandlers.filter((handler) => handler.method === undefined) ?? [];
  controller.build(handlers.map((handler) => new ResponseHandlerMetadata(handler)));
  controller.uses = (entries?.uses ?? [])
    .filter((use) => use.method === undefined)
    .map((use) => new UseMetadata(use));
  controller.interceptors = (entries?.useInterceptors ?? [])
    .filter((use) => use.method === undefined)
    .map((use) => new InterceptorMetadata(use));
  controller.actions = ownAndInheritedActions(args.target).flatMap((action) =>
    faultTold(plugin.onFault, () => [buildAction(action, controller, plugin)]),
  );
  return controller;
}

/** What `read` gives; nothing where it throws and somebody wants to be told. */
export function faultTold<T>(
  onFault: DescribedControllers['onFault'],
  read: () => readonly T[],
): readonly T[] {
  if (!onFault) return read();
  try {
    return read();
  } catch (error) {
    onFault(error);
    return [];
  }
}

/** A method's nearest declaration counts, as it does for the call; each of its decorators is an action. */
function ownAndInheritedActions(controller: unknown): ActionArgs[] {
  const actions: ActionArgs[] = [];
  for (let target = controller; typeof target === 'function'; target = Object.getPrototypeOf(target)) {
    const nearer = new Set(actions.map(({ method }) => method));
    actions.push(...(entriesOf(target)?.actions ?? []).filter(({ method }) => !nearer.has(method)));
  }
  return actions;
}

function buildAction(
  args: ActionArgs,
  controller: ControllerMetadata,
  plugin: DescribedControllers,
): ActionMetadata {
  const action = new ActionMetadata(controller, { ...args, target: controller.target }, plugin.options);
  const place = { from: controller.target, to: args.target, method: args.method };
  action.options = { ...controller.options, ...args.options };
  action.params = nearestEntries(place, 'params').map((param) => buildParameter(param, action, plugin));
  action.uses = nearestEntries(place, 'uses').map((use) => new UseMetadata(use));
  action.interceptors = nearestEntries(place, 'useInterceptors').map((use) => new InterceptorMetadata(use));
  action.build(
    nearestEntries(place, 'responseHandlers').map((handler) => new ResponseHandlerMetadata(handler)),
  );
  if (args.target !== controller.target) keepAuthorization(action, args.target);
  return action;
}

/** routing-controllers forgets `@Authorized` above the ancestor's class, which would leave its actions unguarded. */
function keepAuthorization(action: ActionMetadata, declaredIn: unknown): void {
  const guard = entriesOf(declaredIn)?.responseHandlers.find(
    (handler) => handler.method === undefined && handler.type === 'authorized',
  );
  if (!guard) return;
  action.isAuthorizedUsed = true;
  action.authorizedRoles = [guard.value ?? []].flat().concat(action.authorizedRoles);
}

function buildParameter(
  args: ParamArgs,
  action: ActionMetadata,
  { name, options }: DescribedControllers,
): ParamMetadata {
  const types = designTypes(args.object, args.method);
  if (!types && args.type === 'body' && !args.explicitType) {
    throw decoratorMetadataMissingError(name, `${(action.target as Class).name}.${args.method}`, '@Body()');
  }
  const given: unknown = args.explicitType ?? types?.[args.index];
  // Without any types a string stays a string; one missing type among others is that of an interface.
  const explicitType: unknown = given === undefined && !types ? undefined : parameterType(given);
  const required = args.required ?? options.defaults?.paramOptions?.required;
  return new ParamMetadata(action, { ...args, explicitType, required: required });
}

/** Made once: requests to a thousand plugins are compared with the same few strings. */
const verbs: ReadonlyMap<string, string> = new Map(
  [...METHODS, 'ALL'].map((verb) => [verb.toLowerCase(), verb]),
);

function toDescription(metadata: ActionMetadata): ActionDescription {
  const controller = metadata.target as Class;
  return {
    controller,
    method: metadata.method,
    name: `${controller.name}.${metadata.method}`,
    verb: verbs.get(metadata.type) ?? metadata.type.toUpperCase(),
    route: metadata.fullRoute,
    metadata,
  };
}
