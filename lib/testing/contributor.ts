import { Plugin, type Class, type Contribution } from 'plugboard';

/** Names the plugin that contributes what a test does. */
export const contributorName = 'test-contributions';

/** The plugin that contributes what a test does. */
export function contributor(contributes: readonly Contribution[]): Class {
  @Plugin({ name: contributorName, version: '0.0.0', contributes })
  class TestContributions {}
  return TestContributions;
}
