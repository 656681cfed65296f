import { tokenName, type Class, type Token } from '../plugin/tokens.ts';
import { PluginError } from './plugin-error.ts';

/** `billing → InvoiceStore → Clock` */
export function arrows(path: readonly string[]): string {
  return path.join(' → ');
}

export interface MissingMetadata {
  /** `parameter 2 (clock)`, `property clock` */
  readonly places: readonly string[];
  /** Whether the class was compiled with decorator metadata. */
  readonly hasTypes: boolean;
  readonly cause: unknown;
}

export function metadataMissing(plugin: string, type: Class, missing: MissingMetadata): PluginError {
  const { hasTypes, cause } = missing;
  const places = missing.places.join(', ') || 'one of its parameters';
  return new PluginError({
    code: 'METADATA_MISSING',
    plugin,
    phase: 'plan',
    path: [plugin, tokenName(type)],
    message: hasTypes
      ? `${tokenName(type)} does not say what to inject as ${places}: the type is an interface, a primitive, a union, imported with "import type", or of a module in a circular import.`
      : `${tokenName(type)} carries no types (${places}): the file was compiled without decorator metadata, or the class has no decorator.`,
    fix: hasTypes
      ? `Name the token: constructor(@inject(TheToken) …), or import the class without "type": import { TheClass } from '…'.`
      : `Put @injectable() on ${tokenName(type)} and compile with "experimentalDecorators" and "emitDecoratorMetadata" (tsc, or node --import plugboard/register; esbuild and tsx can't), or name each token: constructor(@inject(TheToken) …). In JavaScript, after the class: inject(TheToken)(${tokenName(type)}, undefined, 0).`,
    // What inversify says to do helps only where there are no types at all.
    cause: hasTypes ? undefined : cause,
  });
}

export function inheritedConstructor(plugin: string, type: Class, base: Class): PluginError {
  return new PluginError({
    code: 'INHERITED_CONSTRUCTOR',
    plugin,
    phase: 'plan',
    path: [plugin, tokenName(type), tokenName(base)],
    message: `${tokenName(type)} inherits the constructor of ${tokenName(base)}, which asks for ${base.length} argument(s) that nothing describes: they would all be undefined.`,
    fix: `Put @injectable() on ${tokenName(base)} and name its tokens, or write a constructor in ${tokenName(type)} that calls super(…).`,
  });
}

export function invalidService(plugin: string, index: number, service: unknown): PluginError {
  const what = Array.isArray(service)
    ? `[${service.map(describeMember).join(', ')}]`
    : describeMember(service);
  return new PluginError({
    code: 'INVALID_SERVICE',
    plugin,
    phase: 'plan',
    path: [plugin, `services[${index}]`],
    message: `services[${index}] of "${plugin}" is ${what}, which is neither a class, nor a pair of token and class, nor a ContainerModule.`,
    fix: `Write a class, [TheToken, TheClass], or a ContainerModule for values and factories. What is undefined was imported from a file that imports this one: move the class into a file of its own.`,
  });
}

function describeMember(member: unknown): string {
  return typeof member === 'function' || typeof member === 'symbol' ? tokenName(member) : typeof member;
}

export function requestOver(plugin: string, token: Token): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'REQUEST_OVER',
    plugin,
    phase: 'request',
    path: [plugin, name],
    message: `${name} was asked for after its request had ended: the answer was sent, or the client went away.`,
    fix: `Ask for ${name} while the request is served. What goes on after the answer belongs in a singleton.`,
  });
}

export function disposalTimeout(plugin: string, name: string, limitMs: number): PluginError {
  return new PluginError({
    code: 'DISPOSAL_TIMEOUT',
    plugin,
    phase: 'request',
    path: [plugin, name],
    message: `At the end of a request of "${plugin}", ${name} was not disposed of within ${limitMs} ms. The rest was disposed of all the same.`,
    fix: `Look at @preDestroy of ${name}: await only what ends.`,
  });
}

export function undeclaredImport(plugin: string, token: Token): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'UNDECLARED_IMPORT',
    plugin,
    phase: 'construct',
    path: [plugin, name],
    message: `A factory of "${plugin}" asked for ${name}, which the plugin neither binds nor declares. What a factory asks for can't be read in advance.`,
    fix: `Declare it: @Plugin({ name: '${plugin}', imports: [${name}], … }).`,
  });
}

export function multiImport(plugin: string, token: Token, path: readonly string[]): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'MULTI_IMPORT',
    plugin,
    phase: 'plan',
    path,
    message: `${arrows(path)}: @multiInject(${name}) reaches outside the plugin, where a token has exactly one owner.`,
    fix: `Use @inject(${name}) for the one that is exported. For many, make a point that all contribute to: const ${name}s = extensionPoint<${name}>('${plugin}.${name.toLowerCase()}s').`,
  });
}

export function multiExtension(plugin: string, point: Token, path: readonly string[]): PluginError {
  const name = tokenName(point);
  return new PluginError({
    code: 'MULTI_EXTENSION',
    plugin,
    phase: 'plan',
    path,
    message: `${arrows(path)}: @multiInject of the extension point "${name}" would be a list as it is now, and plugins come and go.`,
    fix: `Write @inject(Point) private readonly extensions: Extensions<T>: it is always what there is, and tells what comes and goes.`,
  });
}

