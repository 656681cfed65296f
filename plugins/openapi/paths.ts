import type { PathTemplate } from 'plugboard';
import type { HttpMethod, Operation, PathItem } from './document-types.ts';

/** The paths of one document. */
export class Paths {
  /** By path without the names of parameters: `/a/{id}` and `/a/{name}` are one path. */
  readonly #byShape = new Map<
    string,
    { readonly path: string; readonly item: Partial<Record<HttpMethod, Operation>> }
  >();

  has(template: PathTemplate, method: HttpMethod): boolean {
    return this.#byShape.get(shapeOf(template))?.item[method] !== undefined;
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
  }

  get items(): Readonly<Record<string, PathItem>> {
    return Object.fromEntries([...this.#byShape.values()].map(({ path, item }) => [path, item]));
  }
}

function shapeOf({ path }: PathTemplate): string {
  return path.toLowerCase().replaceAll(/\{[^}]*\}/g, '{}');
}

/** What the parameters of a path are called, in their order. */
export function namesIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name ?? '');
}
