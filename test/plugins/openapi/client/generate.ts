import openapiTypeScript, { astToString } from 'openapi-typescript';

/** The types that openapi-typescript makes of a document. */
export async function typesOf(document: object): Promise<string> {
  return astToString(await openapiTypeScript(JSON.stringify(document)));
}
