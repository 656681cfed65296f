import 'reflect-metadata';
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { Exclude, Expose, plainToInstance, Transform, Type } from 'class-transformer';
import { Allow, IsString } from 'class-validator';
import {
  assert as check,
  constant,
  dictionary,
  jsonValue,
  oneof,
  property,
  record,
  string,
} from 'fast-check';
import { instantiationOf } from '#lib/http/instantiation.js';

class Tag {
  label = 'none';
}

class Base {
  @Type(() => Date) made?: Date;
  inherited = 1;
}

class Order extends Base {
  @IsString() name!: string;
  @Allow() withDefault = 'given';
  @Allow() run = (): string => 'a function';
  @Allow() anything?: unknown;
  @Type(() => Tag) tag?: Tag;
  @Type(() => Tag) tags?: Tag[];
  @Type(() => Number) count?: number;
  @Type(() => Boolean) isOpen?: boolean;
  @Type(() => String) text?: string;
  @Type(() => Order) parent?: Order;
  @Type() reflected?: Tag;

  @Allow()
  get shout(): string {
    return String(this.name).toUpperCase();
  }

  @Allow()
  get volume(): number {
    return this.inherited;
  }
  set volume(value: number) {
    this.inherited = value;
  }

  method(): string {
    return 'mine';
  }
}

class Renamed {
  @Expose({ name: 'outside' }) inside?: string;
  @Exclude() secret?: string;
  @Transform(({ value }) => `<${String(value)}>`) note?: string;
}

class Kinds {
  @Type(() => Tag) set?: Set<Tag>;
  @Type(() => Tag) map?: Map<string, Tag>;
}

class Animal {}
class Cat extends Animal {
  purrs = true;
}
class Cage {
  @Type(() => Animal, { discriminator: { property: 'kind', subTypes: [{ name: 'cat', value: Cat }] } })
  animal?: Animal;
}

const names =
  'name withDefault run anything tag tags count isOpen text parent reflected made shout volume method inherited label other ' +
  'outside secret note set map animal toString constructor __proto__ hasOwnProperty then';

describe('making an instance of a plain value', () => {
  const key = oneof(...names.split(' ').map((name) => constant(name)), string());
  const value = oneof(
    jsonValue(),
    dictionary(key, jsonValue(), { maxKeys: 4 }),
    record({ kind: constant('cat'), label: jsonValue() }),
    constant('2026-01-02'),
  );
  const plain = oneof(dictionary(key, oneof(value, dictionary(key, value)), { maxKeys: 8 }), jsonValue());

  for (const type of [Order, Tag, Renamed, Kinds, Cage]) {
    it(`gives what class-transformer gives, for ${type.name} and random values`, () => {
      check(
        property(plain, (given) => {
          // class-transformer may change what it is given.
          const [ours, theirs] = [structuredClone(given), structuredClone(given)];
          assert.equal(
            outcome(() => instantiationOf(type)(ours)),
            outcome(() => plainToInstance<object, unknown>(type, theirs)),
          );
        }),
        { numRuns: 300 },
      );
    });
  }

  it('makes nested instances, converts and keeps defaults', () => {
    const order = instantiationOf(Order)({ name: 'a', tag: { label: 'x' }, tags: [{}], count: '3', made: 0 });
    assert.ok(order instanceof Order && order.tag instanceof Tag && order.tags?.[0] instanceof Tag);
    assert.deepEqual(
      [order.withDefault, order.count, order.tags[0].label, order.made],
      ['given', 3, 'none', new Date(0)],
    );
  });

  it('leaves built-in classes to class-transformer: an object is no date', () => {
    assert.ok(Number.isNaN(Number(instantiationOf(Date)({ year: 1 }))));
  });

  it('keeps the methods of the class, whatever the client sends under their names', () => {
    const order = instantiationOf(Order)({ method: 'x', run: 'y', shout: 'z', name: 'n' }) as Order;
    assert.deepEqual([order.method(), order.run(), order.shout], ['mine', 'a function', 'N']);
  });
});

/** As text: to `deepEqual` two invalid dates differ, and so do the functions of two instances. */
function outcome(make: () => unknown): string {
  try {
    return inspect(make(), { depth: null });
  } catch (error) {
    return String(error);
  }
}
