import type { ValueKind } from '../plugin/expected.ts';

/** A text that is nothing of what is wanted. Its message does not tell it: it may be a secret. */
export class UnfitText extends Error {}

/**
 * What a text of the environment is as a value of that kind, as for a parameter of a request; lists and objects as JSON, lists
 * also with commas.
 *
 * @throws UnfitText
 */
export function textToValue(text: string, kind: ValueKind, memberKind: ValueKind): unknown {
  switch (kind) {
    case 'number':
      return toNumber(text);
    case 'boolean':
      return toBoolean(text);
    case 'date':
      return toDate(text);
    case 'list':
      return toList(text, memberKind);
    case 'object':
      return parsed(text, 'an object in JSON');
    case 'mixed':
      return booleans.get(text) ?? toJsonOrText(text);
    case 'unknown':
      return toJsonOrText(text);
    default:
      return text;
  }
}

function toBoolean(text: string): boolean {
  const value = booleans.get(text);
  if (value === undefined) throw unfit('true or false', text);
  return value;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function toJsonOrText(text: string): unknown {
  return /^\s*[[{]/.test(text) ? parsed(text, 'JSON, as it begins like that') : text;
}

function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isNaN(number) || text.trim() === '') throw unfit('a number', text);
  return number;
}

function toDate(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw unfit('a date', text);
  return date;
}

function toList(text: string, memberKind: ValueKind): unknown {
  if (/^\s*\[/.test(text)) return parsed(text, 'a list in JSON');
  if (text.trim() === '') return [];
  return text.split(',').map((member) => textToValue(member.trim(), memberKind, 'text'));
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unfit(what, text);
  }
}

function unfit(what: string, text: string): UnfitText {
  const kind = text.trim() === '' ? 'empty' : 'a text that is none';
  return new UnfitText(`must be ${what}, but is ${kind}`);
}
