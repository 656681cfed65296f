import 'reflect-metadata';
import assert from 'node:assert/strict';
import { plainToInstance, Type } from 'class-transformer';
import {
  Allow,
  ArrayMaxSize,
  isEmail,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsEnum,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Min,
  registerDecorator,
  Validate,
  validate,
  ValidateIf,
  ValidateNested,
  ValidatorConstraint,
  type ValidationArguments,
  type ValidatorConstraintInterface,
  type ValidatorOptions,
} from 'class-validator';
import {
  array,
  assert as check,
  asyncProperty,
  boolean,
  constant,
  emailAddress,
  integer,
  jsonValue,
  oneof,
  option,
  property,
  record,
  string,
} from 'fast-check';
import { compileSurelyValid } from '#lib/http/sure-validation.js';

@ValidatorConstraint({ name: 'startsWithName' })
class StartsWithName implements ValidatorConstraintInterface {
  validate(value: unknown, { object, targetName }: ValidationArguments): boolean {
    return targetName === 'Person' && String(value).startsWith(String((object as Person).name).slice(0, 1));
  }
}

class Address {
  @IsString() @Length(1, 20) street!: string;
  @Allow() more?: unknown;
}

class Named {
  @IsDefined() @IsString() name!: string;
}

class Person extends Named {
  @IsEmail() email!: string;
  @IsInt() @Min(0) age!: number;
  @IsBoolean() active!: boolean;
  @IsOptional() @IsString() note?: string;
  @ValidateIf((person: Person) => person.active) @IsIn(['a', 'b']) kind?: string;
  @IsString({ each: true }) @ArrayMaxSize(2) tags!: string[];
  @IsEnum({ One: 1, Two: 2 }) level!: number;
  @Validate(StartsWithName) nick!: string;
  @ValidateNested() @Type(() => Address) address!: Address;
  @IsOptional() @ValidateNested({ each: true }) @Type(() => Address) others?: Address[];
  @IsOptional({ groups: ['strict'] }) @IsInt({ groups: ['strict'] }) strict?: number;
}

const good = {
  name: 'Ada',
  email: 'ada@example.com',
  age: 36,
  active: true,
  kind: 'a',
  tags: ['x'],
  level: 1,
  nick: 'Al',
  address: { street: 'Main' },
  others: [{ street: 'Side' }],
};

const person = (plain: object): Person => plainToInstance(Person, plain);

describe('what is surely valid', () => {
  const settings: ValidatorOptions[] = [
    {},
    { whitelist: true },
    { whitelist: true, forbidNonWhitelisted: true },
    { skipMissingProperties: true },
    { skipUndefinedProperties: true },
    { skipNullProperties: true },
    { groups: ['strict'] },
    { strictGroups: true },
    { groups: ['strict'], always: true },
    { forbidUnknownValues: true },
  ];

  const maybe = <T>(usual: T) =>
    oneof({ weight: 8, arbitrary: constant(usual) }, { weight: 1, arbitrary: jsonValue() });
  const address = record(
    { street: oneof(string(), maybe('Main')), more: jsonValue(), other: jsonValue() },
    { requiredKeys: [] },
  );
  const people = record(
    {
      name: maybe('Ada'),
      email: oneof(emailAddress(), maybe('ada@example.com')),
      age: oneof(integer(), maybe(3)),
      active: oneof(boolean(), maybe(true)),
      note: option(string()),
      kind: maybe('b'),
      tags: oneof(array(string(), { maxLength: 3 }), maybe(['x'])),
      level: maybe(1),
      nick: maybe('Al'),
      address: oneof(address, maybe({ street: 'Main' })),
      others: oneof(array(address, { maxLength: 2 }), maybe([])),
      strict: maybe(1),
      unknown: maybe(undefined),
    },
    { requiredKeys: ['name', 'age'] },
  );

  for (const given of settings) {
    const options: ValidatorOptions = { forbidUnknownValues: false, ...given };

    it(`is valid for class-validator, too, with ${JSON.stringify(given)}`, async () => {
      const isSurelyValid = compileSurelyValid(options);
      await check(
        asyncProperty(people, async (plain) => {
          const one = person(plain);
          const before = JSON.stringify(one);
          if (!isSurelyValid(one)) return;
          assert.equal(JSON.stringify(one), before);
          assert.deepEqual(await validate(one, options), []);
          assert.equal(JSON.stringify(one), before, 'class-validator would have changed it');
        }),
        { numRuns: 150 },
      );
    });
  }

  it('includes the usual', () => {
    assert.equal(compileSurelyValid({ forbidUnknownValues: false })(person(good)), true);
    assert.equal(compileSurelyValid({ forbidUnknownValues: false, whitelist: true })(person(good)), true);
  });

  for (const [property, value] of Object.entries({
    email: 'x',
    age: -1,
    tags: [1],
    address: {},
    nick: 'B',
    kind: 'c',
  })) {
    it(`excludes what is wrong: ${property}`, () => {
      assert.equal(
        compileSurelyValid({ forbidUnknownValues: false })(person({ ...good, [property]: value })),
        false,
      );
    });
  }

  it('leaves to class-validator what is asynchronous, and asks it no second time', async () => {
    let asked = 0;
    class Later {
      name = 'x';
    }
    const validator = {
      validate: async () => {
        asked++;
        return Promise.reject(new Error('the database is away'));
      },
    };
    registerDecorator({ target: Later, propertyName: 'name', options: {}, validator });
    const isSurelyValid = compileSurelyValid({ forbidUnknownValues: false });
    assert.deepEqual([isSurelyValid(new Later()), isSurelyValid(new Later())], [false, false]);
    assert.equal(asked, 1);
    await assert.rejects(validate(new Later()), /the database is away/);
  });

  it('leaves to class-validator a constraint that throws', () => {
    class Thrower {
      name = 'x';
    }
    const validator = {
      validate: () => {
        throw new Error('broken');
      },
    };
    registerDecorator({ target: Thrower, propertyName: 'name', options: {}, validator });
    assert.equal(compileSurelyValid({})(new Thrower()), false);
  });

  it("asks a constraint of somebody's own, though it has the name of one of class-validator's", () => {
    class Colleague {
      email = 'ada@example.com';
    }
    const validator = { validate: () => false, defaultMessage: () => '$property must be one of ours' };
    registerDecorator({ name: 'isEmail', target: Colleague, propertyName: 'email', options: {}, validator });
    assert.equal(compileSurelyValid({ forbidUnknownValues: false })(new Colleague()), false);
  });

  it('takes for an obvious e-mail address only what class-validator takes for one', () => {
    const isSurelyValid = compileSurelyValid({ forbidUnknownValues: false });
    class Mail {
      @IsEmail() to!: string;
    }
    const mail = (to: string): Mail => Object.assign(new Mail(), { to });
    const likely = oneof(
      emailAddress(),
      string().map((text) => `${text}@example.com`),
      string().map((text) => `a@${text}.de`),
    );
    check(
      property(likely, (to) => {
        assert.equal(isSurelyValid(mail(to)), isEmail(to));
      }),
      { numRuns: 2000 },
    );
  });
});
