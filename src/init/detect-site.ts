import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Generator, generators, plainFolder } from './generators.js'
import { readSiteConfig, type SiteConfig } from './site-config.js'

/** The site that a folder holds. */
export interface DetectedSite {
  generator: Generator
  /** What gave it away, for people. */
  evidence: string
  /** Folder of the site below the working folder, with a closing slash; empty for that folder itself (VitePress and VuePress often stand in `docs/`). */
  root: string
  config: SiteConfig
}

const nothing: SiteConfig = { permalinks: {}, flags: {} }

/** Finds out which generator builds the site in a folder, by its config and its packages. Nothing of the site is run. */
export function detectSite(cwd: string): DetectedSite {
  const packages = readPackages(cwd)
  for (const generator of generators) {
    const found = generator.configs.find(path => existsSync(join(cwd, path)) && isConfigOf(generator, path, cwd, packages))
    if (found === undefined && !generator.packages.some(name => packages.has(name))) continue
    const config = found === undefined ? nothing : readSiteConfig(readFileSync(join(cwd, found), 'utf8'), found)
    const evidence = found ?? `package.json names ${generator.packages.find(name => packages.has(name))}`
    return { generator, evidence, root: rootOf(found), config: withAddress(config, cwd) }
  }
  return { generator: plainFolder, evidence: 'no config of a known one was found', root: '', config: withAddress(nothing, cwd) }
}

/** `_config.yml` is Hexo's and Jekyll's, `config.toml` many a tool's: there the folders beside it decide. */
function isConfigOf({ name }: Generator, path: string, cwd: string, packages: ReadonlySet<string>): boolean {
  if (name === 'Hexo') return packages.has('hexo') || existsSync(join(cwd, 'source/_posts')) || existsSync(join(cwd, 'scaffolds'))
  if (name === 'Hugo' && /^config\./.test(path)) return existsSync(join(cwd, 'content'))
  return true
}

/** `docs/.vitepress/config.mts` → `docs/`. */
function rootOf(config = ''): string {
  return /^(.*?)\.(?:vitepress|vuepress)\//.exec(config)?.[1] ?? ''
}

function readPackages(cwd: string): Set<string> {
  const { dependencies, devDependencies } = readJson(join(cwd, 'package.json'))
  return new Set([dependencies, devDependencies].flatMap(names => (typeof names === 'object' && names !== null ? Object.keys(names) : [])))
}

/** Where the site's config names no address: CNAME of GitHub Pages, the package's home page, the pages of a repository on GitHub. */
function withAddress(config: SiteConfig, cwd: string): SiteConfig {
  if (config.url !== undefined) return config
  const host = ['CNAME', 'static/CNAME', 'public/CNAME', 'source/CNAME']
    .map(path => readText(join(cwd, path)).trim())
    .find(text => /^[\w.-]+$/.test(text))
  const homepage = readJson(join(cwd, 'package.json'))['homepage']
  const [, owner, name] = /github\.com[:/]([\w.-]+)\/([\w.-]+?)(?:\.git)?\s/.exec(readText(join(cwd, '.git/config'))) ?? []
  const pages =
    owner &&
    name &&
    `https://${owner.toLowerCase()}.github.io/${name.toLowerCase() === `${owner.toLowerCase()}.github.io` ? '' : `${name}/`}`
  const url = host ? `https://${host}/` : typeof homepage === 'string' && /^https?:\/\/(?!github\.com)/.test(homepage) ? homepage : pages
  return url === undefined || url === '' ? config : { ...config, url }
}

function readJson(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(readText(path))
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
  } catch {
    return {}
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
