import type { PathTemplate } from 'plugboard';
import type { HttpMethod, Operation, PathItem } from './document-types.ts';

/** The paths of one document. */
export class Paths {
  /** By path without the names of parameters: `/a/{id}` and `/a/{name}` are one path. */
  readonly #byShape = new Map<
    string,
    { readonly path: string; readonly item: Partial<Record<HttpMethod, Operation>> }
  >();
  /** What the parameters of each operation must match. */
  readonly #patterns = new Map<Operation, string>();

  has(template: PathTemplate, method: HttpMethod): boolean {
    return this.#operation(template, method) !== undefined;
  }

  /** Whether what is there takes the same requests, and not others of the same path: `/:id(\\d+)` and `/:name`. */
  isSame(template: PathTemplate, method: HttpMethod): boolean {
    const known = this.#operation(template, method);
    return known !== undefined && this.#patterns.get(known) === patternsOf(template);
  }

  /** The path as the document has it: the first one names the parameters of all that are alike. */
  pathOf(template: PathTemplate): string {
    return this.#byShape.get(shapeOf(template))?.path ?? template.path;
  }

  add(template: PathTemplate, method: HttpMethod, operation: Operation): void {
    const shape = shapeOf(template);
    const known = this.#byShape.get(shape) ?? { path: template.path, item: {} };
    known.item[method] = operation;
    this.#byShape.set(shape, known);
    this.#patterns.set(operation, patternsOf(template));
  }

  get items(): Readonly<Record<string, PathItem>> {
    return Object.fromEntries([...this.#byShape.values()].map(({ path, item }) => [path, item]));
  }

  #operation(template: PathTemplate, method: HttpMethod): Operation | undefined {
    return this.#byShape.get(shapeOf(template))?.item[method];
  }
}

function shapeOf({ path }: PathTemplate): string {
  return path.toLowerCase().replaceAll(/\{[^}]*\}/g, '{}');
}

function patternsOf({ parameters }: PathTemplate): string {
  return JSON.stringify(parameters.map(({ pattern, isWildcard }) => [pattern, isWildcard]));
}

/** What the parameters of a path are called, in their order. */
export function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
}
