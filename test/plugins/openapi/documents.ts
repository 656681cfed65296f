import { match } from 'node:assert/strict';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { Host } from 'plugboard';
import type { OpenApiDocument } from 'plugboard/plugins/openapi';
import { ApiDocuments, OpenApiPlugin, type Operation } from 'plugboard/plugins/openapi';
import { testHost, type HostTestBed } from 'plugboard/testing';
import type { HostOptions } from 'plugboard';

/** Plugins that run together with the one that describes them. */
export async function documented(
  plugins: NonNullable<HostOptions['plugins']>,
  { config = {}, ...options }: Partial<HostOptions> & { readonly config?: object } = {},
): Promise<HostTestBed> {
  return testHost([OpenApiPlugin, ...plugins], options)
    .config('openapi', config)
    .start();
}

export function mergedOf(host: Host): OpenApiDocument {
  return host.get(ApiDocuments).merged();
}

/** `GET /items` → the operation. */
export function operationsOf({ paths }: OpenApiDocument): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
}

/** What an independent validator says: `valid`, or its errors. */
export async function validate(document: OpenApiDocument): Promise<string> {
  match(document.openapi, /^3\.1\./);
  // The validator resolves references in place.
  const { valid, errors } = await new Validator().validate(structuredClone(document) as never);
  return valid ? 'valid' : JSON.stringify(errors);
}
