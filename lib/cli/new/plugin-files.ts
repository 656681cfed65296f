/** Texts by path, relative to the folder that is made. */
export type Files = Readonly<Record<string, string>>;

/** A plugin that answers, with its test and its README. */
export function pluginFiles(name: string): Files {
  const type = `${pascalCase(name)}Plugin`;
  return {
    'index.ts': code(name, type),
    [`${name}.test.ts`]: test(name, type),
    'README.md': readme(name),
  };
}

function code(name: string, type: string): string {
  return `import { Plugin } from 'plugboard';
import { Get, JsonController, Param } from 'routing-controllers';

@Plugin({ name: '${name}', version: '0.1.0', description: 'Greets people by name' })
@JsonController('/${name}')
export class ${type} {
  @Get()
  greetAll() {
    return this.greet('world');
  }

  @Get('/:name')
  greet(@Param('name') name: string) {
    return { greeting: \`Hello \${name}\` };
  }
}
`;
}

function test(name: string, type: string): string {
  return `import { testPlugin } from 'plugboard/testing';
import { ${type} } from './index.ts';

describe('${name}', () => {
  it('greets by name', async () => {
    const bed = await testPlugin(${type}).start();
    await bed.request.get('/${name}/ada').expect(200, { greeting: 'Hello ada' });
    await bed.close();
  });
});
`;
}

function readme(name: string): string {
  const one = `\`GET /${name}/:name\``;
  const all = `\`GET /${name}\``.padEnd(one.length);
  return `# ${name}

Greets people by name.

| ${'route'.padEnd(one.length)} | answers                         |
| ${'-'.repeat(one.length)} | ------------------------------- |
| ${all} | \`{ greeting: 'Hello world' }\` |
| ${one} | \`{ greeting: 'Hello ada' }\`   |
`;
}

function pascalCase(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
