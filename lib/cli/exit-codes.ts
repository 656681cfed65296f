/** What the command line ends with. */
export const exitCodes = {
  /** All is well. */
  fine: 0,
  /** It was done as asked, and what was found is not well: a plugin that fails, say. */
  problem: 1,
  /** Nothing was done: an unknown command or option, a folder that is not there. */
  usage: 2,
} as const;
