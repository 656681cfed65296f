import { pathToFileURL } from 'node:url';

/** The comment that tells Node a source map of one file. */
export function inlineSourceMap(map: object, path: string): string {
  const located = { ...map, sources: [pathToFileURL(path).href] };
  const encoded = Buffer.from(JSON.stringify(located)).toString('base64');
  return `\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}`;
}

/** Compiled code without that comment, and the source map that was in it. */
export function takeSourceMap(code: string): { readonly script: string; readonly map: string } {
  const [script = '', encoded = ''] = code.split(
    '\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,',
  );
  const map = JSON.parse(Buffer.from(encoded, 'base64').toString() || '{}') as object;
  // Where the file is, whoever uses it knows.
  return { script, map: JSON.stringify({ ...map, sources: [] }) };
}
