import { equal, match } from 'node:assert/strict';
import { once } from 'node:events';
import { IsInt } from 'class-validator';
import { Plugin, type Host, type PluginTransition } from 'plugboard';
import { closeHosts, quietHost, type LogLine } from '../host/hosting.ts';
import { ConfigFolder } from './config-folder.ts';

class Settings {
  @IsInt() size = 1;
}

@Plugin({ name: 'first', config: Settings })
class FirstPlugin {}

@Plugin({ name: 'second', config: Settings })
class SecondPlugin {}

async function nextOf(host: Host, event: 'plugin:running' | 'plugin:disabled'): Promise<PluginTransition> {
  return new Promise((resolve) => {
    const stop = host.on(event, (transition) => {
      stop();
      resolve(transition);
    });
  });
}

describe('a configuration file that is watched', () => {
  afterEach(closeHosts);

  const folder = new ConfigFolder();
  const plugins = [FirstPlugin, SecondPlugin];

  it('has those plugins loaded anew of which it says something else, and no other', async () => {
    const write = async (text: string): Promise<string> =>
      folder.write('watched/plugboard.config.yaml', text);
    const configFile = await write('watch: true\nsettings:\n  first: { config: { size: 2 } }\n');
    const host = quietHost({ plugins, configFile });
    await host.start();
    const changed = nextOf(host, 'plugin:running');
    await write('watch: true\nsettings:\n  first: { config: { size: 3 } }\n');
    equal((await changed).plugin, 'first');
    equal(host.get(Settings, { plugin: 'first' }).size, 3);
    const disabled = nextOf(host, 'plugin:disabled');
    await write('watch: true\nsettings:\n  first: { enabled: false }\n');
    equal((await disabled).plugin, 'first');
    equal(host.plugins.find(({ name }) => name === 'second')?.generation, 1);
  });

  it('that is broken is told in the log, and all goes on as it was', async () => {
    const write = async (text: string): Promise<string> => folder.write('breaks/plugboard.config.yaml', text);
    const configFile = await write('settings:\n  first: { config: { size: 2 } }\n');
    const logs: LogLine[] = [];
    const told = new EventTarget();
    const log = {
      error: (fields: object, message: string) =>
        void (logs.push({ ...fields, level: 'error', message }), told.dispatchEvent(new Event('line'))),
    };
    const nothing = (): undefined => undefined;
    const host = quietHost({
      plugins,
      configFile,
      watch: true,
      log: { ...log, trace: nothing, debug: nothing, info: nothing, warn: nothing },
    });
    await host.start();
    const line = once(told, 'line');
    await write('settings: {\n');
    await line;
    match(logs[0]?.message ?? '', /breaks\/plugboard\.config\.yaml:\d can't be read/);
    equal(host.get(Settings, { plugin: 'first' }).size, 2);
  });
});
