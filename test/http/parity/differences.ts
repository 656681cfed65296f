/**
 * Where the engine answers otherwise than routing-controllers on purpose. Each is said in the docs, in these words, with the
 * reason.
 */
export const differences = {
  notAnInstance: 'a JSON list, number, word or boolean sent to a parameter whose type is a class',
  ofItsType: 'several values (`?id=1&id=2`), blanks for a number, JSON of another type are 400',
  constructors: 'a body with a property called `constructor`, or nested too deeply, is 400',
  lists: 'every element of `@Body({ type: Dto }) list: Dto[]` is checked',
  ownAnswer: "an error's own answer that fails (`toJSON`, `errorBody`) is a plain 500",
  ancestors: "`@Authorized` above an ancestor's class guards inherited actions",
  forms: 'forms are parsed for JSON actions',
  uploads: 'uploads have limits; a refusal is 413 or 400',
  user: '`@CurrentUser()` falls back to `request.user`',
  uncaught: 'what fails outside of an action (no session, no checker) is answered as any other error',
  firstWrong: 'of several parameters that are wrong, the first is named',
  malformed: 'malformed percent-encoding is 400 only where a route of that verb would match',
  encodedText: 'what a route has that a URL must encode is found, `/é` at `/%C3%A9`',
  doubledSlash: 'two slashes at the end of a path are not one',
} as const;

export type Difference = keyof typeof differences;
