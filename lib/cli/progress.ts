import { hasColours, type Terminal } from './terminal.ts';

/** Says on standard error what takes its time, from when it takes longer than a second. */
export async function withProgress<T>(
  what: string,
  work: Promise<T>,
  stream: Terminal = process.stderr,
): Promise<T> {
  const begun = performance.now();
  const isLive = hasColours(stream);
  let shown = false;
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - begun) / 1_000);
    // A log gets one line, a terminal one that counts.
    if (isLive) stream.write(`\r${what} … ${seconds} s`);
    else if (!shown) stream.write(`${what} …\n`);
    shown = true;
  }, 1_000);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (shown && isLive) stream.write('\r\x1b[2K');
  }
}
