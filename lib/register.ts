import { registerTypeScript } from './register/register-typescript.ts';

await registerTypeScript();
