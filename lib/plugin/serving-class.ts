import type { Class } from './tokens.ts';

/** Whether it is a class to be constructed, not a function to be called. */
export function isServingClass(value: unknown): value is Class {
  if (typeof value !== 'function') return false;
  const prototype = value.prototype as Partial<Record<'use' | 'error' | 'intercept', unknown>> | undefined;
  return Boolean(prototype?.use ?? prototype?.error ?? prototype?.intercept);
}
