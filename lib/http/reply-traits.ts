import type { ActionMetadata } from 'routing-controllers';

/** What the replies of actions differ in, but for what is made of their results. */
export interface ReplyTraits {
  readonly isJsonTyped: boolean;
  readonly etag: boolean;
  /** Codes: a status, or the class of an error to throw. */
  readonly successCode: unknown;
  readonly undefinedCode: unknown;
  readonly nullCode: unknown;
  /** Of `@Header`, `@ContentType`, `@Location`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

export function replyTraits(metadata: ActionMetadata, etag: boolean | undefined): ReplyTraits {
  return {
    isJsonTyped: metadata.isJsonTyped,
    etag: etag === true,
    successCode: metadata.successHttpCode,
    undefinedCode: metadata.undefinedResultCode,
    nullCode: metadata.nullResultCode,
    headers: Object.entries(metadata.headers),
  };
}

/** The same text for traits that are the same; undefined where a class is among them. */
export function traitsKey(traits: ReplyTraits): string | undefined {
  const { successCode, undefinedCode, nullCode } = traits;
  const isPlain = [successCode, undefinedCode, nullCode].every((code) => typeof code !== 'function');
  return isPlain ? JSON.stringify(traits) : undefined;
}
