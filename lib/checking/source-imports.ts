import type { ESTree } from 'rolldown/utils';

/** What a name of a file comes from. */
export interface SourceImport {
  readonly specifier: string;
  /** As the other file calls it: `default` as well. */
  readonly name: string;
  /** Nothing is left of it at run time. */
  readonly isType: boolean;
}

/** What a file has from others, by the name that it is called in the file, and what it hands on. */
export class SourceImports {
  readonly byName = new Map<string, SourceImport>();
  /** By the name that others import. */
  readonly handedOn = new Map<string, SourceImport>();
  /** `export * from '…'` */
  readonly all: string[] = [];

  addImports({ importKind, specifiers, source }: ESTree.ImportDeclaration): void {
    for (const specifier of specifiers) {
      const isNamed = specifier.type === 'ImportSpecifier';
      const isType = importKind === 'type' || (isNamed && specifier.importKind === 'type');
      const name = isNamed ? nameOf(specifier.imported) : 'default';
      this.byName.set(specifier.local.name, { specifier: source.value, name, isType });
    }
  }

  addExports({ exportKind, specifiers, source }: ESTree.ExportNamedDeclaration): void {
    for (const { local, exported, exportKind: kind } of specifiers) {
      const isType = exportKind === 'type' || kind === 'type';
      const from = source
        ? { specifier: source.value, name: nameOf(local), isType }
        : this.byName.get(nameOf(local));
      if (from) this.handedOn.set(nameOf(exported), from);
    }
  }

  addAll({ exported, source }: ESTree.ExportAllDeclaration): void {
    if (!exported) this.all.push(source.value);
  }
}

function nameOf(name: ESTree.ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}
