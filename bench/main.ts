// Plugboard against others, side by side: npm run bench -- --help
import { installPeers } from './install-peers.ts';
import { readOptions, usage, type Options } from './options.ts';
import { scenarioTable } from './report.ts';
import { checkScenario, measureScenario } from './rounds.ts';

const options = readOptions(process.argv.slice(2));
if (options === 'help') console.log(usage);
else {
  installPeers();
  await (options.check ? checkAll(options) : compareAll(options));
}

async function checkAll(options: Options): Promise<void> {
  const wrong: string[] = [];
  for (const scenario of options.scenarios) wrong.push(...(await checkScenario(scenario, options)));
  if (wrong.length === 0) return;
  console.error(wrong.join('\n'));
  process.exitCode = 1;
}

async function compareAll(options: Options): Promise<void> {
  for (const scenario of options.scenarios) {
    const results = await measureScenario(scenario, options);
    if (results.length > 0) console.log(scenarioTable(scenario, results));
  }
}
