import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TransformOptions, TransformResult } from 'rolldown/utils';
import { compilerMissing } from '../errors/compiler-errors.ts';
import { compiledAhead } from './compiled-ahead.ts';
import type { CompiledTypeScript } from './compiled-typescript.ts';
import { inlineSourceMap } from './inline-source-map.ts';
import { declaredFormat } from './typescript-files.ts';

type Compiler = typeof import('rolldown/utils');

let compiler: Compiler | undefined;
/** Why it could not be loaded. */
let missing: unknown;
let tsconfigs: InstanceType<Compiler['TsconfigCache']> | undefined;

/**
 * Must be awaited once before {@link compileTypeScript}; loading it is what costs (some 40 ms), so nothing else does it.
 * Where it is not installed, that is said when something is to be compiled: what was compiled ahead does without.
 */
export async function loadCompiler(): Promise<void> {
  try {
    compiler ??= await import('rolldown/utils');
    tsconfigs ??= new compiler.TsconfigCache();
  } catch (error) {
    missing = error;
  }
}

/** One TypeScript file as `tsc` would compile it with `experimentalDecorators` and `emitDecoratorMetadata`. */
export function compileTypeScript(path: string, text: string): CompiledTypeScript {
  return compiledAhead(path, text) ?? compileNow(path, text);
}

function compileNow(path: string, text: string): CompiledTypeScript {
  const declared = declaredFormat(path);
  const format = declared === 'module' || hasModuleSyntax(path, text) ? 'module' : 'commonjs';
  const prelude = format === declared ? '' : definedNames(format, text);
  const { code, map } = transform(path, text, format);
  const script = format === 'commonjs' ? code.replace(emptyExport, '\n') : code;
  return { format, code: prelude + script + sourceMapComment(map, path, prelude) };
}

// What the compiler leaves of a file's last `import type`: it would make CommonJS a syntax error.
const emptyExport = /\nexport \{\};\s*$/;

const helpers = '@oxc-project/runtime/helpers/';
// Resolved before any hook is in place, since a hook that resolves would call itself.
const helperFolder = dirname(createRequire(import.meta.url).resolve(`${helpers}decorate`));

/** The file of a helper that compiled code asks for. It comes with plugboard: the app need not have it. */
export function helperPath(specifier: string): string | undefined {
  return specifier.startsWith(helpers)
    ? join(helperFolder, `${specifier.slice(helpers.length)}.js`)
    : undefined;
}

function loadedCompiler(): Compiler {
  if (compiler) return compiler;
  if (missing) throw compilerMissing(missing);
  throw new Error('loadCompiler() must be awaited before a file is compiled');
}

/** The syntax tree of JavaScript that compiled. */
export function parseProgram(code: string): ReturnType<Compiler['parseSync']>['program'] {
  return loadedCompiler().parseSync('compiled.js', code, { sourceType: 'commonjs' }).program;
}

/** As Node does for JavaScript without a declared type: `import` and `export` make an ES module. */
function hasModuleSyntax(path: string, text: string): boolean {
  const { module, program } = loadedCompiler().parseSync(path, text, {
    lang: 'ts',
    sourceType: 'unambiguous',
  });
  if (program.body.some(({ type }) => type === 'TSExportAssignment')) return false;
  const statements = [...module.staticImports, ...module.staticExports];
  return (
    module.importMetas.length > 0 ||
    statements.some(({ entries }) => entries.length === 0 || entries.some(({ isType }) => !isType))
  );
}

/** TypeScript lets a CommonJS file be written with `import` and still use these names. */
function definedNames(format: 'module' | 'commonjs', text: string): string {
  if (format === 'commonjs') return '';
  const declarations = {
    __filename: 'import.meta.filename',
    __dirname: 'import.meta.dirname',
    require: '__plugboardRequire(import.meta.url)',
    module: 'process.argv[1] === import.meta.filename ? (require.main = { exports: {} }) : { exports: {} }',
  };
  const used = Object.entries(declarations).filter(([name]) => uses(text, name));
  if (used.length === 0) return '';
  const lines = used.map(([name, value]) => `const ${name} = ${value};`).join(' ');
  return `import { createRequire as __plugboardRequire } from 'node:module'; ${lines}\n`;
}

function uses(text: string, name: string): boolean {
  const declared = new RegExp(`\\b(const|let|var|function)\\s+${name}\\b`).test(text);
  const needed = name === 'require' ? /\b(require|module)\b/ : new RegExp(`\\b${name}\\b`);
  return !declared && needed.test(text);
}

function transform(path: string, text: string, format: 'module' | 'commonjs'): TransformResult {
  const { transformSync } = loadedCompiler();
  const options: TransformOptions = {
    lang: 'ts',
    sourceType: format,
    sourcemap: true,
    target: 'es2022',
    decorator: { legacy: true, emitDecoratorMetadata: true },
    helpers: { mode: 'Runtime' },
  };
  // The author's tsconfig says how class fields are defined. One that can't be read is for tsc to complain about.
  const followed = transformSync(path, text, { ...options, tsconfig: true }, tsconfigs);
  const unreadable = followed.errors.some((error) => error.message.includes('TSCONFIG_ERROR'));
  const result = unreadable ? transformSync(path, text, { ...options, tsconfig: false }) : followed;
  const [error] = result.errors;
  if (error) throw syntaxError(path, error);
  return result;
}

function syntaxError(path: string, error: Error): SyntaxError {
  const { loc } = error as { loc?: { line: number; column: number } };
  const place = loc ? `${path}:${loc.line}:${loc.column + 1}` : path;
  // The first line says what is wrong; those that follow draw it.
  const reason = error.message.replace(/^\[\w+\]\s*/, '').split('\n')[0];
  return new SyntaxError(`${place}: ${reason}`, { cause: error });
}

function sourceMapComment(map: TransformResult['map'], path: string, prelude: string): string {
  if (!map) return '';
  const mappings = prelude ? `;${map.mappings}` : map.mappings;
  return inlineSourceMap({ ...map, mappings }, path);
}
