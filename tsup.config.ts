import { defineConfig, type Options } from 'tsup'

/** Entry points for people who import the package; the command stands apart, since it is never required. */
const library = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  handler: 'src/handler.ts',
  feed: 'src/bridge-feed.ts',
  'rss-parser': 'src/bridge-rss-parser.ts',
}

/**
 * What reads HTML and Markdown, bundled. Cheerio asks for older versions of what it stands on, and so for a second table of entities: `overrides` in package.json, which
 * count where the package is made and not where it is installed, give it the versions that everything else has. What stands in {@link leftOut} is not needed.
 */
export const bundled = ['cheerio', 'htmlparser2', 'markdown-it']

/**
 * Modules of what is bundled that nothing here calls, by the name under which they are asked for, and what stands in their place. Cheerio only selects: it changes and
 * writes nothing. markdown-it finds no bare addresses and changes none: `src/post/` has rules of its own. A call would fail at once, in any test that reads dist/.
 */
const leftOut: Readonly<Record<string, string>> = {
  './api/attributes.js': '',
  './api/css.js': '',
  './api/extract.js': '',
  './api/forms.js': '',
  './api/manipulation.js': '',
  'dom-serializer': 'export default undefined',
  'linkify-it': 'export class LinkifyIt {}',
  mdurl: 'export let decode, encode, format, parse',
  'punycode.js': 'export default undefined',
}

const leaveOut = {
  name: 'leave-out',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, importer }) =>
      Object.hasOwn(leftOut, path) && /node_modules/.test(importer) ? { path, namespace: 'left-out', sideEffects: false } : undefined,
    )
    build.onLoad({ filter: /./, namespace: 'left-out' }, ({ path }) => ({ contents: leftOut[path] ?? '' }))
  },
} satisfies NonNullable<Options['esbuildPlugins']>[number]

export default defineConfig([
  {
    entry: { ...library, cli: 'src/cli/main.ts' },
    format: 'esm',
    target: 'node20',
    splitting: true,
    clean: false,
    noExternal: bundled,
    esbuildPlugins: [leaveOut],
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
    noExternal: ['p-limit', 'yocto-queue', 'feed', 'domhandler', 'entities', ...bundled],
    esbuildPlugins: [leaveOut],
    // scripts/build.mjs makes the .d.cts of the .d.ts: the same text, made once.
  },
])
