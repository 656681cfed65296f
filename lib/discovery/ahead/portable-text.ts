import { externalOf } from '../external-modules.ts';
import type { PortableNames } from './portable-names.ts';

/** A bundle's text that holds wherever the app is put. */
export interface PortableText {
  readonly code: string;
  /** The ids that it asks for modules from outside by. */
  readonly externals: readonly string[];
}

/**
 * Calls all files in a bundle's text by portable names. They are only in calls of ours, each with one literal. Columns
 * behind such a call move; lines stay.
 */
export function portableText(code: string, names: PortableNames): PortableText {
  const externals = new Set<string>();
  const renamed = code.replace(ourCalls, (_whole, name: string, literal: string) => {
    const portable = rename(name, JSON.parse(literal) as string, names);
    if (name === '$$external') externals.add(portable);
    return `${name}(${JSON.stringify(portable)})`;
  });
  return { code: renamed.replaceAll(moduleComments, '//'), externals: [...externals] };
}

const ourCalls = /(\$\$(?:external|meta|from|load))\(("(?:[^"\\]|\\.)*")\)/g;
// The bundler writes above each module where it came from.
const moduleComments = /^\/\/ .*plugboard:(import|require):.*$/gm;

function rename(call: string, written: string, names: PortableNames): string {
  if (call === '$$meta') return names.nameOf(written);
  if (call !== '$$external') return names.nameOfUrl(written);
  const { url, isRequired } = externalOf(written);
  return `${isRequired ? 'require' : 'import'}:${names.nameOfUrl(url)}#`;
}
