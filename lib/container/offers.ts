import { tokenName, type Token } from '../plugin/tokens.ts';
import { findTwin } from '../plugin/twins.ts';

/** What one plugin has: `bound` is all of it, `exports` what others may import. */
export interface Offer {
  readonly name: string;
  readonly exports: readonly Token[];
  readonly bound: readonly Token[];
  /** True where its code could not be loaded: what it would export is not known. */
  readonly isUnreadable?: boolean | undefined;
}

/** All who may offer a token. */
export interface Market {
  readonly plugins: readonly Offer[];
  readonly host: readonly Token[];
  /** Names of the plugins that could not be loaded. */
  readonly unreadable: readonly string[];
}

/** For a token that nobody offers: who has something like it, and the line to write. */
export function describeOffer(token: Token, plugin: string, { plugins, host, unreadable }: Market): string {
  const others = plugins.filter(({ name }) => name !== plugin);
  const hint =
    privateOffer(token, others) ??
    twinOffer(token, others, host) ??
    similarOffer(token, others, host) ??
    bindLine(token);
  if (unreadable.length === 0) return hint;
  const [named, more] = [unreadable.slice(0, 3), unreadable.length - 3];
  const broken = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ');
  return `${hint} Or else one of the plugins that could not be loaded exports it: ${broken}.`;
}

function privateOffer(token: Token, others: readonly Offer[]): string | undefined {
  const owner = others.find(({ bound }) => bound.includes(token));
  if (!owner) return undefined;
  const name = tokenName(token);
  return `The plugin "${owner.name}" has ${name} but does not export it. Write there: @Plugin({ name: '${owner.name}', exports: [${name}], … }).`;
}

function twinOffer(token: Token, others: readonly Offer[], hostTokens: readonly Token[]): string | undefined {
  const twin = findTwin(token, [...hostTokens, ...others.flatMap(({ exports }) => exports)]);
  if (!twin) return undefined;
  const owner = ownerOf((offered) => offered === twin.token, others, hostTokens) ?? 'the host';
  return `${capitalized(owner)} offers another ${tokenName(token)}. ${twin.message} ${twin.fix}`;
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

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
