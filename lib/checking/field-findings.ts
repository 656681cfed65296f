import { readFile } from 'node:fs/promises';
import { parseSync, transformSync, Visitor } from 'rolldown/utils';
import { fieldBeforeParameter } from '../errors/check-errors.ts';
import type { LoadedPlugin } from '../hosting/loading.ts';
import type { Finding } from './finding.ts';
import type { Locator } from './locating.ts';

/** Fields of a plugin's own classes that read parameters of the constructor before they are there. */
export async function fieldFindings(
  { identity, files }: LoadedPlugin,
  locator: Locator,
): Promise<readonly Finding[]> {
  const found = files
    .filter((file) => /\.[cm]?ts$/.test(file))
    .map(async (file): Promise<Finding[]> => {
      const source = await locator.source(file);
      const early = (source?.classes ?? []).flatMap(({ name, earlyFields }) =>
        earlyFields.map((field) => ({ ...field, type: name })),
      );
      if (early.length === 0) return [];
      const defined = await definedFields(file);
      return early
        .filter(({ type, name }) => defined.has(`${type}.${name}`))
        .map((field) => ({
          error: fieldBeforeParameter(identity.name, field.type, field),
          anchor: { kind: 'file', file, line: field.line },
        }));
    });
  return (await Promise.all(found)).flat();
}

/** The fields that stay fields when the file is compiled: by its tsconfig.json they may become lines of the constructor. */
async function definedFields(file: string): Promise<ReadonlySet<string>> {
  const compiled = transformSync(file, await readFile(file, 'utf8'), {
    lang: 'ts',
    target: 'es2022',
    decorator: { legacy: true },
    tsconfig: true,
  });
  const defined = new Set<string>();
  new Visitor({
    VariableDeclarator: ({ id, init }) => {
      if (id.type === 'Identifier' && init?.type === 'ClassExpression') note(id.name, init.body);
    },
    ClassDeclaration: ({ id, body }) => {
      if (id) note(id.name, body);
    },
  }).visit(parseSync(`${file}.js`, compiled.code).program);
  return defined;

  function note(type: string, { body }: { readonly body: readonly object[] }): void {
    for (const member of body as readonly { type: string; key?: { name?: string } }[]) {
      if (member.type === 'PropertyDefinition' && member.key?.name) defined.add(`${type}.${member.key.name}`);
    }
  }
}
