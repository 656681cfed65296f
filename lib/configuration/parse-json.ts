import { MalformedFile } from './read-values.ts';

/** @throws MalformedFile */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    throw new MalformedFile(
      withoutExcerpt(message),
      text.slice(0, offsetOf(message, text)).split('\n').length,
    );
  }
}

/** Of `Unexpected token 'h', ..."word": hunter2"... is not valid JSON` only what comes first. */
function withoutExcerpt(message: string): string {
  return message.replace(/, (\.\.\.)?".*$/s, '').replace(/ (in|after) JSON at position .*$/, ' in the JSON');
}

function offsetOf(message: string, text: string): number {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  return message.startsWith('Unexpected token') ? offsetOfToken(text) : text.length;
}

/** Where Node does not say it: of what comes before the token, no part has it. */
function offsetOfToken(text: string): number {
  let [before, within] = [0, text.length];
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (hasWrongToken(text.slice(0, middle))) within = middle;
    else before = middle;
  }
  return before;
}

function hasWrongToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return (error as SyntaxError).message.startsWith('Unexpected token');
  }
}
