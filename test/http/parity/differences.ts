/** Where the engine answers otherwise than routing-controllers on purpose, and why: the docs have this table. */
export const differences = {
  uncaught:
    'what routing-controllers forgets to catch, and Express shows with its stack, is answered as any other error',
  uploads: "an upload over its limits is the client's doing: 413 or 400, not 500",
} as const;

export type Difference = keyof typeof differences;
