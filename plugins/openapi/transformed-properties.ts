import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import type { Class } from 'plugboard';
import type { Schema } from './document-types.ts';

/** A property as it is sent. */
interface WireProperty {
  readonly name: string;
  /** That it is of requests alone, or of answers. */
  readonly access: Schema;
}

/** What `@Expose` and `@Exclude` make of a property; undefined where it is never sent. */
export function wireProperty(type: Class, property: string): WireProperty | undefined {
  const exposed = defaultMetadataStorage.findExposeMetadata(type, property);
  const excluded = defaultMetadataStorage.findExcludeMetadata(type, property);
  if (!exposed && defaultMetadataStorage.getStrategy(type) === 'excludeAll') return undefined;
  const { toPlainOnly = false, toClassOnly = false } = excluded?.options ?? {};
  if (excluded && toPlainOnly === toClassOnly) return undefined;
  const access = {
    ...(toPlainOnly && { writeOnly: true }),
    ...(toClassOnly && { readOnly: true }),
  };
  return { name: exposed?.options?.name ?? property, access };
}
