import { createRequire } from 'node:module';

/** Plugboard's own version: what `requires: { plugboard: '^1' }` is checked against. */
export const ownVersion: string = (
  createRequire(import.meta.url)('plugboard/package.json') as { readonly version: string }
).version;
