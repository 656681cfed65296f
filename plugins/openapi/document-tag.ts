import { createHash } from 'node:crypto';
import type { OpenApiDocument } from './document-types.ts';

/** The entity tag of a document: the same for the same content, in whatever process it was made. */
export function documentTag(document: OpenApiDocument): string {
  const { servers, paths } = document;
  let digest = digests.get(paths);
  if (digest === undefined) {
    digest = digestOf({ ...document, servers: [] });
    digests.set(paths, digest);
  }
  return `"${digest}-${digestOf(servers)}"`;
}

/** By their paths, which are made anew with each document; only where the host is mounted may differ. */
const digests = new WeakMap<object, string>();

function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
