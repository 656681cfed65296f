import { AssertionError } from 'node:assert';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Host } from 'plugboard';
import { ApiDocuments } from './api-documents.ts';
import type { Content, HttpMethod, OpenApiDocument, Operation, Response } from './document-types.ts';

/** What is checked: an answer of supertest, or of anything that knows its request. */
export interface CheckedAnswer {
  readonly status: number;
  /** Of the headers, the media type alone: `application/json`. */
  readonly type: string;
  /** What was parsed of a JSON body. */
  readonly body: unknown;
  readonly request: { readonly method: string; readonly url: string };
}

/** Compares answers with what a document says of them. */
export class Conformance {
  readonly #ajv: Ajv2020;

  constructor(private readonly document: OpenApiDocument) {
    this.#ajv = new Ajv2020({ strict: false, allErrors: true });
    formats.default(this.#ajv);
    this.#ajv.addSchema(document, documentId);
  }

  /**
   * Returns the answer as it is.
   *
   * @throws AssertionError where the document has no such operation, does not know the status or the media type, or has
   * another schema than the body.
   */
  check<Answer extends CheckedAnswer>(answer: Answer): Answer {
    const { method, url } = answer.request;
    const path = pathOf(url, this.document);
    const found = this.#operation(method, path);
    if (!found) throw differing(`${method} ${path} is not in the document.`);
    const call = `${method} ${path}: ${answer.status}`;
    const pointer = ['paths', found.path, found.method, 'responses', String(answer.status)];
    const described = this.#response(found.operation, answer.status, pointer);
    if (!described)
      throw differing(`${call} is not among ${Object.keys(found.operation.responses).join(', ')}.`);
    this.#checkBody(answer, described, call);
    return answer;
  }

  #operation(
    method: string,
    path: string,
  ): { readonly path: string; readonly method: string; readonly operation: Operation } | undefined {
    const wanted = method.toLowerCase() as HttpMethod;
    // A GET answers HEAD as well.
    const verbs = wanted === 'head' ? (['head', 'get'] as const) : [wanted];
    const candidates = Object.entries(this.document.paths).flatMap(([template, item]) =>
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

  #response(operation: Operation, status: number, pointer: readonly string[]): Described | undefined {
    const response = operation.responses[status];
    if (!response) return undefined;
    if (!('$ref' in response)) return { response, pointer };
    const name = response.$ref.split('/').at(-1) ?? '';
    const shared = this.document.components.responses[name];
    return shared && { response: shared, pointer: ['components', 'responses', name] };
  }

  #checkBody({ type, body, request }: CheckedAnswer, { response, pointer }: Described, call: string): void {
    const { content } = response;
    if (!content || request.method === 'HEAD') return;
    const mediaType = mediaTypeIn(content, type);
    if (mediaType === undefined) {
      throw differing(`${call} is ${type || 'of no type'}, not ${Object.keys(content).join(' or ')}.`);
    }
    if (!/[/+]json$/.test(type)) return;
    const schema = [...pointer, 'content', mediaType, 'schema'].map(escaped).join('/');
    const validate = this.#ajv.compile({ $ref: `${documentId}#/${schema}` });
    if (validate(body)) return;
    throw differing(
      `${call} is not what the document says:\n${(validate.errors ?? []).map(describe).join('\n')}`,
    );
  }
}

/**
 * Compares answers with the document of all plugins that a host runs, {@link OpenApiPlugin} among them. It is read once:
 * after a reload ask again. `mount` is where an app has mounted the host: `/api`.
 *
 * @throws PluginError TOKEN_NOT_OFFERED where the host does not run the plugin.
 *
 * @example
 * const api = conformance(bed.host);
 * api.check(await bed.request.get('/items/7'));
 */
export function conformance(host: Pick<Host, 'get'>, mount = ''): Conformance {
  return new Conformance(host.get(ApiDocuments).merged(mount));
}

interface Described {
  readonly response: Response;
  /** Where it is in the document. */
  readonly pointer: readonly string[];
}

const documentId = 'https://plugboard.invalid/openapi.json';

function pathOf(url: string, { servers }: OpenApiDocument): string {
  const { pathname } = new URL(url, 'http://localhost');
  const mount = servers[0]?.url.replace(/\/$/, '') ?? '';
  const path = pathname.startsWith(mount) ? pathname.slice(mount.length) : pathname;
  return path.replace(/\/+$/, '') || '/';
}

function matches(template: string, { parameters = [] }: Operation, path: string): boolean {
  const source = template.split(/(\{[^}]*\})/).map((text) => {
    if (!text.startsWith('{')) return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const parameter = parameters.find(({ in: place, name }) => place === 'path' && `{${name}}` === text);
    return parameter?.['x-wildcard'] ? '.+' : '[^/]+';
  });
  return new RegExp(`^${source.join('')}$`, 'i').test(path);
}

function mediaTypeIn(content: Content, type: string): string | undefined {
  return Object.keys(content).find((known) => known === '*/*' || known.toLowerCase() === type.toLowerCase());
}

/** As a JSON Pointer in the fragment of a URI has it. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function describe({ instancePath, message, params }: ErrorObject): string {
  return `  ${instancePath || 'the body'} ${message ?? ''} ${JSON.stringify(params)}`;
}

function differing(message: string): AssertionError {
  return new AssertionError({ message, stackStartFn: Conformance.prototype.check });
}
