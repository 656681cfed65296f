import type { Class } from './tokens.ts';

/** Whether a function is a class: its prototype can't be exchanged. */
export function isClass(value: unknown): value is Class {
  if (typeof value !== 'function') return false;
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
