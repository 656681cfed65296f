import { IsArray, IsBoolean, IsObject, IsOptional, IsString } from 'class-validator';
import type { Schema } from './document-types.ts';

export class OpenApiConfig {
  /** The title of the merged document. */
  @IsString()
  readonly title: string = 'API';

  /** The version of the merged document; that of a plugin has the plugin's own. */
  @IsString()
  readonly version: string = '1.0.0';

  @IsOptional()
  @IsString()
  readonly description?: string;

  /** Plugins that are in no document. */
  @IsArray()
  @IsString({ each: true })
  readonly exclude: readonly string[] = [];

  /** Whether HEAD, which each GET answers as well, is an operation of its own in the documents. */
  @IsBoolean()
  readonly head: boolean = false;

  /** OpenAPI's Security Scheme Objects, by name; any one of them opens what is `@Authorized`. */
  @IsObject()
  readonly securitySchemes: Readonly<Record<string, object>> = {};

  /** A JSON Schema of what the host's own `errorBody` gives, where it has one. */
  @IsOptional()
  @IsObject()
  readonly errorSchema?: Schema;
}
