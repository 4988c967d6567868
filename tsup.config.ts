import { defineConfig } from 'tsup'

/** Entry points for people who import the package; the command stands apart, since it is never required. */
const library = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  handler: 'src/handler.ts',
  feed: 'src/bridge-feed.ts',
  'rss-parser': 'src/bridge-rss-parser.ts',
}

/**
 * What reads HTML, bundled: Cheerio asks for older versions of what it stands on, and so for a second table of entities. `overrides` in package.json, which count where
 * the package is made and not where it is installed, give it the versions that everything else has.
 */
const html = ['cheerio', 'htmlparser2']

export default defineConfig([
  {
    entry: { ...library, cli: 'src/cli/main.ts' },
    format: 'esm',
    target: 'node20',
    splitting: true,
    clean: false,
    noExternal: html,
    metafile: true,
    // tsup sets baseUrl for declarations, which TypeScript 6 calls deprecated.
    dts: { entry: library, compilerOptions: { ignoreDeprecations: '6.0' } },
  },
  {
    entry: library,
    format: 'cjs',
    target: 'node20',
    splitting: true,
    clean: false,
    metafile: true,
    // Packages that are ESM only would fail where require() of ESM is off (Jest, loaders that patch require).
    noExternal: ['p-limit', 'yocto-queue', 'feed', 'domhandler', 'entities', ...html],
    // scripts/build.mjs makes the .d.cts of the .d.ts: the same text, made once.
  },
])
