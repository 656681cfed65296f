import { readFile } from 'node:fs/promises';
import { parseSync, Visitor, type ESTree } from 'rolldown/utils';

/** A parameter of a constructor or method, as it is written. */
export interface SourceParameter {
  readonly line: number;
  readonly name: string;
  /** `Dto` of `body: Dto`; undefined for what is no plain name. */
  readonly type: string | undefined;
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
  /** The call of `@Plugin` above it. */
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
  /** Names that are imported for their types alone. */
  readonly typeImports: ReadonlySet<string>;
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
      reader.addImports(node);
    },
    VariableDeclarator: (node) => {
      reader.addVariable(node);
    },
  }).visit(program);
  return reader;
}

class Reader implements SourceFile {
  readonly classes: SourceClass[] = [];
  readonly typeImports = new Set<string>();
  /** `let Greeter = class { … }`, as compilers write it. */
  readonly #names = new Map<object, string>();
  readonly #lineStarts: readonly number[];

  constructor(text: string) {
    this.#lineStarts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  }

  addVariable({ id, init }: ESTree.VariableDeclarator): void {
    if (init && id.type === 'Identifier') this.#names.set(init, id.name);
  }

  addImports({ importKind, specifiers }: ESTree.ImportDeclaration): void {
    for (const specifier of specifiers) {
      const isType =
        importKind === 'type' || (specifier.type === 'ImportSpecifier' && specifier.importKind === 'type');
      if (isType) this.typeImports.add(specifier.local.name);
    }
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
    const call = node.decorators.map(({ expression }) => expression).find(isPluginCall);
    this.classes.push({
      name: node.id?.name ?? this.#names.get(node) ?? '',
      line: this.#lineOf(nameStart(node)),
      methods,
      properties,
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
      type: typeName('typeAnnotation' in pattern ? pattern.typeAnnotation : undefined),
    };
  }

  #call({ start, arguments: [given] }: ESTree.CallExpression): SourceCall {
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

function isPluginCall(node: ESTree.Expression): node is ESTree.CallExpression {
  if (node.type !== 'CallExpression') return false;
  const { callee } = node;
  // `plugboard.Plugin(…)` as well.
  const name = callee.type === 'MemberExpression' ? callee.property : callee;
  return name.type === 'Identifier' && name.name === 'Plugin';
}

function typeName(annotation: ESTree.TSTypeAnnotation | null | undefined): string | undefined {
  const type = annotation?.typeAnnotation;
  if (type?.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return undefined;
  return type.typeName.name;
}
