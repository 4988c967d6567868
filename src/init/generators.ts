import type { DiscoveryLink } from '../feed/autodiscovery.js'
import { quote } from './quote.js'

/** A site generator as `init` knows it. Paths are relative to the folder of the site. */
export interface Generator {
  name: string
  /** Files that only this one has; the first that is there is read for the site's title, address, language and zone. */
  configs: readonly string[]
  /** Packages that mean it, in `dependencies` or `devDependencies`. */
  packages: readonly string[]
  /** Folders in which its posts stand, likeliest first; those of a list are one place. */
  content: readonly (string | readonly string[])[]
  /** Forms of names, of files and folders, of which it makes no pages. */
  unpublished?: readonly string[]
  /** Where feeds are written, so that they are published under `/feeds/`. */
  output: string
  /** Whether feeds are written before the site is built (its tool copies the folder) or after (its tool makes the folder). */
  writes: 'before' | 'after'
  /** Address of a post where the site's own config gives none, as it would be written there, or as a pattern of `weekly({ url })`; `:folder` is the path of its folder below the content. */
  permalink: string
  /** Address of a post whose front matter states a `slug`, where that is no matter of `permalink`. */
  ownPermalink?: string
  /** Keys of a front matter that state the whole address of a post. */
  ownAddress?: readonly ('url' | 'permalink')[]
  /** The rule by which names of files become addresses, as placeholders begin with it. */
  spelling?: 'lower' | 'github'
  /** Whether folders are in small letters as well. */
  lowersFolders?: true
  /** The key of the site's config that names the folder above that of the feeds, where it is not the usual one. */
  folderKey?: 'output' | 'public_dir' | 'publicDir' | 'staticDir' | 'docs_dir'
  /** The key of the site's config for the folder that it puts before links and pictures from the root. */
  baseKey?: 'base' | 'baseUrl' | 'root'
  /** Whether it publishes pictures that lie beside posts under names of its own making. */
  renamesPictures?: true
  /** Files in which sites made with it keep their title and address, where the config only names these. */
  constants?: readonly string[]
  /** Where the autodiscovery tags go. */
  head: string
  /** How they are written there, where it is not HTML. */
  writeTag?: (link: DiscoveryLink) => string
  /** The plugin by which its own build makes the feeds: what is imported of it, and where it goes. */
  plugin?: { from: string; use: string; goesInto: string }
}

/** `{ rel: 'alternate', … }` */
function writeObject(link: DiscoveryLink): string {
  return `{ ${Object.entries(link)
    .map(([name, value]) => `${name}: ${quote(value)}`)
    .join(', ')} }`
}

const writePair = (link: DiscoveryLink): string => `['link', ${writeObject(link)}],`

/** The config of VitePress or VuePress may be split in a folder, mostly by language. */
function configsIn(name: string, endings: readonly string[]): string[] {
  return ['', 'docs/', 'src/'].flatMap(above =>
    ['config', 'config/index'].flatMap(file => endings.map(end => `${above}${name}/${file}.${end}`)),
  )
}

