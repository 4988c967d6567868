import { readFile } from 'node:fs/promises'
import { defineConfig, type Options } from 'tsup'

/** Entry points for people who import the package; the command stands apart, since it is never required. */
const library = {
  index: 'src/index.ts',
  core: 'src/core.ts',
  handler: 'src/handler.ts',
  feed: 'src/bridge-feed.ts',
  'rss-parser': 'src/bridge-rss-parser.ts',
}

/** Plugins for site tools. */
const plugins = {
  vite: 'src/integrations/vite.ts',
  rollup: 'src/integrations/rollup.ts',
  webpack: 'src/integrations/webpack.ts',
  esbuild: 'src/integrations/esbuild.ts',
  astro: 'src/integrations/astro.ts',
}

/**
 * Where the library is cut into files beside its entry points. Bundlers leave out files of which nothing is wanted, but hardly parts of one, so who imports a function that
 * stands here, or any that needs none of these, gets little more than that.
 */
const cuts = {
  'parts/albums': 'src/wechat/parse-album.ts',
  'parts/articles': 'src/article/extract-article.ts',
  'parts/entries': 'src/entry/to-entries.ts',
  'parts/feeds': 'src/feed/parse-feed.ts',
  'parts/html': 'src/text/html.ts',
  'parts/links': 'src/links/link-kind.ts',
  'parts/opml': 'src/feed/parse-opml.ts',
  'parts/plugins': 'src/integrations/plugin-steps.ts',
  'parts/posts': 'src/post/parse-post.ts',
  'parts/present': 'src/entry/present-entry.ts',
  'parts/select': 'src/article/site-extractor.ts',
}

/**
 * What reads HTML, Markdown and TOML, bundled, and what checks options: finding and opening their files took a quarter of the time of a small build. Cheerio asks for older versions of what it
 * stands on, and so for a second table of entities: `overrides` in package.json, which count where the package is made and not where it is installed, give it the versions
 * that everything else has. What stands in {@link leftOut} is not needed.
 */
export const bundled = ['cheerio', 'entities', 'htmlparser2', 'js-yaml', 'markdown-it', 'smol-toml', 'zod']

/**
 * Modules of what is bundled that nothing here calls, by the name under which they are asked for, and what stands in their place. Cheerio only selects, by names, attributes and `:not()`: it changes and
 * writes nothing. markdown-it finds no bare addresses and changes none: `src/post/` has rules of its own. A call would fail at once, in any test that reads dist/.
 */
const leftOut: Readonly<Record<string, string>> = {
  './aliases.js': 'export let aliases = {}',
  './api/attributes.js': '',
  './api/css.js': '',
  './api/extract.js': '',
  './api/forms.js': '',
  './api/manipulation.js': '',
  './feeds.js': 'export let getFeed',
  './filters.js': 'export let filters = {}',
  './legacy.js': '',
  './api/traversing.js': `export { _findBySelector, children, find, get, toArray } from './api/traversing.js'`,
  './static.js': `export { contains, merge } from './static.js'`,
  'dom-serializer': 'export default undefined',
  'linkify-it': 'export class LinkifyIt {}',
  mdurl: 'export let decode, encode, format, parse',
  'punycode.js': 'export default undefined',
  // What it lists, engines know.
  'uc.micro': String.raw`export const P = /\p{P}/u; export const S = /\p{S}/u`,
}

/**
 * The same for packages that are one file, in which each module stands between `//#region` and `//#endregion`: of js-yaml these modules only, of markdown-it all but
 * these, which make quotation marks, signs and links of bare text.
 */
const narrowed: Readonly<Record<string, { only: boolean; modules: readonly string[] }>> = {
  'js-yaml': { only: true, modules: ['common/exception', 'common/snippet', 'parser/events', 'parser/parser', 'parser/parser_scalar'] },
  'markdown-it': {
    only: false,
    modules: ['rules_core/linkify', 'rules_core/replacements', 'rules_core/smartquotes', 'rules_inline/autolink', 'rules_inline/linkify'],
  },
}

