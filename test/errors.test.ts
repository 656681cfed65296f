import { deepEqual, match } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');

/** The text of every TypeScript file below a folder. */
function textsOf(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));
}

/** Each builder's codes: one, or two where it decides. */
function thrownCodes(): readonly string[] {
  return [...textsOf('lib/errors'), ...textsOf('lib/testing')].flatMap((text) => {
    const inOneFile = [...text.matchAll(/^\s+(?:readonly )?code(?::| =) (.+)[,;]$/gm)].flatMap(
      ([, value = '']) => [...value.matchAll(/'([A-Z][A-Z\d_]+)'/g)].map(([, code = '']) => code),
    );
    // Builders of one subject may share a code; two subjects may not.
    return [...new Set(inOneFile)];
  });
}

const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading);

describe('the codes of errors', () => {
  // The kit says as the host does that an import is missing.
  const codes = thrownCodes().filter(
    (code, index, all) => code !== 'MISSING_IMPORT' || all.indexOf(code) === index,
  );

  it('are each of one subject', () => {
    deepEqual(
      codes.filter((code, index) => codes.indexOf(code) !== index),
      [],
    );
  });

  it('are all documented in docs/errors.md, in alphabetical order, and nothing else is', () => {
    deepEqual(headings, [...codes].sort());
  });

  it('are each explained: what happened, why, and what to write', () => {
    for (const section of page.split(/^## /m).slice(1))
      match(
        section,
        /^[A-Z\d_]+\n\n.+\n\n\*\*Likely causes:\*\* .+\n\n\*\*What to write:\*\* .+\n\n```\w+\n[^]+\n```\n/,
      );
  });

  it('are each asserted on in some test', () => {
    const tests = textsOf('test').join('\n');
    deepEqual(
      codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(tests)),
      [],
    );
  });
});
