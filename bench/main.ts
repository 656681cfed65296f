// Plugboard against others, side by side: npm run bench -- --help
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environment } from './environment.ts';
import { installPeers } from './install-peers.ts';
import { readOptions, usage, type Options } from './options.ts';
import { checkScenario, measureScenario } from './rounds.ts';
import { scenarioTable } from './table.ts';
import { targetLines } from './targets.ts';

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
  const report = [environment(options)];
  console.log(report[0]);
  for (const scenario of options.scenarios) {
    const results = await measureScenario(scenario, options);
    if (results.length === 0) continue;
    const targets = options.quick ? '' : targetLines(scenario.id, results);
    report.push([scenarioTable(scenario, results), targets].filter(Boolean).join('\n'));
    console.log(report.at(-1));
  }
  if (!options.quick) write(report.join('\n'));
}

function write(report: string): void {
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}${process.version}.md`, report);
  console.error(`Written to bench/results/${process.version}.md`);
}
