import type { Class } from '../plugin/tokens.ts';

// What reflection does not tell of a constructor, its source text does.

/** Whether `type` has a constructor of its own that decides what it passes to `super`. */
export function hasOwnConstructor(type: Class): boolean {
  if (type.length > 0) return true;
  const source = sourceOf(type);
  // Compilers write `constructor() { super(...arguments); … }` where the author wrote only property initializers.
  return constructorStart.test(source) && !/\bsuper\s*\(\s*\.\.\./.test(source);
}

/** The names of the constructor's parameters; empty for what is not a plain name, such as a pattern. */
export function parameterNames(type: Class): readonly string[] {
  const source = sourceOf(type);
  const start = constructorStart.exec(source);
  if (!start) return [];
  return splitParameters(source.slice(start.index + start[0].length)).map(
    (parameter) => /^\s*(?:\.\.\.)?\s*([\w$]+)/.exec(parameter)?.[1] ?? '',
  );
}

const constructorStart = /(?<![\w$.#])constructor\s*\(/;

// Without strings and comments, which may well speak of constructors.
function sourceOf(type: Class): string {
  const source = Function.prototype.toString.call(type);
  return source.replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1|\/\*[^]*?\*\/|\/\/.*/g, ' ');
}

/** `a, b = f(1, 2)) { … }` → `['a', ' b = f(1, 2)']` */
function splitParameters(source: string): readonly string[] {
  const parameters: string[] = [];
  let [depth, from] = [0, 0];
  for (let index = 0; index < source.length; index++) {
    const character = source.charAt(index);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    const ends = depth < 0;
    if (!ends && (character !== ',' || depth > 0)) continue;
    parameters.push(source.slice(from, index));
    from = index + 1;
    if (ends) break;
  }
  return parameters;
}
