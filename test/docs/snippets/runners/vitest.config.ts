import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vitest compiles with oxc, which writes the types of decorated classes only when it is told to.
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  test: { include: ['**/*.vitest.ts'] },
});
