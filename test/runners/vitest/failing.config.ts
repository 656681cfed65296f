// As vitest.config.ts, for the test that fails on purpose.
import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

export default defineConfig({ ...config, test: { ...config.test, include: ['failing.ts'] } });
