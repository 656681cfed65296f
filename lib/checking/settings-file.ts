import { readFileSync } from 'node:fs';
import { parseSync, type ESTree } from 'rolldown/utils';

/** A JSON file with comments, as it is written. */
export interface SettingsFile {
  readonly value: unknown;
  /** The line of a key: `['compilerOptions', 'target']`; of the nearest above it where there is none. */
  lineOf(path: readonly string[]): number;
}

/** @throws Error where it can't be read, or is no JSON with comments. */
export function readSettingsFile(path: string): SettingsFile {
  // What JSON with comments may have, JavaScript may have, too.
  const text = `(${readFileSync(path, 'utf8').replace(/^\uFEFF/, '')}\n)`;
  const { program, errors } = parseSync('settings.js', text, { preserveParens: false });
  const [statement] = program.body;
  if (errors[0]) throw new SyntaxError(errors[0].message);
  if (statement?.type !== 'ExpressionStatement') throw new SyntaxError('It is no object.');
  const { expression } = statement;
  return {
    value: valueOf(expression),
    lineOf: (keys) => text.slice(0, offsetOf(expression, keys)).split('\n').length,
  };
}

function valueOf(node: ESTree.Node): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'ArrayExpression') return node.elements.map((element) => element && valueOf(element));
  if (node.type !== 'ObjectExpression') return undefined;
  return Object.fromEntries(
    node.properties.flatMap((property) =>
      property.type === 'Property' ? [[keyOf(property), valueOf(property.value)]] : [],
    ),
  );
}

function offsetOf(node: ESTree.Node, [key, ...rest]: readonly string[]): number {
  const properties = node.type === 'ObjectExpression' ? node.properties : [];
  const property = properties.find((one) => one.type === 'Property' && keyOf(one) === key);
  if (property?.type !== 'Property') return node.start;
  return rest.length === 0 || property.value.type !== 'ObjectExpression'
    ? property.start
    : Math.max(property.start, innerOffset(property, rest));
}

function innerOffset({ start, value }: ESTree.ObjectProperty, rest: readonly string[]): number {
  const inner = offsetOf(value, rest);
  return inner === value.start ? start : inner;
}

function keyOf({ key }: ESTree.ObjectProperty): string {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : '';
}
