import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Min, ValidateNested } from 'class-validator';
import { createConfig } from '#lib/services/config.js';
import { Plugin } from '#lib/plugin/decorator.js';
import { faultOf, startAll } from '../support/containers.ts';

class Database {
  @IsString() url = 'file:db';
  @IsInt() @Min(1) pool = 5;
}
class Settings {
  @IsString() title = 'Untitled';
  @IsInt() @Min(1) size = 10;
  @IsOptional() @IsString() note?: string;
  @ValidateNested() @Type(() => Database) database = new Database();
}

async function create<T extends object>(type: new () => T, given: unknown): Promise<T> {
  const settings = { values: given, originOf: () => ({ text: 'createHost settings' }) };
  return (await createConfig('p', type, { settings })).instance as T;
}

describe('the configuration of a plugin', () => {
  it('is an instance of its class, with its defaults under what is given', async () => {
    const config = await create(Settings, { size: 20, database: { url: 'file:other' } });
    ok(config instanceof Settings);
    ok(config.database instanceof Database);
    deepEqual(JSON.parse(JSON.stringify(config)), {
      title: 'Untitled',
      size: 20,
      database: { url: 'file:other', pool: 5 },
    });
  });

  it('is all defaults where nothing, null or an undefined value is given', async () => {
    equal((await create(Settings, undefined)).size, 10);
    equal((await create(Settings, null)).size, 10);
    equal((await create(Settings, { size: undefined })).size, 10);
    equal((await create(Settings, { database: { pool: undefined } })).database.pool, 5);
  });

  it('keeps nested defaults as instances', async () => {
    ok((await create(Settings, {})).database instanceof Database);
  });

  it('tells every wrong value by its path and kind, with the line to correct', async () => {
    const fault = await faultOf(
      create(Settings, { title: 7, size: null, database: { url: ['a'], pool: '3' } }),
    );
    const { code, plugin, phase, path, message, fix } = fault;
    deepEqual([code, plugin, phase, path], ['INVALID_CONFIG', 'p', 'configure', ['p', 'Settings']]);
    match(message, /settings\.p\.config\.title: title must be a string, but is a number/);
    match(message, /settings\.p\.config\.size: .*, but is null/);
    match(message, /settings\.p\.config\.database\.url: url must be a string, but is an array/);
    match(message, /settings\.p\.config\.database\.pool: .*, but is a string/);
    match(fix, /createHost\(\{ settings: \{ 'p': \{ config:/);
  });

  it('tells of what is missing', async () => {
    class Strict {
      @IsString() key!: string;
    }
    match((await faultOf(create(Strict, {}))).message, /config\.key: key must be a string, but is missing/);
  });

  it('tells of a key that is no setting, and of those that are', async () => {
    const { message } = await faultOf(create(Settings, { titel: 'x' }));
    match(message, /settings\.p\.config\.titel: is not a setting of Settings \(it has .*title.*\)/);
  });

  it('tells of a nested key that is no setting', async () => {
    const { message } = await faultOf(create(Settings, { database: { uri: 'file:x' } }));
    match(message, /settings\.p\.config\.database\.uri: is not a setting of Database/);
  });

  for (const [given, kind] of [
    [[], 'an array'],
    ['text', 'a string'],
    [3, 'a number'],
  ] as const) {
    it(`must be an object, not ${kind}`, async () => {
      match(
        (await faultOf(create(Settings, given))).message,
        new RegExp(`config: must be an object, not ${kind}`),
      );
    });
  }

  it('never shows a value, though the message of a validator would', async () => {
    class Keys {
      @IsIn(['a', 'b'], { message: '$value is none of $constraint1' }) kind = 'a';
      @IsInt() key = 1;
    }
    const { message } = await faultOf(create(Keys, { kind: 'hunter2', key: 's3cr3t' }));
    doesNotMatch(message, /hunter2|s3cr3t/);
    match(message, /config\.kind: … is none of a, b, but is a string/);
  });

  it('works for a class without validators', async () => {
    class Plain {
      depth = 3;
    }
    class Empty {}
    equal((await create(Plain, { depth: 4 })).depth, 4);
    match((await faultOf(create(Plain, { dept: 4 }))).message, /it has depth/);
    deepEqual(Object.assign({}, await create(Empty, { anything: 1 })), { anything: 1 });
  });

  it('is injected as its class, and is no import', async () => {
    @Plugin({ name: 'p', config: Settings })
    class P {
      constructor(readonly settings: Settings) {}
    }
    const bench = await startAll({ plugins: [P], config: { size: 3 } });
    equal(bench.get('p', P).settings.size, 3);
    deepEqual(bench.container('p').needs, []);
  });

  it('of a class whose constructor throws fails with what it threw', async () => {
    class Broken {
      constructor() {
        throw new Error('no defaults');
      }
    }
    const { code, message } = await faultOf(create(Broken, {}));
    equal(code, 'INVALID_CONFIG');
    match(message, /config: could not be made into Broken: no defaults/);
  });
});
