import { pino } from 'pino';
import { sayingOnce } from './log-failure.ts';

// A test may put timers of its own in its place.
const { setImmediate } = globalThis;

/**
 * Standard output for lines of JSON, as pino writes them. A write costs more than all the rest of a line. So what is
 * written while one turn of the event loop lasts goes out with its end, in one piece; warnings and errors at once, with all
 * that came before. Nothing waits longer than that, nor when the process exits, by `process.exit()` or by an error.
 */
class StandardOutput {
  #text = '';
  #isDue = false;
  readonly #descriptor = pino.destination({ dest: 1, sync: true, maxLength: mostUnwritten });
  readonly #flush = (): void => {
    this.flush();
  };

  constructor() {
    process.on('exit', this.#flush);
    // A disk that is full, say: it is tried again with the next lines.
    this.#descriptor.on('error', sayingOnce());
  }

  /** Takes one line with its end. */
  write(line: string): void {
    this.#text += line;
    if (isUrgent(line) || this.#text.length > mostKept) return this.flush();
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(this.#flush);
  }

  flush(): void {
    const text = this.#text;
    this.#isDue = false;
    if (text === '') return;
    this.#text = '';
    const { stdout } = process;
    // Whoever has taken its place is to get the lines.
    if (Object.hasOwn(stdout, 'write')) stdout.write(text);
    else this.#descriptor.write(text);
  }
}

/** In characters. */
const mostKept = 32_768;

/** In bytes, of what can't be written: what comes beyond is lost. */
const mostUnwritten = 1_048_576;

/** pino's lines begin with their level: `{"level":30,`. */
function isUrgent(line: string): boolean {
  return line.charCodeAt(levelAt) >= digitOfWarn;
}

const levelAt = '{"level":'.length;
const digitOfWarn = '4'.charCodeAt(0);

let output: StandardOutput | undefined;

/** One for all logs of the process: their lines stay in order. */
export function standardOutput(): Pick<StandardOutput, 'write'> {
  return (output ??= new StandardOutput());
}
