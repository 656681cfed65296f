// npm run soak: what takes too long for npm test. Prints its figures, and fails where one is not as claimed.
import { faultsSoak } from './faults-soak.ts';
import { reloadsSoak } from './reloads-soak.ts';

console.log(`# Soak, Node ${process.version}\n`);
for (const soak of [faultsSoak, reloadsSoak]) {
  const { table, broken } = await soak();
  console.log(table);
  for (const claim of broken) console.log(`Not so: ${claim}`);
  if (broken.length > 0) process.exitCode = 1;
}
