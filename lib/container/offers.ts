import { tokenName, type Token } from '../plugin/tokens.ts';

/** What one plugin has: `bound` is all of it, `exports` what others may import. */
export interface Offer {
  readonly name: string;
  readonly exports: readonly Token[];
  readonly bound: readonly Token[];
}

/** For a token that nobody offers: who has something like it, and the line to write. */
export function describeOffer(
  token: Token,
  plugin: string,
  nodes: readonly Offer[],
  hostTokens: readonly Token[],
): string {
  const others = nodes.filter(({ name }) => name !== plugin);
  return (
    privateOffer(token, others) ??
    twinOffer(token, others, hostTokens) ??
    similarOffer(token, others, hostTokens) ??
    bindLine(token)
  );
}

function privateOffer(token: Token, others: readonly Offer[]): string | undefined {
  const owner = others.find(({ bound }) => bound.includes(token));
  if (!owner) return undefined;
  const name = tokenName(token);
  return `The plugin "${owner.name}" has ${name} but does not export it. Write there: @Plugin({ name: '${owner.name}', exports: [${name}], … }).`;
}

function twinOffer(token: Token, others: readonly Offer[], hostTokens: readonly Token[]): string | undefined {
  const name = tokenName(token);
  const owner = ownerOf((offered) => tokenName(offered) === name, others, hostTokens);
  if (!owner) return undefined;
  return (
    `${owner} offers another ${name} of the same name: it was loaded twice, say once from src/*.ts and once from dist/*.js, and so it is two tokens. ` +
    `Import it from one file everywhere (a "#contracts" entry under "imports" in package.json can name it), or write: export const ${name} = token<${name}>('${kebab(name)}').`
  );
}

function similarOffer(
  token: Token,
  others: readonly Offer[],
  hostTokens: readonly Token[],
): string | undefined {
  const name = tokenName(token);
  const isNear = (offered: Token): boolean => nearness(tokenName(offered), name) >= 0.6;
  const near = [...others.flatMap((node) => node.exports), ...hostTokens].find(isNear);
  if (!near) return undefined;
  const owner = ownerOf((offered) => offered === near, others, hostTokens) ?? 'the host';
  return `Did you mean ${tokenName(near)}, which ${owner} offers? Otherwise: ${bindLine(token)}`;
}

function ownerOf(
  matches: (token: Token) => boolean,
  others: readonly Offer[],
  hostTokens: readonly Token[],
): string | undefined {
  if (hostTokens.some(matches)) return 'the host';
  const owner = others.find(({ exports }) => exports.some(matches));
  return owner && `the plugin "${owner.name}"`;
}

function bindLine(token: Token): string {
  const name = tokenName(token);
  const value = typeof token === 'function' ? `[${name}, My${name}]` : `[${name}, TheClass]`;
  return `Bind it in the host: createHost({ services: [${value}] }), in the plugin: services: [${value}], or let another plugin export it.`;
}

/** Dice's coefficient over pairs of letters: 1 for equal words, 0 for words with nothing in common. */
function nearness(a: string, b: string): number {
  const [pairsOfA, pairsOfB] = [pairs(a.toLowerCase()), pairs(b.toLowerCase())];
  const shared = pairsOfA.filter((pair) => pairsOfB.includes(pair)).length;
  return (2 * shared) / (pairsOfA.length + pairsOfB.length || 1);
}

function pairs(word: string): readonly string[] {
  return Array.from({ length: Math.max(word.length - 1, 0) }, (_, index) => word.slice(index, index + 2));
}

function kebab(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
}
