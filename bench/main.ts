// Plugboard against others, side by side: npm run bench -- --help
import { installPeers } from './install-peers.ts';
import { readOptions, usage, type Options } from './options.ts';
import { scenarioTable } from './report.ts';
import { checkScenario, measureScenario } from './rounds.ts';

const options = readOptions(process.argv.slice(2));
if (options === 'help') console.log(usage);
else await compare(options);

async function compare(options: Options): Promise<void> {
  installPeers();
  for (const scenario of options.scenarios) {
    if (options.check) {
      await checkScenario(scenario, options);
      continue;
    }
    const results = await measureScenario(scenario, options);
    if (results.length > 0) console.log(scenarioTable(scenario, results));
  }
}
