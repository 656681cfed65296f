// npx vitest run --config test/runners/vitest/vitest.config.ts
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  // Vite's compiler takes both from a tsconfig.json that covers the tests; here is how to say it where none does.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: { include: ['passing.ts'], cache: false },
});
