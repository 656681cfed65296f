/**
 * The port to listen on, from what the environment says; 3000 where it says nothing.
 *
 * @throws RangeError where it is no port.
 */
export function readPort(text: string | undefined): number {
  if (text === undefined || text.trim() === '') return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new RangeError(
    `PORT is '${text}', which is no port. Give it a number from 0 to 65535; 0 takes a free one.`,
  );
}
