import { defineConfig } from 'plugboard';

export default defineConfig({
  plugins: ['./plugins'],
  watch: process.env['NODE_ENV'] === 'development',
  settings: {
    mail: { config: { sender: 'shop@example.com' } },
    newsletter: { enabled: false },
  },
});
