import { deepEqual, equal } from 'node:assert/strict';
import { maskedCopy } from '#lib/services/masked-copy.js';

const hidden = '••••••••';

describe('a copy for people to read', () => {
  it('hides what is called as secrets are, however deep', () => {
    deepEqual(
      maskedCopy({
        password: 'a',
        dbPassword: 'a',
        apiKey: 'a',
        api_key: 'a',
        client: { secret: 'a', tokens: ['a'], id: 7 },
        sessionCookie: 'a',
      }),
      {
        password: hidden,
        dbPassword: hidden,
        apiKey: hidden,
        api_key: hidden,
        client: { secret: hidden, tokens: hidden, id: 7 },
        sessionCookie: hidden,
      },
    );
  });

  it('shows what only sounds like one, and that one is missing', () => {
    const plain = { tokenLifetime: 60, usesToken: true, keyboard: 'qwerty', password: '', secret: null };
    deepEqual(maskedCopy(plain), plain);
  });

  it('hides the password in a URL, and nothing else of it', () => {
    equal(maskedCopy('postgres://ada:pass@db:5432/shop?x=1'), `postgres://ada:${hidden}@db:5432/shop?x=1`);
    equal(maskedCopy('https://example.org/a:b@c'), 'https://example.org/a:b@c');
  });

  it('keeps hidden what hides itself, and gives nothing where there is no JSON', () => {
    class Hidden {
      readonly #value = 'a';
      toJSON(): string {
        return `${this.#value.length} characters`;
      }
    }
    deepEqual(maskedCopy({ pin: new Hidden(), size: 7n }), { pin: '1 characters', size: '7' });
    const circular: { self?: unknown } = {};
    circular.self = circular;
    equal(maskedCopy(circular), undefined);
    equal(maskedCopy(undefined), undefined);
  });
});
