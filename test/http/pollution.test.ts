import { deepEqual, equal, ok } from 'node:assert/strict';
import { Type } from 'class-transformer';
import { Allow, ValidateNested } from 'class-validator';
import express from 'express';
import { Plugin } from 'plugboard';
import { Body, JsonController, Post, QueryParams, UploadedFile } from 'routing-controllers';
import supertest, { type Test } from 'supertest';
import { closeHosts, quietHost } from '../host/hosting.ts';

class Nested {
  @Allow() name?: string;
}

class Person {
  @Allow() name?: string;

  @ValidateNested()
  @Type(() => Nested)
  nested?: Nested;

  @ValidateNested({ each: true })
  @Type(() => Nested)
  list?: Nested[];
}

/** What an action sees of a value: nothing may have come to it from the client's prototypes. */
function seen(value: object): object {
  const { isAdmin, toString } = value as { isAdmin?: unknown; toString: unknown };
  return { isAdmin: isAdmin ?? null, hasMethods: typeof toString === 'function', kind: kindOf(value) };
}

function kindOf(value: object): string {
  return (
    (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name ?? 'none'
  );
}

@Plugin({ name: 'people' })
@JsonController('/people')
class PeoplePlugin {
  @Post('/typed')
  typed(@Body() person: Person): object {
    return seen(person);
  }

  @Post('/plain')
  plain(@Body() person: object): object {
    return seen(person);
  }

  @Post('/query')
  query(@QueryParams() filter: Person): object {
    return seen(filter);
  }

  @Post('/plain-query')
  plainQuery(@QueryParams() filter: object): object {
    return seen(filter);
  }

  @Post('/file')
  file(@UploadedFile('file') _file: object, @Body() person: Person): object {
    return seen(person);
  }
}

/** Where `isAdmin` is put, each from the value's root. */
const places = [
  ['__proto__'],
  ['constructor', 'prototype'],
  ['__proto__', '__proto__'],
  ['nested', '__proto__'],
  ['nested', 'constructor', 'prototype'],
  ['list', '0', '__proto__'],
  ['list', '__proto__'],
  ['__proto__', 'toString'],
];

const inJson = ([first, ...rest]: readonly string[]): string =>
  first === undefined ? '{"isAdmin":true}' : `{${JSON.stringify(first)}:${inJson(rest)}}`;

const inForm = ([first, ...rest]: readonly string[]): string =>
  `${first}${[...rest, 'isAdmin'].map((name) => `[${name}]`).join('')}`;

const dotted = (place: readonly string[]): string => [...place, 'isAdmin'].join('.');

const bearers = [
  Object.prototype,
  Array.prototype,
  Function.prototype,
  Person.prototype,
  Nested.prototype,
  Object,
];
const ownNames = (): string[][] => bearers.map((bearer) => Reflect.ownKeys(bearer).map(String));

for (const parser of ['simple', 'extended']) {
  describe(`a payload that is to change a prototype, by the query parser "${parser}"`, () => {
    let request: supertest.Agent;
    const before = ownNames();
    beforeEach(async () => {
      const host = quietHost({ plugins: [PeoplePlugin] });
      await host.start();
      request = supertest(express().set('query parser', parser).use(host.handler));
    });
    afterEach(closeHosts);

    const check = async (kind: string, sent: Test): Promise<void> => {
      const { status, body } = await sent;
      // What is no person at all may be refused, and never be a failure of the plugin.
      ok(status === 200 || status === 400, `${status}: ${JSON.stringify(body)}`);
      if (status === 200) deepEqual(body, { isAdmin: null, hasMethods: true, kind });
      deepEqual(ownNames(), before);
      equal(({} as { isAdmin?: unknown }).isAdmin, undefined);
    };

    for (const place of places) {
      it(`does nothing: ${place.join('.')}`, async () => {
        for (const [path, kind] of [
          ['/people/typed', 'Person'],
          ['/people/plain', 'Object'],
        ] as const) {
          await check(kind, request.post(path).type('json').send(inJson(place)));
          await check(
            kind,
            request
              .post(path)
              .type('form')
              .send(`${inForm(place)}=1&name=ada`),
          );
          await check(
            kind,
            request
              .post(path)
              .type('form')
              .send(`${dotted(place)}=1&name=ada`),
          );
        }
        for (const names of [inForm(place), dotted(place)]) {
          await check('Person', request.post(`/people/query?${names}=1&name=ada`));
          await check('Object', request.post(`/people/plain-query?${names}=1&name=ada`));
          const upload = request.post('/people/file').attach('file', Buffer.from('x'), 'x.txt');
          await check('Person', upload.field(names, '1').field('name', 'ada'));
        }
      });
    }
  });
}
