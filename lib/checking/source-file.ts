import { readFile } from 'node:fs/promises';
import { parseSync, Visitor, type ESTree } from 'rolldown/utils';
import { earlyFields, type SourceField } from './early-fields.ts';
import { SourceImports } from './source-imports.ts';
import { readType, type SourceType } from './source-types.ts';

/** A parameter of a constructor or method, as it is written. */
export interface SourceParameter {
  readonly line: number;
  readonly name: string;
  /** undefined where it is made of no class. */
  readonly type: SourceType | undefined;
}

/** A method or constructor. */
export interface SourceMethod {
  readonly line: number;
  readonly parameters: readonly SourceParameter[];
}

export interface SourceClass {
  readonly name: string;
  readonly line: number;
  /** By name; the constructor is `constructor`. */
  readonly methods: ReadonlyMap<string, SourceMethod>;
  /** The line of each. */
  readonly properties: ReadonlyMap<string, number>;
  /** `export default class …` */
  readonly isDefault: boolean;
  /** Fields whose values are made of parameters of the constructor. */
  readonly earlyFields: readonly SourceField[];
  /** The `@Plugin` above it. */
  readonly plugin: SourceCall | undefined;
}

/** A call with an object: where it is, and each of its keys. */
export interface SourceCall {
  readonly line: number;
  readonly keys: ReadonlyMap<string, number>;
}

/** What the text of a file says of its classes. */
export interface SourceFile {
  readonly classes: readonly SourceClass[];
  readonly imports: SourceImports;
}

/** Reads a file as it is now; undefined where it is not there or can't be parsed. */
export async function readSourceFile(path: string): Promise<SourceFile | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { program } = parseSync(path, text, { sourceType: 'unambiguous' });
  const reader = new Reader(text);
  const read = (node: ESTree.Class): void => {
    reader.addClass(node);
  };
  new Visitor({
    ClassDeclaration: read,
    ClassExpression: read,
    ImportDeclaration: (node) => {
      reader.imports.addImports(node);
    },
    ExportNamedDeclaration: (node) => {
      reader.imports.addExports(node);
    },
    ExportAllDeclaration: (node) => {
      reader.imports.addAll(node);
    },
    ExportDefaultDeclaration: ({ declaration }) => {
      reader.byDefault = declaration;
    },
    VariableDeclarator: (node) => {
      reader.addVariable(node);
    },
  }).visit(program);
  return reader;
}

class Reader implements SourceFile {
  readonly classes: SourceClass[] = [];
  readonly imports = new SourceImports();
  /** What stands behind `export default`. */
  byDefault: object | undefined;
  /** `let Greeter = class { … }`, as compilers write it. */
  readonly #names = new Map<object, string>();
  readonly #lineStarts: readonly number[];

  constructor(private readonly text: string) {
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  addVariable({ id, init }: ESTree.VariableDeclarator): void {
    if (init && id.type === 'Identifier') this.#names.set(init, id.name);
  }

  addClass(node: ESTree.Class): void {
    const methods = new Map<string, SourceMethod>();
    const properties = new Map<string, number>();
    for (const member of node.body.body) {
      const name = 'key' in member ? nameOf(member.key) : undefined;
      if (name === undefined) continue;
      if (member.type === 'MethodDefinition') methods.set(name, this.#method(member));
      else if (member.type === 'PropertyDefinition') properties.set(name, this.#lineOf(member.key.start));
    }
    const call = node.decorators.map(({ expression }) => expression).find(isPlugin);
    this.classes.push({
      name: node.id?.name ?? this.#names.get(node) ?? '',
      line: this.#lineOf(nameStart(node)),
      methods,
      properties,
      isDefault: node === this.byDefault,
      earlyFields: earlyFields(node).map(({ offset, ...field }) => ({
        ...field,
        line: this.#lineOf(offset),
      })),
      plugin: call && this.#call(call),
    });
  }

  #method({ key, value }: ESTree.MethodDefinition): SourceMethod {
    return {
      line: this.#lineOf(key.start),
      parameters: value.params.map((parameter) => this.#parameter(parameter)),
    };
  }

  #parameter(given: ESTree.ParamPattern): SourceParameter {
    const outer = given.type === 'TSParameterProperty' ? given.parameter : given;
    const pattern = outer.type === 'AssignmentPattern' ? outer.left : outer;
    return {
      line: this.#lineOf(pattern.start),
      name: pattern.type === 'Identifier' ? pattern.name : '',
      type: readType('typeAnnotation' in pattern ? pattern.typeAnnotation : undefined, this.text),
    };
  }

  #call(expression: ESTree.Expression): SourceCall {
    const { start } = expression;
    const [argument] = expression.type === 'CallExpression' ? expression.arguments : [];
    // `{ … } as never`
    const given = argument?.type === 'TSAsExpression' ? argument.expression : argument;
    const keys = new Map<string, number>();
    for (const property of given?.type === 'ObjectExpression' ? given.properties : []) {
      const name = property.type === 'Property' ? nameOf(property.key) : undefined;
      if (name !== undefined) keys.set(name, this.#lineOf(property.start));
    }
    return { line: this.#lineOf(start), keys };
  }

  #lineOf(offset: number): number {
    let [low, high] = [0, this.#lineStarts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function nameOf(key: ESTree.Node): string | undefined {
  if (key.type === 'Identifier') return key.name;
  return key.type === 'Literal' ? String(key.value) : undefined;
}

/** Behind the decorators. */
function nameStart({ id, body }: ESTree.Class): number {
  return id?.start ?? body.start;
}

/** `Plugin(…)`; `plugboard.Plugin(…)` and a `Plugin` that is not called as well. */
function isPlugin(node: ESTree.Expression): boolean {
  const callee = node.type === 'CallExpression' ? node.callee : node;
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.name === 'Plugin';
}
