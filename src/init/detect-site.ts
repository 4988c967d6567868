import { existsSync, readdirSync } from 'node:fs'
import { dirname, join, parse, posix, sep } from 'node:path'
import { type Generator, generators, plainFolder, repositoryOnGitHub } from './generators.js'
import { literalIn, withoutComments } from './read-script.js'
import { readText } from './read-text.js'
import { readConfigTable, readConstants, readSiteConfig, type SiteConfig, tableOf } from './site-config.js'

/** The site that a folder holds. */
export interface DetectedSite {
  generator: Generator
  /** What gave it away, for people. */
  evidence: string
  /** Folder of the site below the working folder, with a closing slash; empty for that folder itself (VitePress and VuePress often stand in `docs/`). */
  root: string
  config: SiteConfig
  /** Absolute address under which files of this folder are had, where the site does not publish them. */
  files?: string
  /** Those of the folders of a post that are sections of a Hugo site: the first, and each that holds an `_index.md`. */
  sectionsOf: (steps: readonly string[]) => readonly string[]
  /** Folders below the pages of an Astro site that make a page of each post: `blog` for `src/pages/blog/[...slug].astro`. */
  routes: readonly string[]
  /** The permalink that a file beside the posts of a folder of an Eleventy site states for them. */
  permalinkIn?: (folder: string) => string | undefined
}

const nothing: SiteConfig = { permalinks: {}, texts: {}, flags: {}, rewrites: [], languages: [] }

/** Finds out which generator builds the site in a folder, by its config and its packages. Nothing of the site is run. */
export function detectSite(cwd: string): DetectedSite {
  const packages = readPackages(cwd)
  for (const generator of generators) {
    const found = generator.configs.find(path => existsSync(join(cwd, path)) && isConfigOf(generator, path, cwd, packages))
    if (found === undefined && !generator.packages.some(name => packages.has(name))) continue
    const config = found === undefined ? nothing : readSiteConfig(readText(join(cwd, found)), found, configParts(cwd, found))
    const evidence = found ?? `package.json names ${generator.packages.find(name => packages.has(name))}`
    return {
      generator,
      evidence,
      root: rootOf(found),
      config: withAddress(withConstants(config, generator, cwd), cwd),
      sectionsOf: steps => sectionsIn(steps, config, cwd),
      routes: generator.name === 'Astro' ? routesIn(cwd) : [],
      ...(generator.name === 'Eleventy' ? { permalinkIn: (folder: string) => permalinkIn(cwd, folder) } : {}),
    }
  }
  return plainSite(cwd)
}

/** Markdown alone: in a repository on GitHub, unless pages of its own are known, the files as GitHub shows them. */
function plainSite(cwd: string): DetectedSite {
  const readme = titleOfReadme(cwd)
  const titled = readme === undefined ? nothing : { ...nothing, title: readme }
  const plain = { evidence: 'no config of a known one was found', root: '', sectionsOf: (steps: readonly string[]) => steps, routes: [] }
  const own = ownAddress(cwd)
  const repository = repositoryOf(cwd)
  if (own === undefined && repository !== undefined) {
    const { owner, name } = repository
    return {
      ...plain,
      generator: repositoryOnGitHub,
      evidence: `${plain.evidence}: issues are linked as GitHub shows their files`,
      config: { ...titled, url: `https://github.com/${owner}/${name}/` },
      files: `https://raw.githubusercontent.com/${owner}/${name}/HEAD/`,
    }
  }
  return { ...plain, generator: plainFolder, config: own === undefined ? titled : { ...titled, url: own } }
}

/** The first heading of README.md, in Markdown or HTML, where it says more than what the repository is called. */
function titleOfReadme(cwd: string): string | undefined {
  // What is a comment in code looks like a heading.
  const text = readText(join(cwd, 'README.md'))
    .slice(0, 5000)
    .replace(/^```[\s\S]*?^```/gm, '')
  const [, marked, underlined, html = ''] =
    /^# (.{1,300})$|^(.{1,300})\r?\n=+[ \t]{0,9}$|<h1\b[^<>]{0,300}>([\s\S]{1,300}?)<\/h1>/im.exec(text) ?? []
  const title = (marked ?? underlined ?? html)
    .replace(/<[^<>]{0,300}>/g, '')
    .replace(/!?\[([^[\]]{0,100})\]\([^()]{0,300}\)/g, '$1')
    .replace(/\s{1,300}/g, ' ')
    .trim()
  return title === '' || title.length > 40 || title.toLowerCase() === repositoryOf(cwd)?.name.toLowerCase() ? undefined : title
}

function withConstants(config: SiteConfig, { constants = [] }: Generator, cwd: string): SiteConfig {
  if (config.url !== undefined && config.title !== undefined) return config
  const text = constants.map(path => readText(join(cwd, path))).find(text => text !== '')
  return text === undefined ? config : { ...readConstants(text), ...config }
}

/** `languages.toml` beside `config/_default/hugo.toml` is the table of that name. */
function configParts(cwd: string, found: string): Record<string, unknown> {
  if (!found.startsWith('config/_default/')) return {}
  const folder = join(cwd, dirname(found))
  const files = readdirSync(folder).filter(file => /^(?:languages|permalinks|params)\.(?:toml|ya?ml|json)$/.test(file))
  return Object.fromEntries(files.map(file => [parse(file).name, readConfigTable(readText(join(folder, file)), file) ?? {}]))
}

