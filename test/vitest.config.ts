import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests that start no process and no thread: their files share a process, and what it has loaded. */
const PURE = ['apps', 'codec', 'core', 'crypto', 'protocols', 'replica', 'sim'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);
const THREADS = ['test/crypto/pool.test.ts', 'test/crypto/shared-slab.test.ts'];
/** Folders whose tests start clusters: the longest, and so the first. */
const CLUSTERS = /\/test\/(integration|cli|load)\//;

/** Clusters first, what shares a process last: no long file is left over when everything else is done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number =>
      CLUSTERS.test(moduleId) ? 0 : project.config.isolate ? 1 : 2;
    const sorted = await super.sort(files);
    return sorted
      .map((file, at) => ({ file, at }))
      .sort((a, b) => rank(a.file) - rank(b.file) || a.at - b.at)
      .map(({ file }) => file);
  }
}

// Two forks at most: the machine that this is sized for has two cores, and the integration tests start
// four processes of their own.
export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, exclude: THREADS, isolate: false } },
      { extends: true, test: { name: 'threads', include: THREADS } },
      { extends: true, test: { name: 'real', include: ['test/**/*.test.ts'], exclude: PURE } },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text', 'json-summary'],
      reportsDirectory: 'coverage',
    },
  },
});
