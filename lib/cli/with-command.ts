/** What is written without a command is `start`, with its options; `help new app` is that of `new app`. */
export function withCommand(args: readonly string[]): readonly string[] {
  const [first, ...rest] = args;
  if (first === undefined || isOptionOfStart(first)) return ['start', ...args];
  return first === 'help' && rest.length > 1 ? [...rest, '--help'] : args;
}

function isOptionOfStart(written: string): boolean {
  return written.startsWith('-') && !['-h', '--help', '-v', '--version'].includes(written);
}
