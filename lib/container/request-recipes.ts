import { ClassElementMetadataKind, type ClassElementMetadata } from '@inversifyjs/core';
import type { Container } from 'inversify';
import type { Class, Token } from '../plugin/tokens.ts';
import type { BindingRecord } from './binding-record.ts';
import { readClassMetadata } from './class-metadata.ts';
import { unwrap } from './injections.ts';
import type { RequestImport } from './request-objects.ts';

/** Where an object gets one of its parts from. */
export type Part =
  | { readonly kind: 'recipe'; readonly token: Token }
  | { readonly kind: 'import'; readonly from: RequestImport }
  | { readonly kind: 'shared'; readonly get: () => unknown };

/** How one object of a request is made, known before there is a request. */
export interface Recipe {
  readonly token: Token;
  readonly type: Class;
  readonly parts: readonly Part[];
  readonly properties: readonly PropertyPart[];
  readonly postConstruct: readonly PropertyKey[];
  readonly preDestroy: readonly PropertyKey[];
}

type PropertyPart = readonly [key: PropertyKey, part: Part];

export interface Recipes {
  readonly byToken: ReadonlyMap<Token, Recipe>;
  /** How to get what there is no recipe for: it comes from elsewhere, or does not belong to a request. */
  otherwise(token: Token): Part;
}

/** What a container knows of its bindings. */
export interface RecipeSource {
  /** In messages: the plugin's name, or `host`. */
  readonly owner: string;
  readonly container: Container;
  readonly records: readonly BindingRecord[];
  readonly imports: readonly RequestImport[];
  /** Whether somebody wants to know of what is made for `token`. */
  isHandled(token: Token): boolean;
  /** Whether `token` comes anew with each request. */
  isRequestScoped(token: Token): boolean;
}

/**
 * A recipe for each request-scoped service of a container; undefined where one of them needs more than constructors and
 * properties: names and tags, lists, factories, handlers, something asynchronous. To be called when all singletons are there.
 */
export function compileRecipes(source: RecipeSource): Recipes | undefined {
  const byToken = new Map<Token, Recipe>();
  for (const record of source.records) {
    const { token, scope } = record;
    if (scope !== 'Request' && !source.isRequestScoped(token)) continue;
    const recipe = scope === 'Request' && !byToken.has(token) ? compileRecipe(record, source) : undefined;
    if (!recipe) return undefined;
    byToken.set(token, recipe);
  }
  const otherwise = (token: Token): Part => {
    const from = source.imports.find((one) => one.token === token);
    return from
      ? { kind: 'import', from }
      : { kind: 'shared', get: async () => source.container.getAsync(token) };
  };
  return { byToken, otherwise };
}

function compileRecipe(record: BindingRecord, source: RecipeSource): Recipe | undefined {
  const { token, type } = record;
  if (!type || !record.isPlainClass || source.isHandled(token)) return undefined;
  const metadata = readClassMetadata(type, source.owner);
  const parts = metadata.constructorArguments.map((element) => compilePart(element, source));
  const properties = [...metadata.properties].map(
    ([key, element]): readonly [PropertyKey, Part | undefined] => [key, compilePart(element, source)],
  );
  if (!parts.every(isPart) || !properties.every(isPropertyPart)) return undefined;
  const { postConstructMethodNames, preDestroyMethodNames } = metadata.lifecycle;
  return {
    token,
    type,
    parts,
    properties,
    postConstruct: [...postConstructMethodNames],
    preDestroy: [...preDestroyMethodNames],
  };
}

function isPart(part: Part | undefined): part is Part {
  return part !== undefined;
}

function isPropertyPart(property: readonly [PropertyKey, Part | undefined]): property is PropertyPart {
  return property[1] !== undefined;
}

function compilePart(element: ClassElementMetadata, source: RecipeSource): Part | undefined {
  if (element.kind !== ClassElementMetadataKind.singleInjection) return undefined;
  if (element.name !== undefined || element.tags.size > 0) return undefined;
  const token = unwrap(element.value);
  const [record, ...more] = source.records.filter((one) => one.token === token);
  if (more.length > 0) return undefined;
  if (record) return ofOwn(record, source);
  const imports = source.imports.filter((one) => one.token === token);
  if (imports.some(({ name, tags }) => name !== undefined || tags.size > 0)) return undefined;
  const [from] = imports;
  if (from) return imports.length === 1 ? { kind: 'import', from } : undefined;
  return ofOthers(token, element.optional, source);
}

/** A singleton is there already; a transient one may need something of the request. */
function ofOwn(record: BindingRecord, { container }: RecipeSource): Part | undefined {
  const { token, scope } = record;
  if (scope === 'Request') return { kind: 'recipe', token };
  if (scope === 'Transient' || !record.isPlain) return undefined;
  const value = present(() => container.get(token));
  return value && { kind: 'shared', get: () => value.is };
}

/** What the host or another plugin offers is asked for each time: it may be made anew for whoever asks. */
function ofOthers(token: Token, optional: boolean, { container }: RecipeSource): Part | undefined {
  if (container.isBound(token)) {
    return present(() => container.get(token)) && { kind: 'shared', get: () => container.get(token) };
  }
  return optional ? { kind: 'shared', get: () => undefined } : undefined;
}

/** undefined where inversify can't give it at once. */
function present(get: () => unknown): { readonly is: unknown } | undefined {
  try {
    return { is: get() };
  } catch {
    return undefined;
  }
}
