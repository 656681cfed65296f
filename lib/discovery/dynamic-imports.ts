import { parseSync } from 'rolldown/utils';
import { scopeNames } from './module-scope.ts';

/**
 * Evaluated code can't use `import()`: makes each one left in a bundle a call of ours. The name has as many letters,
 * so that the source map holds.
 */
export function redirectImports(code: string): string {
  if (!/\bimport\s*\(/.test(code)) return code;
  const { module } = parseSync('bundle.cjs', code, { sourceType: 'commonjs' });
  return module.dynamicImports.reduce(
    (text, { start }) => text.slice(0, start) + scopeNames.load + text.slice(start + scopeNames.load.length),
    code,
  );
}
