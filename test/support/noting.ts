import { inject, preDestroy } from 'inversify';
import type { Class } from '#lib/plugin/tokens.js';

export const never = new Promise<never>(() => undefined);

export const pause = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A class that notes what is called of it. */
export function noting(calls: string[], name: string): Class {
  class Noting {
    onStart(): void {
      calls.push(`start ${name}`);
    }
    onStop(): void {
      calls.push(`stop ${name}`);
    }
    @preDestroy() destroy(): void {
      calls.push(`destroy ${name}`);
    }
  }
  return Noting;
}

/** Makes `type` inject `needed`, in this order. */
export function needing(type: Class, ...needed: readonly Class[]): void {
  for (const [index, token] of needed.entries()) inject(token)(type, undefined, index);
}
