import { nestedTypeMissing, unvalidatedClass } from '../errors/action-errors.ts';
import { expectsInstance } from '../http/expected-instance.ts';
import type { ActionDescription } from '../http/controller-metadata.ts';
import type { ActionOptions } from '../http/plugin-routes.ts';
import type { Class } from '../plugin/tokens.ts';
import { typesOf } from '../registries/transformation-metadata.ts';
import { isValidated, nestedProperties } from '../registries/validation-metadata.ts';
import type { Finding } from './finding.ts';

/** What is wrong with the classes that values of the client are made into. Each class is told of once. */
export class ReceivedClasses {
  readonly #seen = new Set<Class>();

  constructor(private readonly options: ActionOptions) {}

  findings(plugin: string, { name: action, metadata, controller, method }: ActionDescription): Finding[] {
    const { validation, classTransformer, plainToClassTransformOptions } = this.options;
    // Converted by their types, nested values become instances without `@Type`.
    const converts = plainToClassTransformOptions?.enableImplicitConversion === true;
    if (validation === false || classTransformer === false || converts) return [];
    return metadata.params.flatMap((parameter): Finding[] => {
      const type = parameter.targetType as Class | undefined;
      const isReceived = expectsInstance(parameter) || whole.has(parameter.type);
      if (!isReceived || !isOwnClass(type) || parameter.validate === false || this.#seen.has(type)) return [];
      this.#seen.add(type);
      const anchor = { kind: 'method', type: controller, method, parameter: parameter.index } as const;
      if (!isValidated(type)) return [{ error: unvalidatedClass(plugin, action, type.name), anchor }];
      return this.#nested(plugin, type);
    });
  }

  #nested(plugin: string, type: Class): Finding[] {
    const types = typesOf(type);
    return nestedProperties(type).flatMap((property): Finding[] => {
      const inner = types.get(property);
      if (inner) return this.#inner(plugin, inner.typeFunction, inner.options);
      const anchor = { kind: 'injection', type, element: { property } } as const;
      return [{ error: nestedTypeMissing(plugin, type.name, property), anchor }];
    });
  }

  #inner(
    plugin: string,
    typeFunction: ((...given: unknown[]) => unknown) | undefined,
    options: unknown,
  ): Finding[] {
    // One that decides by the object can't be asked without one.
    if (!typeFunction || typeFunction.length > 0 || options) return [];
    const type = typeFunction() as Class | undefined;
    if (!isOwnClass(type) || this.#seen.has(type)) return [];
    this.#seen.add(type);
    return this.#nested(plugin, type);
  }
}

const whole: ReadonlySet<string> = new Set(['queries', 'headers', 'params', 'cookies']);

function isOwnClass(type: Class | undefined): type is Class {
  return typeof type === 'function' && !Function.prototype.toString.call(type).includes('[native code]');
}