/** Functions of what is not needed stay by name and do nothing, so that bundlers can drop them. Throws when a module has another name in a new version. */
function narrow(name: string, text: string): string {
  const { only = false, modules = [] } = narrowed[name] ?? {}
  const found = new Set<string>()
  const narrower = text.replace(
    /^\/\/#region (?:src\/)?(\S+?)(?:\.ts)?\n([\s\S]*?)^\/\/#endregion$/gm,
    (whole, module: string, code: string) => {
      const isListed = modules.includes(module)
      if (isListed) found.add(module)
      if (isListed === only) return whole
      return [...code.matchAll(/^(?:var|let|const|class|function) ([\w$]+)/gm)]
        .map(([, declared]) => `function ${declared}() {}`)
        .join('\n')
    },
  )
  if (found.size < modules.length) throw new Error(`${name} is made of other modules than it was: look again at what is needed of it.`)
  return narrower
}

const leaveOut = {
  name: 'leave-out',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, importer, resolveDir }) =>
      Object.hasOwn(leftOut, path) && /node_modules/.test(importer)
        ? { path, namespace: 'left-out', sideEffects: false, pluginData: resolveDir }
        : undefined,
    )
    // What stands in for a module may take some of it: its own imports are resolved as anywhere.
    build.onLoad({ filter: /./, namespace: 'left-out' }, ({ path, pluginData }) => ({
      contents: leftOut[path] ?? '',
      resolveDir: String(pluginData),
    }))
    build.onLoad({ filter: /cheerio[\\/]dist[\\/]esm[\\/]api[\\/]traversing\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/= (?=_\w*[mM]atcher\()/g, '= /* @__PURE__ */ '),
    }))
    // What reads configs of sites needs the whole of it.
    build.onResolve({ filter: /^js-yaml$/ }, ({ path, importer }) =>
      /read-yaml\.ts$/.test(importer) ? undefined : { path, external: true },
    )
    build.onLoad({ filter: /node_modules[\\/](?:js-yaml|markdown-it)[\\/]dist[\\/][\w-]+\.mjs$/ }, async ({ path }) => ({
      contents: narrow(/js-yaml|markdown-it/.exec(path)?.[0] ?? '', await readFile(path, 'utf8')),
    }))
  },
} satisfies NonNullable<Options['esbuildPlugins']>[number]

/** In CommonJS, plugins load what they stand on as ESM: it asks where it stands, which only that knows. */
const stepsAsEsm = {
  name: 'steps-as-esm',
  setup(build) {
    build.onResolve({ filter: /\/plugin-steps\.js$/ }, () => ({ path: './parts/plugins.js', external: true }))
  },
} satisfies NonNullable<Options['esbuildPlugins']>[number]

export default defineConfig([
  {
    entry: { ...library, ...plugins, ...cuts, cli: 'src/cli/main.ts' },
    format: 'esm',
    target: 'node20',
    splitting: true,
    clean: false,
    noExternal: bundled,
    esbuildPlugins: [leaveOut],
    metafile: true,
    // tsup sets baseUrl for declarations, which TypeScript 6 calls deprecated.
    dts: { entry: { ...library, ...plugins }, compilerOptions: { ignoreDeprecations: '6.0' } },
  },
  {
    entry: { ...library, ...plugins },
    format: 'cjs',
    target: 'node20',
    splitting: true,
    clean: false,
    metafile: true,
    // Packages that are ESM only would fail where require() of ESM is off (Jest, loaders that patch require).
    noExternal: ['p-limit', 'yocto-queue', 'feed', ...bundled],
    esbuildPlugins: [stepsAsEsm, leaveOut],
    // scripts/build.mjs makes the .d.cts of the .d.ts: the same text, made once.
  },
])
