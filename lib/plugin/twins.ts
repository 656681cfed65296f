import { tokenName } from './tokens.ts';

/** Two things that were meant to be one token. */
export interface Twin {
  /** The one that is known. */
  readonly token: unknown;
  /** What happened, with both files where they are known. */
  readonly message: string;
  readonly fix: string;
}

// Weak: a class of a plugin that is gone must not be kept by this.
const origins = new WeakMap<object, string>();

/** Notes which file a class came from, so that a twin can be explained. The first file counts. */
export function rememberOrigin(value: unknown, file: string): void {
  if (typeof value === 'function' && !origins.has(value)) origins.set(value, file);
}

/**
 * The token that `token` was probably meant to be: of the same name, and not the same. That is so where one file is
 * loaded twice, as `src/contracts.ts` and as `dist/contracts.js` for instance.
 */
export function findTwin(token: unknown, knownTokens: Iterable<unknown>): Twin | undefined {
  const name = tokenName(token);
  for (const known of knownTokens) {
    if (known === token || typeof known !== typeof token || tokenName(known) !== name) continue;
    return { token: known, message: explain(name, token, known), fix: fixFor(name, token) };
  }
  return undefined;
}

function explain(name: string, token: unknown, known: unknown): string {
  if (typeof token === 'symbol') {
    return `There are two symbols named ${name}: Symbol('${name}') makes a new one with each call.`;
  }
  const [asked, bound] = [originOf(token), originOf(known)];
  const places =
    asked || bound
      ? `: asked for is the one from ${asked ?? unseen}, bound is the one from ${bound ?? unseen}`
      : '';
  return `There are two classes named ${name}${places}. The file that declares it was loaded twice, so they are different tokens.`;
}

// What the app imports itself does not pass through here.
const unseen = "the app's own import, beside createHost";

function originOf(value: unknown): string | undefined {
  return typeof value === 'function' ? origins.get(value) : undefined;
}

function fixFor(name: string, token: unknown): string {
  const named = `export const ${name} = token<${name}>('${name}'), which is the same everywhere`;
  if (typeof token === 'symbol') return `Write ${named}.`;
  return (
    `Import it by one path everywhere, for instance by "imports": { "#contracts": "./dist/contracts.js" } in package.json ` +
    `and from '#contracts'; or write ${named}.`
  );
}
