import { AssertionError } from 'node:assert';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Host } from 'plugboard';
import { ofAnswers } from './answer-schemas.ts';
import { ApiDocuments } from './api-documents.ts';
import {
  notDescribed,
  otherBody,
  otherMediaType,
  unknownStatus,
  type Call,
  type CheckedAnswer,
} from './contradictions.ts';
import type { Content, OpenApiDocument, Operation, Response } from './document-types.ts';
import { findOperation } from './find-operation.ts';

export type { CheckedAnswer } from './contradictions.ts';

/** Compares answers with what a document says of them. */
export class Conformance {
  readonly #ajv: Ajv2020;

  constructor(private readonly document: OpenApiDocument) {
    // The patterns of class-validator are regular expressions without the flag u.
    this.#ajv = new Ajv2020({ strict: false, allErrors: true, verbose: true, unicodeRegExp: false });
    formats.default(this.#ajv);
    this.#ajv.addSchema(ofAnswers(document), documentId);
  }

  /**
   * Returns the answer as it is.
   *
   * @throws AssertionError where the document has no such operation, does not know the status or the media type, or has
   * another schema than the body; it says what to write.
   */
  check<Answer extends CheckedAnswer>(answer: Answer): Answer {
    const { method, url } = answer.request;
    const path = pathOf(url, this.document);
    const found = findOperation(this.document, method, path);
    if (!found) throw differing(notDescribed(this.document, method, path));
    const pointer = ['paths', found.path, found.method, 'responses', String(answer.status)];
    const described = this.#response(found.operation, answer.status, pointer);
    const call: Call = { answer, path, operation: found.operation };
    if (!described) throw differing(unknownStatus(call));
    this.#checkBody(call, described);
    return answer;
  }

  #response(operation: Operation, status: number, pointer: readonly string[]): Described | undefined {
    const response = operation.responses[status];
    if (!response) return undefined;
    if (!('$ref' in response)) return { response, pointer };
    const name = response.$ref.split('/').at(-1) ?? '';
    const shared = this.document.components.responses[name];
    return shared && { response: shared, pointer: ['components', 'responses', name] };
  }

  #checkBody(call: Call, { response, pointer }: Described): void {
    const { type, body, request } = call.answer;
    const { content } = response;
    if (!content || request.method === 'HEAD') return;
    const mediaType = mediaTypeIn(content, type);
    if (mediaType === undefined) throw differing(otherMediaType(call, content));
    if (!/[/+]json$/.test(type)) return;
    const schema = [...pointer, 'content', mediaType, 'schema'].map(escaped).join('/');
    const validate = this.#ajv.compile({ $ref: `${documentId}#/${schema}` });
    if (validate(body)) return;
    throw differing(otherBody(call, content[mediaType]?.schema ?? {}, validate.errors ?? []));
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

function mediaTypeIn(content: Content, type: string): string | undefined {
  return Object.keys(content).find((known) => known === '*/*' || known.toLowerCase() === type.toLowerCase());
}

/** As a JSON Pointer in the fragment of a URI has it. */
function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function differing(message: string): AssertionError {
  return new AssertionError({ message, stackStartFn: Conformance.prototype.check });
}
