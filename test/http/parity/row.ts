import type { Test } from 'supertest';
import type { Difference } from './differences.ts';
import type { Case, Served, Verb } from '../parity-table.ts';

/** What an answer must have; what is left out may be anything. */
export interface Expected {
  readonly status: number;
  readonly type?: string;
  readonly text?: string | RegExp;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly trace?: readonly string[];
}

/** A request, and what routing-controllers' own specification says of its answer. */
export interface Row {
  readonly ask: Case;
  readonly expected: Expected;
  /** Where we differ on purpose: what we answer, and which of the deliberate differences it is. */
  readonly differs?: { readonly ours: Expected; readonly because: Difference };
}

/** Cases of routing-controllers that the same app can show; each by its rows. */
export interface Setup extends Served {
  /** Why routing-controllers can't serve this on Express 5: then only what it gives on Express 4 is asked of us. */
  readonly unservable?: string;
  /** What routing-controllers takes its classes from while this is served. */
  readonly container?: {
    readonly get: (type: new () => object) => object | undefined;
    readonly options?: { readonly fallback?: boolean; readonly fallbackOnErrors?: boolean };
  };
  readonly cases: Readonly<Record<string, readonly Row[]>>;
}

/** One of routing-controllers' specs, or a part of it. */
export interface Topic {
  readonly spec: string;
  readonly setups: readonly Setup[];
}

type Change = (test: Test) => Test;

export function row(request: `${Verb} /${string}`, expected: Expected, change?: Change): Row {
  const [verb, ...path] = request.split(' ');
  const ask: [Verb, string] = [verb as Verb, path.join(' ')];
  return { ask: change ? [...ask, change] : ask, expected };
}

/** A row in which we answer otherwise than routing-controllers, on purpose. */
export function differs(given: Row, ours: Expected, because: Difference): Row {
  return { ...given, differs: { ours, because } };
}

export const page = (text: string | RegExp, status = 200): Expected => ({
  status,
  type: 'text/html; charset=utf-8',
  text,
});
export const json = (value: unknown, status = 200): Expected => ({
  status,
  type: 'application/json; charset=utf-8',
  json: value,
});
export const empty = (status: number): Expected => ({ status, text: '' });
export const refused = (status: number, name?: string): Expected =>
  name === undefined ? { status } : { status, text: new RegExp(name) };
export const traced = (expected: Expected, ...trace: string[]): Expected => ({ ...expected, trace });
export const withHeaders = (expected: Expected, headers: Readonly<Record<string, string>>): Expected => ({
  ...expected,
  headers,
});