/** Asked in this order: VuePress and VitePress before those whose files are less telling. */
export const generators: readonly Generator[] = [
  {
    name: 'VitePress',
    configs: configsIn('.vitepress', ['mts', 'ts', 'mjs', 'js']),
    packages: ['vitepress'],
    content: ['.'],
    output: 'public/feeds',
    baseKey: 'base',
    renamesPictures: true,
    writes: 'before',
    permalink: '/:folder/:name.html',
    head: 'the list `head` of .vitepress/config',
    writeTag: writePair,
    plugin: { from: 'weekloom/vite', use: 'vite: { plugins: [weekloom()] }', goesInto: '.vitepress/config' },
  },
  {
    name: 'VuePress',
    configs: configsIn('.vuepress', ['ts', 'mts', 'js', 'cjs', 'mjs']),
    packages: ['vuepress', '@vuepress/cli'],
    content: ['.'],
    output: '.vuepress/public/feeds',
    baseKey: 'base',
    renamesPictures: true,
    writes: 'before',
    permalink: '/:folder/:name.html',
    ownAddress: ['permalink'],
    head: 'the list `head` of .vuepress/config',
    writeTag: writePair,
  },
  {
    name: 'Astro',
    configs: ['astro.config.mjs', 'astro.config.ts', 'astro.config.js', 'astro.config.mts'],
    packages: ['astro'],
    content: ['src/content', 'src/data', 'src/pages', 'content'],
    unpublished: ['_*'],
    output: 'public/feeds',
    renamesPictures: true,
    writes: 'before',
    permalink: '/:folder/:slug/',
    ownPermalink: '/:collection/:ownslug/',
    spelling: 'github',
    folderKey: 'publicDir',
    constants: ['config', 'consts', 'constants', 'site.config', 'site-config', 'site'].flatMap(name =>
      ['ts', 'js', 'mjs'].map(end => `src/${name}.${end}`),
    ),
    head: 'the <head> of your layout (src/components/BaseHead.astro or src/layouts/)',
    plugin: { from: 'weekloom/astro', use: 'integrations: [weekloom()]', goesInto: 'astro.config' },
  },
  {
    name: 'Docusaurus',
    configs: ['docusaurus.config.ts', 'docusaurus.config.js', 'docusaurus.config.mjs', 'docusaurus.config.mts'],
    packages: ['@docusaurus/core'],
    content: [['blog', 'i18n/*/docusaurus-plugin-content-blog'], ['docs', 'i18n/*/docusaurus-plugin-content-docs/current'], '.'],
    unpublished: ['_*'],
    output: 'static/feeds',
    baseKey: 'baseUrl',
    renamesPictures: true,
    writes: 'before',
    permalink: '/:folder/:pathdate/:below/:undatedpath',
    ownPermalink: '/:folder/:ownslug',
    head: 'the list `headTags` of docusaurus.config',
    writeTag: link => `{ tagName: 'link', attributes: ${writeObject(link)} },`,
  },
  {
    name: 'Hexo',
    configs: ['_config.yml'],
    packages: ['hexo'],
    content: ['source/_posts'],
    unpublished: ['_drafts', '_*.*'],
    output: 'public/feeds',
    folderKey: 'public_dir',
    baseKey: 'root',
    writes: 'after',
    permalink: '/:year/:month/:day/:title/',
    ownAddress: ['permalink'],
    head: 'the <head> of your theme (layout/_partial/head)',
  },
  {
    name: 'Eleventy',
    configs: ['eleventy.config.js', 'eleventy.config.mjs', 'eleventy.config.cjs', '.eleventy.js', 'eleventy.config.ts'],
    packages: ['@11ty/eleventy'],
    content: ['content', 'src', 'posts', '.'],
    unpublished: ['_includes', '_layouts', '_data'],
    output: '_site/feeds',
    folderKey: 'output',
    writes: 'after',
    permalink: '/:folder/:slug/',
    ownAddress: ['permalink'],
    head: 'the <head> of your base layout (_includes/)',
  },
  {
    name: 'MkDocs',
    configs: ['mkdocs.yml', 'mkdocs.yaml'],
    packages: [],
    content: ['docs'],
    output: 'docs/feeds',
    folderKey: 'docs_dir',
    writes: 'before',
    permalink: '/:folder/:slug/',
    head: 'the block `extrahead` of overrides/main.html',
  },
  {
    name: 'Zola',
    configs: ['zola.toml', 'config.toml'],
    packages: [],
    content: ['content'],
    output: 'static/feeds',
    writes: 'before',
    permalink: '/:folder/:name/',
    ownPermalink: '/:folder/:ownslug/',
    spelling: 'lower',
    head: 'the <head> of your base template (templates/base.html)',
  },
  {
    name: 'Hugo',
    configs: [
      'hugo.toml',
      'hugo.yaml',
      'hugo.yml',
      'hugo.json',
      ...['toml', 'yaml', 'yml', 'json'].map(end => `config/_default/hugo.${end}`),
      ...['toml', 'yaml', 'yml', 'json'].map(end => `config/_default/config.${end}`),
      'config.toml',
      'config.yaml',
      'config.yml',
      'config.json',
    ],
    packages: ['hugo-bin', 'hugo-extended'],
    content: ['content'],
    output: 'static/feeds',
    writes: 'before',
    permalink: '/:folder/:slugorfilename/',
    ownAddress: ['url'],
    spelling: 'lower',
    lowersFolders: true,
    folderKey: 'staticDir',
    head: 'the <head> of your theme (layouts/partials/head.html)',
  },
  {
    name: 'Jekyll',
    configs: ['_config.yml', '_config.yaml', '_config.toml'],
    packages: [],
    content: ['_posts', '.'],
    unpublished: ['_drafts', '_includes', '_layouts', '_*.*'],
    output: 'feeds',
    writes: 'before',
    permalink: 'date',
    ownAddress: ['permalink'],
    head: 'the <head> of your layout (_includes/head.html)',
  },
]

/** A folder of Markdown that no known generator builds. */
export const plainFolder: Generator = {
  name: 'no site generator',
  configs: [],
  packages: [],
  content: ['content', 'posts', 'blog', 'docs', '.'],
  output: 'public/feeds',
  writes: 'before',
  permalink: '/:folder/:slug/',
  head: 'the <head> of your pages',
}

/** The same in a repository on GitHub: readers are sent to the files as they are shown there, and the feeds are had from there too. */
export const repositoryOnGitHub: Generator = {
  ...plainFolder,
  output: 'feeds',
  permalink: '/blob/HEAD/:folder/:slug.md',
  head: 'the README of the repository',
  writeTag: ({ title, href }) => `- [${title}](${href})`,
}

/** Whether no known generator builds it. */
export function isPlain({ configs }: Generator): boolean {
  return configs.length === 0
}
