import { readFileSync } from 'node:fs';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument as parse,
  visit,
  type Document,
  type Node,
} from 'yaml';
import { parseJson } from './parse-json.ts';
import { MalformedFile, type ReadValues } from './read-values.ts';

/**
 * Reads a YAML or JSON file. Of JSON the parser of YAML knows the lines, and JSON's own what is allowed.
 *
 * @throws MalformedFile
 */
export function parseDocument(path: string): ReadValues {
  // What Windows' editors put in front is nobody's.
  const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  const json = path.endsWith('.json') ? { values: parseJson(text) } : undefined;
  const lines = new LineCounter();
  const document = parse(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  return {
    values: json ? json.values : valuesOf(document, lineAt),
    lineOf: (at) => {
      const offset = offsetOf(document, at);
      return offset === undefined ? undefined : lineAt(offset);
    },
  };
}

/** Of YAML. A tag that nobody knows is a fault as well: the value would be another than what is written. */
function valuesOf(document: Document, lineAt: (offset: number) => number): unknown {
  const [fault] = [...document.errors, ...document.warnings];
  // What comes after a colon is what is written there.
  if (fault) throw new MalformedFile(inQuotes(fault.message.replace(/: .*$/s, '')), lineAt(fault.pos[0]));
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return;
      throw new MalformedFile(inQuotes('Unresolved alias'), lineAt(alias.range?.[0] ?? 0));
    },
  });
  return document.toJS();
}

/** A password may begin with any of these. */
function inQuotes(message: string): string {
  return /alias|tag|reserved/.test(message)
    ? `${message}; a text that begins like this needs quotes`
    : message;
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
