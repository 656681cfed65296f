import type { OpenApiDocument } from './document-types.ts';

/** A copy of a document in which nothing is required of answers that only requests have. */
export function ofAnswers(document: OpenApiDocument): OpenApiDocument {
  return JSON.parse(JSON.stringify(document), (_, value: unknown) =>
    withoutWriteOnly(value),
  ) as OpenApiDocument;
}

function withoutWriteOnly(value: unknown): unknown {
  const { properties, required } = (value ?? {}) as Partial<ObjectSchema>;
  if (!Array.isArray(required) || typeof properties !== 'object') return value;
  const left = required.filter((name) => properties[name]?.writeOnly !== true);
  return left.length === required.length ? value : { ...(value as object), required: left };
}

interface ObjectSchema {
  readonly properties: Readonly<Record<string, { readonly writeOnly?: boolean } | undefined>>;
  readonly required: readonly string[];
}
