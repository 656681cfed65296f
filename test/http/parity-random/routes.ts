import * as fc from 'fast-check';
import { All, Delete, Get, JsonController, Params, Post, Put } from 'routing-controllers';
import type { Class } from '#lib/plugin/tokens.js';
import type { Question } from './twins.ts';

const verbs = { get: Get, post: Post, put: Put, delete: Delete, all: All } as const;

export interface Route {
  readonly verb: keyof typeof verbs;
  readonly path: string;
}

// Nothing beyond ASCII: difference `encodedText`.
const word = fc.constantFrom('a', 'b', 'Ab', 'a-b', 'x.y', 'a~b', 'long-word', '1');
const name = fc.constantFrom('id', 'name', 'part', 'x', 'toString', 'Y_1');
const parameter = name.map((id) => `:${id}`);
const mixed = fc.tuple(word, name).map(([before, id]) => `${before}-:${id}`);
const between = fc.tuple(name, name).map(([one, other]) => (one === other ? `:${one}` : `:${one}-:${other}`));
const segment = fc.oneof(
  { weight: 5, arbitrary: word },
  { weight: 4, arbitrary: parameter },
  { weight: 1, arbitrary: mixed },
  { weight: 1, arbitrary: between },
);
const ending = fc.oneof(
  { weight: 6, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: name.map((id) => `{/:${id}}`) },
  { weight: 2, arbitrary: word.map((text) => `{/${text}}`) },
  { weight: 2, arbitrary: name.map((id) => `/*${id}`) },
  { weight: 1, arbitrary: name.map((id) => `{/*${id}}`) },
  { weight: 1, arbitrary: fc.constant('/') },
  { weight: 1, arbitrary: name.map((id) => `/{:${id}}`) },
);

const path = fc
  .tuple(fc.array(segment, { minLength: 0, maxLength: 3 }), ending)
  .map(([segments, end]) => segments.map((one) => `/${one}`).join('') + end)
  .filter((text) => hasDifferentNames(text) && text !== '');

// The names of one path must differ.
function hasDifferentNames(text: string): boolean {
  const names = text.match(/[:*]\w+/g)?.map((one) => one.slice(1)) ?? [];
  return new Set(names).size === names.length;
}

const verb = fc.constantFrom<Route['verb']>('get', 'get', 'get', 'post', 'put', 'delete', 'all');

export const routes = fc.array(fc.record<Route>({ verb, path }), { minLength: 1, maxLength: 5 });

/** A controller with these routes: each answers which it is, and its parameters. */
export function controllerOf(declared: readonly Route[]): Class {
  class RandomController {}
  const { prototype } = RandomController;
  for (const [position, { verb, path }] of declared.entries()) {
    const method = `action${position}`;
    const value = (params: object): object => ({ position, params: { ...params } });
    Object.defineProperty(prototype, method, { value, configurable: true });
    Params()(prototype, method, 0);
    Reflect.defineMetadata('design:paramtypes', [Object], prototype, method);
    verbs[verb](path)(prototype, method);
  }
  JsonController()(RandomController);
  return RandomController;
}

const pieces =
  "a A b ab AB a-b A-B x.y x %61 %2E %2e %7E %C3%A9 %c3%a9 a~b long-word 1 a%20b a%2Fb %2f %25 %zz % %C3 %00 + a+b ' ( ! * :id a-b-c - " +
  '%E2%82%AC %F0%9F%98%80 .. . ;a=1 @ $ , a=b %C4%B0 toString __proto__';
const piece = fc.constantFrom('', ...pieces.split(' '));
const tail = fc.constantFrom('', '', '', '', '/', '?', '?a=1', '/?a=/b', '?%zz');
const method = fc.constantFrom(
  'GET',
  'GET',
  'GET',
  'GET',
  'POST',
  'PUT',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'PATCH',
);

const anyPath = fc
  .tuple(fc.array(piece, { maxLength: 4 }), tail)
  .map(([pieces, end]) => `/${pieces.join('/')}${end}`);

/** Requests that mostly meet one of the routes. */
export function questions(declared: readonly Route[]): fc.Arbitrary<Question[]> {
  const fitting = fc
    .tuple(fc.constantFrom(...declared), fc.infiniteStream(piece), fc.boolean(), tail)
    .map(([{ path }, values, isFull, end]) => fill(path, values, isFull) + end);
  const path = fc
    .oneof({ weight: 3, arbitrary: fitting }, { weight: 1, arbitrary: anyPath })
    // Difference `doubledSlash`.
    .filter((text) => !/\/\/(?:\?|$)/.test(text));
  return fc.array(fc.record({ method, path }), { minLength: 3, maxLength: 6 });
}

function fill(path: string, values: Iterator<string>, isFull: boolean): string {
  const open = path.replace(/\{([^}]*)\}/g, isFull ? '$1' : '');
  const filled = open
    .replace(/\*\w+/g, () => `${next(values)}/${next(values)}`)
    .replace(/:\w+/g, () => next(values));
  return filled || '/';
}

function next(values: Iterator<string>): string {
  return String(values.next().value);
}
