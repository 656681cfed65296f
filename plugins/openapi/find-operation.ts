import type { HttpMethod, OpenApiDocument, Operation } from './document-types.ts';

interface FoundOperation {
  /** As the document has it: `/items/{id}`. */
  readonly path: string;
  readonly method: HttpMethod;
  readonly operation: Operation;
}

/** Which operation of a document a request is for; `path` is without the place where the host is mounted. */
export function findOperation(
  { paths }: OpenApiDocument,
  method: string,
  path: string,
): FoundOperation | undefined {
  const wanted = method.toLowerCase() as HttpMethod;
  // A GET answers HEAD as well.
  const verbs = wanted === 'head' ? (['head', 'get'] as const) : [wanted];
  const candidates = Object.entries(paths).flatMap(([template, item]) =>
    verbs.flatMap((verb) => {
      const operation = item[verb];
      return operation && matches(template, operation, path)
        ? [{ path: template, method: verb, operation }]
        : [];
    }),
  );
  // What names its segments comes before what takes any.
  return candidates.toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}

function matches(template: string, { parameters = [] }: Operation, path: string): boolean {
  const source = template.split(/(\{[^}]*\})/).map((text) => {
    if (!text.startsWith('{')) return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const parameter = parameters.find(({ in: place, name }) => place === 'path' && `{${name}}` === text);
    return parameter?.['x-wildcard'] ? '.+' : '[^/]+';
  });
  return new RegExp(`^${source.join('')}$`, 'i').test(path);
}
