import { parseProgram } from './compile-typescript.ts';

type Program = ReturnType<typeof parseProgram>;
type Expression = Extract<Program['body'][number], { type: 'ExpressionStatement' }>['expression'];

/** The names that compiled CommonJS plainly exports: `exports.a = …` and `module.exports = { a, b: … }`. */
export function commonJsNames(code: string): string[] {
  const expressions = parseProgram(code).body.flatMap((statement) =>
    statement.type === 'ExpressionStatement' ? [statement.expression] : [],
  );
  const names = new Set(expressions.flatMap(exportedBy));
  names.delete('default');
  names.delete('__esModule');
  return [...names];
}

function exportedBy(expression: Expression): string[] {
  if (expression.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return [];
  const { object, property } = expression.left;
  if (property.type !== 'Identifier') return [];
  const isModule = object.type === 'Identifier' && object.name === 'module' && property.name === 'exports';
  if (isModule) return expression.right.type === 'ObjectExpression' ? keysOf(expression.right) : [];
  return isExports(object) ? [property.name] : [];
}

function isExports(object: Expression | { readonly type: 'Super' }): boolean {
  if (object.type === 'Identifier') return object.name === 'exports';
  return (
    object.type === 'MemberExpression' &&
    object.property.type === 'Identifier' &&
    object.property.name === 'exports'
  );
}

function keysOf(object: Extract<Expression, { type: 'ObjectExpression' }>): string[] {
  return object.properties.flatMap((entry) =>
    entry.type === 'Property' && entry.key.type === 'Identifier' && !entry.computed ? [entry.key.name] : [],
  );
}
