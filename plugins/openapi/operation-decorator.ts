import 'reflect-metadata';
import type { Class } from 'plugboard';
import type { Schema } from './document-types.ts';

/** The type of a body: a class with class-validator decorators, `[Class]` for a list of it, or a JSON Schema. */
export type BodyType = Class | readonly [Class] | Schema;

/** What routing-controllers' decorators do not say of an action. */
export interface OperationOptions {
  /** One line. */
  readonly summary?: string | undefined;
  /** At length, in CommonMark. */
  readonly description?: string | undefined;
  /** Default: the plugin's name and the method's, `guestbook.find`. */
  readonly operationId?: string | undefined;
  readonly deprecated?: boolean | undefined;
  /** true: it is in no document. */
  readonly hidden?: boolean | undefined;
  /** What is sent when all goes well. Default: the method's return type where that is a described class, else anything. */
  readonly response?: BodyType | undefined;
  /** Further answers, by status. */
  readonly responses?: Readonly<Record<number, ResponseOptions>> | undefined;
}

export interface ResponseOptions {
  /** Default: the name of the status. */
  readonly description?: string | undefined;
  /** Default: no body for a status below 400, else Plugboard's own for errors. */
  readonly type?: BodyType | undefined;
}

/**
 * Describes an action for the OpenAPI document. Above a controller it holds for all of its actions.
 *
 * @example
 * @Get('/:id')
 * @ApiOperation({ summary: 'One item', response: Item })
 */
export function ApiOperation(options: OperationOptions): ClassDecorator & MethodDecorator {
  return (target: object, key?: string | symbol) => {
    if (key === undefined) Reflect.defineMetadata(metadataKey, options, target);
    else Reflect.defineMetadata(metadataKey, options, target, key);
  };
}

/** What is said of a method, over what is said of its class; inherited as the method is. */
export function operationOptions(controller: Class, method: string): OperationOptions {
  const ofClass = Reflect.getMetadata(metadataKey, controller) as OperationOptions | undefined;
  const ofMethod = Reflect.getMetadata(metadataKey, controller.prototype as object, method) as
    OperationOptions | undefined;
  return { ...ofClass, ...ofMethod };
}

// The same for all copies of this file: that of a folder of plugins is another one than the package's.
const metadataKey = Symbol.for('plugboard.openapi.operation');
