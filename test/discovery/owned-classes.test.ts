import { deepEqual, equal, ok } from 'node:assert/strict';
import { instanceToPlain, plainToInstance, Type } from 'class-transformer';
import { IsString, MinLength, validateSync } from 'class-validator';
import { Get, JsonController } from 'routing-controllers';
import { describeActions } from '#lib/http/controller-metadata.js';
import type { LoadedSource } from '#lib/discovery/load-source.js';
import type { Class } from '#lib/plugin/tokens.js';
import { loadFailure, loadPlugin, plugin, removeFolders } from './temporary-folder.ts';
import { registrySizes } from '../support/registry-sizes.ts';

afterEach(removeFolders);

const decorators = `import { IsString, ValidateNested, registerDecorator, ValidatorConstraint } from 'class-validator';
import { Exclude, Type } from 'class-transformer';
import { JsonController, Get } from 'routing-controllers';`;

const dto = `${decorators}
export class Item { @IsString() name!: string; @Exclude() secret!: string }
@JsonController('/items') export class Items { @Get('/') list() { return [] } }`;

async function load(more: string, files: Readonly<Record<string, string>> = {}): Promise<LoadedSource> {
  return loadPlugin({ 'index.ts': plugin(more), ...files });
}

function errorsOf(type: unknown, values: object): number {
  return validateSync(Object.assign(new (type as Class<object>)(), values), { forbidUnknownValues: false })
    .length;
}

function actionsOf(...controllers: Class[]): number {
  return describeActions({ name: 'sample', controllers, options: {} }).length;
}

class Name {
  @MinLength(2)
  text!: string;
}

class AppBody {
  @IsString()
  name!: string;

  @Type(() => Name)
  full!: Name;
}

@JsonController('/app')
class AppController {
  @Get('/')
  list(): string[] {
    return [];
  }
}

describe('the classes of a generation', () => {
  it('are as their decorators say until it is disposed of, and leave nothing behind', async () => {
    const before = registrySizes();
    const { exports, dispose } = await load(dto);
    const { Item, Items } = exports as Record<string, Class>;
    equal(errorsOf(Item, { name: 1 }), 1);
    deepEqual(instanceToPlain(Object.assign(new (Item as Class<object>)(), { name: 'a', secret: 1 })), {
      name: 'a',
    });
    equal(actionsOf(Items as Class), 1);
    dispose();
    deepEqual(registrySizes(), before);
    equal(actionsOf(Items as Class), 0);
  });

  it("are no others': those of the app and of another plugin stay as they were", async () => {
    const other = await load(dto);
    const { Item, Items } = other.exports as Record<string, Class>;
    const one = await load(dto);
    equal(actionsOf(AppController, Items as Class, one.exports['Items'] as Class), 3);
    one.dispose();
    equal(actionsOf(AppController, Items as Class), 2);
    equal(errorsOf(Item, { name: 1 }), 1);
    equal(errorsOf(AppBody, { name: 1 }), 1);
    ok(plainToInstance(AppBody, { full: { text: 'x' } }).full instanceof Name);
    other.dispose();
  });

  it('are those of a later import() and of a later call, too', async () => {
    const before = registrySizes();
    const { exports, dispose } = await load(
      `${decorators}
       export const later = () => import('./later.js');
       export function make() { class Made { @IsString() name!: string } return Made; }`,
      {
        'later.ts': `import { IsString } from 'class-validator'; export class Later { @IsString() name!: string }`,
      },
    );
    const { later, make } = exports as { later: () => Promise<{ Later: Class }>; make: () => Class };
    equal(errorsOf((await later()).Later, { name: 1 }), 1);
    equal(errorsOf(make(), { name: 1 }), 1);
    dispose();
    deepEqual(registrySizes(), before);
    make();
    deepEqual(registrySizes(), before);
  });

  it('are those that are decorated by hand, but not what somebody else decorates meanwhile', async () => {
    const before = registrySizes();
    const { exports, dispose } = await load(
      `${decorators} import { shared } from './contract.cjs';
       export class Item {} IsString()(Item.prototype, 'name');
       export class Even { validate(value: number) { return value % 2 === 0 } }
       ValidatorConstraint({ name: 'even' })(Even);
       export const Shared = shared();`,
      {
        'contract.cjs': `const { IsString } = require(${JSON.stringify(import.meta.resolve('class-validator').slice(7))});
          class Shared {} exports.shared = () => (IsString()(Shared.prototype, 'name'), Shared);`,
      },
    );
    const { Shared, Item } = exports as Record<string, Class>;
    equal(errorsOf(Item, { name: 1 }), 1);
    dispose();
    equal(errorsOf(Shared, { name: 1 }), 1);
    const { validations, constraints, transformations } = registrySizes();
    deepEqual(
      [validations, constraints, transformations],
      [before.validations + 1, before.constraints + 1, before.transformations],
    );
  });

  it('are forgotten where loading fails', async () => {
    const before = registrySizes();
    equal(
      (await loadFailure({ 'index.ts': plugin(`${dto} throw new Error('no');`) })).code,
      'EVALUATION_FAILED',
    );
    equal((await loadFailure({ 'index.ts': dto })).code, 'NO_PLUGIN');
    deepEqual(registrySizes(), before);
  });

  it('may be replaced by their decorators', async () => {
    const before = registrySizes();
    const { exports, dispose } = await load(`${decorators}
      const replaced = (type: any): any => { class Other extends type {} IsString()(Other.prototype, 'name'); return Other; };
      export let Item: any; 
      { @replaced class Inner {} Item = Inner; }`);
    equal(errorsOf(exports['Item'], { name: 1 }), 1);
    dispose();
    deepEqual(registrySizes(), before);
  });
});

describe('a constraint of a generation', () => {
  const constraint = `${decorators} import { Validate } from 'class-validator'; 
    export const made: unknown[] = [];
    @ValidatorConstraint({ name: 'known' }) export class Known { list = ['a']; constructor() { made.push(this); } validate(value: string) { return this.list.includes(value) } }
    export class Item { @Validate(Known) name!: string }`;

  it('is made once', async () => {
    const { exports, dispose } = await load(constraint);
    equal(errorsOf(exports['Item'], { name: 'a' }), 0);
    equal(errorsOf(exports['Item'], { name: 'b' }), 1);
    equal((exports['made'] as unknown[]).length, 1);
    dispose();
  });

  it('comes from where the plugin has it', async () => {
    const { exports, owned, dispose } = await load(constraint);
    const own = { validate: (value: unknown) => value === 'own' };
    owned?.takeConstraintsFrom((type) => (type === exports['Known'] ? own : undefined));
    deepEqual([errorsOf(exports['Item'], { name: 'own' }), errorsOf(exports['Item'], { name: 'a' })], [0, 1]);
    dispose();
  });
});