/** `decorates` names something that can't be wrapped. */
export function notDecorable(plugin: string, token: Token): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'NOT_DECORABLE',
    plugin,
    phase: 'plan',
    path: [plugin, name],
    message: `"${plugin}" decorates ${name}, of which Plugboard gives each plugin a view of its own.`,
    fix: `Decorate what the host or a plugin offers. To an extension point one contributes: contributes: [[Point, value]].`,
  });
}

/** A plugin asks for something that the embedder has not granted. */
export function notGranted(plugin: string, token: Token, grant: string): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'NOT_GRANTED',
    plugin,
    phase: 'plan',
    path: [plugin, name],
    message: `"${plugin}" injects ${name}, which the app has not granted.`,
    fix: `If it may: createHost({ settings: { '${plugin}': { grants: ['${grant}'] } } }). If it can do without: @inject(${name}) @optional().`,
  });
}

export function ambiguousBinding(plugin: string, path: readonly string[], count: number): PluginError {
  const name = path.at(-1) ?? '';
  return new PluginError({
    code: 'AMBIGUOUS_BINDING',
    plugin,
    phase: 'plan',
    path,
    message: `${arrows(path)}: "${plugin}" binds ${name} ${count} times, and one of them is asked for.`,
    fix: `Say which: bind(${name}).to(…).whenNamed('a') and @inject(${name}) @named('a'); take all with @multiInject(${name}); or remove one of the bindings.`,
  });
}

export function innerCycle(plugin: string, path: readonly string[]): PluginError {
  return new PluginError({
    code: 'INNER_CYCLE',
    plugin,
    phase: 'plan',
    path: [plugin, ...path],
    message: `The classes of "${plugin}" need each other to be constructed: ${arrows(path)}.`,
    fix:
      path.length > 2
        ? `Move what ${path[0]} and ${path.at(-2)} share into a third class that both inject, or pass it as an argument of the call that needs it.`
        : `${path[0]} injects itself: remove that, or write this.`,
  });
}

/** `path` leads from the plugin to what is made for each request; the plugin class itself goes by the plugin's name. */
export function requestScopeFault(plugin: string, path: readonly string[], isPublic = false): PluginError {
  const [holder, wanted] = [path.at(-2) ?? plugin, path.at(-1)];
  const lasting = path.length > 2 ? path[1] : `"${plugin}"`;
  return new PluginError({
    code: 'REQUEST_SCOPE',
    plugin,
    phase: 'plan',
    path,
    message: isPublic
      ? `${arrows(path)}: ${wanted} would be made anew for each HTTP request, but a @Plugin class, and what a plugin exports, contributes or decorates with, live as long as the plugin.`
      : `${arrows(path)}: ${wanted} is made anew for each HTTP request, but ${lasting} lives as long as the ${plugin === 'host' ? 'host' : 'plugin'}. It would keep the first request's.`,
    fix:
      isPublic || path.length === 2
        ? `Move what needs a request into a controller or service of its own, with @injectable('Request'): a @Plugin class, and what others get of a plugin, can't have it.`
        : `Put @injectable('Request') on ${holder}, so that it is made for each request as well (a @Plugin class and exports may not).`,
  });
}

export function exportNotBound(plugin: string, token: Token): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'EXPORT_NOT_BOUND',
    plugin,
    phase: 'plan',
    path: [plugin, name],
    message: `"${plugin}" exports ${name} but binds nothing to it.`,
    fix: `Bind it: @Plugin({ name: '${plugin}', services: [${typeof token === 'function' ? name : `[${name}, TheClass]`}], exports: [${name}] }).`,
  });
}

export function exportTaken(plugin: string, token: Token, owner: string): PluginError {
  const name = tokenName(token);
  return new PluginError({
    code: 'EXPORT_TAKEN',
    plugin,
    phase: 'plan',
    path: [plugin, name],
    message: `"${plugin}" exports ${name}, which ${owner} offers already. A token has one owner.`,
    fix: `Remove ${name} from the exports of one of them, or export a token of your own: export const My${name} = token<${name}>('${plugin}-${name}').`,
  });
}

export interface MissingImport {
  readonly token: Token;
  readonly path: readonly string[];
  /** Who offers something like it, and the line to write. */
  readonly hint: string;
}

export function missingImport(plugin: string, missing: readonly MissingImport[]): PluginError {
  const lines = missing.map(({ path, token }) => `${arrows(path)}: nobody offers ${tokenName(token)}.`);
  return new PluginError({
    code: 'MISSING_IMPORT',
    plugin,
    phase: 'plan',
    path: missing[0]?.path,
    message: lines.join('\n'),
    fix: missing.map(({ hint }) => hint).join('\n'),
  });
}

/** `shared` is the name of a token on the cycle, or undefined where only `requires` makes it. */
export function dependencyCycle(
  plugin: string,
  path: readonly string[],
  shared: string | undefined,
): PluginError {
  const needsItself = path.length === 3 && path[0] === path[2];
  return new PluginError({
    code: 'DEPENDENCY_CYCLE',
    plugin,
    phase: 'plan',
    path,
    message: needsItself
      ? `"${plugin}" needs itself to start: ${arrows(path)}.`
      : `Plugins need each other to start: ${arrows(path)}.`,
    fix: needsItself
      ? `Take ${plugin} out of its own "requires".`
      : shared === undefined
        ? `Take one of them out of the other's "requires": @Plugin({ name: '${plugin}', requires: { … } }).`
        : `Move ${shared} into a plugin of its own that both import: @Plugin({ name: '…', services: [${shared}], exports: [${shared}] }).`,
  });
}