function sectionsIn(steps: readonly string[], config: SiteConfig, cwd: string): string[] {
  const bases = [...config.languages.map(({ contentFolder }) => contentFolder), config.contentFolder, 'content'].filter(
    base => base !== undefined,
  )
  const hasIndex = (folder: string) => existsSync(folder) && readdirSync(folder).some(file => /^_index\./.test(file))
  return steps.filter((_, at) => at === 0 || bases.some(base => hasIndex(join(cwd, base, ...steps.slice(0, at + 1)))))
}

/** `_config.yml` is Hexo's and Jekyll's, `config.toml` many a tool's: there the folders beside it decide. */
function isConfigOf({ name }: Generator, path: string, cwd: string, packages: ReadonlySet<string>): boolean {
  if (name === 'Hexo') return packages.has('hexo') || existsSync(join(cwd, 'source/_posts')) || existsSync(join(cwd, 'scaffolds'))
  if (name === 'Zola') return /^base_url\s*=/m.test(readText(join(cwd, path)))
  if (name === 'Hugo' && /^config\./.test(path)) return existsSync(join(cwd, 'content'))
  return true
}

function routesIn(cwd: string): string[] {
  const pages = join(cwd, 'src/pages')
  if (!existsSync(pages)) return []
  const files = readdirSync(pages, { recursive: true, encoding: 'utf8' }).map(file => file.split(sep).join('/'))
  return files.flatMap(file => /^(.+)\/\[(?:\.{3})?(?:slug|id|post|name|path)\](?:\/index)?\.astro$/.exec(file)?.[1] ?? [])
}

const dataEndings = ['json', '11tydata.json', '11tydata.js', '11tydata.mjs', '11tydata.cjs']

/** The permalink that Eleventy takes for the posts of a folder from a file called like it, or like one above: `weekly/weekly.json`. Code is read as text. */
function permalinkIn(cwd: string, folder: string): string | undefined {
  for (let above = folder; above !== '.'; above = posix.dirname(above)) {
    const files = dataEndings.map(ending => join(cwd, above, `${posix.basename(above)}.${ending}`))
    const permalink = files.map(file => literalIn(withoutComments(readText(file)), 'permalink')).find(text => text !== undefined)
    if (permalink !== undefined) return permalink
  }
  return undefined
}

/** `docs/.vitepress/config.mts` → `docs/`. */
function rootOf(config = ''): string {
  return /^(.*?)\.(?:vitepress|vuepress)\//.exec(config)?.[1] ?? ''
}

function readManifest(cwd: string): Readonly<Record<string, unknown>> {
  return readConfigTable(readText(join(cwd, 'package.json')), 'package.json') ?? {}
}

function readPackages(cwd: string): Set<string> {
  const { dependencies, devDependencies } = readManifest(cwd)
  return new Set(Object.keys({ ...tableOf(dependencies), ...tableOf(devDependencies) }))
}

/** Where the site's config names no address: its own, or the pages of a repository on GitHub. */
function withAddress(config: SiteConfig, cwd: string): SiteConfig {
  if (config.url !== undefined) return config
  const url = ownAddress(cwd) ?? pagesOf(repositoryOf(cwd))
  return url === undefined ? config : { ...config, url }
}

/** CNAME of GitHub Pages, the package's home page, a repository that is called like a domain. */
function ownAddress(cwd: string): string | undefined {
  const host = ['CNAME', 'static/CNAME', 'public/CNAME', 'source/CNAME', 'docs/CNAME']
    .map(path => readText(join(cwd, path)).trim())
    .find(text => /^[\w.-]+$/.test(text))
  if (host !== undefined) return `https://${host}/`
  const homepage = readManifest(cwd)['homepage']
  if (typeof homepage === 'string' && /^https?:\/\/(?!github\.com)/.test(homepage)) return homepage
  const { name = '' } = repositoryOf(cwd) ?? {}
  return domain.test(name) ? `https://${name.toLowerCase()}/` : undefined
}

// `owner.github.io` is the pages of an owner, found by their rule.
const domain = /^(?!.*\.github\.(?:io|com)$)(?:[a-z\d-]{1,63}\.){1,3}(?:com|org|net|io|dev|cn|tech|app|me|info|site|blog|top|xyz|fun|cc)$/i

/** The repository on GitHub that a folder is a copy of. */
function repositoryOf(cwd: string): { owner: string; name: string } | undefined {
  const [, owner, name] = /github\.com[:/]([\w.-]+)\/([\w.-]+?)(?:\.git)?\s/.exec(readText(join(cwd, '.git/config'))) ?? []
  return owner && name ? { owner, name } : undefined
}

function pagesOf(repository: { owner: string; name: string } | undefined): string | undefined {
  if (repository === undefined) return undefined
  const owner = repository.owner.toLowerCase()
  return `https://${owner}.github.io/${repository.name.toLowerCase() === `${owner}.github.io` ? '' : `${repository.name}/`}`
}
