import { readFileSync } from 'node:fs';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument as parse,
  type Document,
  type Node,
} from 'yaml';
import { MalformedFile, type ReadValues } from './read-values.ts';

/** Reads a YAML or JSON file. Of JSON the parser of YAML knows the lines, and JSON's own what is allowed. */
export function parseDocument(path: string): ReadValues {
  const text = readFileSync(path, 'utf8');
  const isJson = path.endsWith('.json');
  const values: unknown = isJson ? parseJson(text) : undefined;
  const lines = new LineCounter();
  const document = parse(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error && !isJson) throw new MalformedFile(error.message, lines.linePos(error.pos[0]).line);
  return {
    values: isJson ? values : document.toJS(),
    lineOf: (at) => {
      const offset = offsetOf(document, at);
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as Error;
    const position = /position (\d+)/.exec(message)?.[1];
    const before = position === undefined ? undefined : text.slice(0, Number(position));
    throw new MalformedFile(message, before?.split('\n').length);
  }
}

/** Where the deepest of `path` begins that is there: its key, or its place in a list. */
function offsetOf(document: Document, path: readonly string[]): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
      if (!pair) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return (node as Node | undefined)?.range?.[0];
}
