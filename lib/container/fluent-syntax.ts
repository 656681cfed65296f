import type { BindingIdentifier, ResolutionContext } from 'inversify';

/** One call of inversify's fluent syntax: `['inSingletonScope', []]`. */
export type Call = readonly [method: string, args: readonly unknown[]];

export function invoke(syntax: unknown, [method, args]: Call): unknown {
  return (syntax as Record<string, (...args: readonly unknown[]) => unknown>)[method]?.(...args);
}

/** What makes an instance of its own. */
export const constructing: ReadonlySet<string> = new Set([
  'to',
  'toSelf',
  'toDynamicValue',
  'toResolvedValue',
]);

type Activation = (context: ResolutionContext, instance: unknown) => unknown;

/** A binding has room for one `onActivation` handler: the author's runs inside ours. */
export function withNote([method, args]: Call, note: (instance: unknown) => void): Call {
  return method === 'onActivation' ? [method, [activation(args[0] as Activation, note)]] : [method, args];
}

/** A handler that tells `note` of what was made, after the author's own. */
export function activation(authors: Activation | undefined, note: (instance: unknown) => void): Activation {
  const noted = (instance: unknown): unknown => {
    note(instance);
    return instance;
  };
  return (context, instance) => {
    const activated = authors ? authors(context, instance) : instance;
    return activated instanceof Promise ? activated.then(noted) : noted(activated);
  };
}

export function identifierOf(syntax: unknown): BindingIdentifier | undefined {
  const getIdentifier = (syntax as { getIdentifier?: () => BindingIdentifier } | undefined)?.getIdentifier;
  return getIdentifier?.call(syntax);
}
