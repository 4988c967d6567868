import { autodiscoveryTags, discoveryLinks } from '../feed/autodiscovery.js'
import type { DetectedSite } from './detect-site.js'
import type { Generator } from './generators.js'
import type { Setup } from './propose-setup.js'
import { quote } from './quote.js'
import { writeWorkflow } from './workflow.js'
import type { Workspace } from './workspace.js'

/** A file that `init` writes: the whole of it, or lines that are added to what is there. */
export interface SetupFile {
  /** Below the folder of the site, with `/`. */
  path: string
  text: string
  /** Lines of `text` that are not there yet are added at the end; without it the file must not exist. */
  isAdded?: true
  /** A file of that name that is there already is left as it is. */
  isKept?: true
}

/** All files of a setup. */
export function makeSetupFiles(
  setup: Setup,
  site: DetectedSite,
  { workflow, workspace }: { workflow: boolean; workspace: Workspace },
): SetupFile[] {
  const above = workspace.below.replace(/[^/]+\//g, '../')
  return [
    { path: 'weekloom.config.ts', text: writeConfigText(setup) },
    // The store says by itself what of it is no matter for git.
    { path: '.gitignore', text: 'node_modules/\n', isAdded: true },
    ...(workflow
      ? [{ path: `${above}.github/workflows/weekloom.yml`, text: writeWorkflow(setup, site, workspace), isKept: true as const }]
      : []),
  ]
}

/** The config file: what was asked, each key with a word on what else it can be. */
export function writeConfigText(setup: Setup): string {
  const { title, url, description, language, timeZone, weeklies, ways, titles, output, baseUrl, fullText, images, robots, limit } = setup
  const oneOrMore = (texts: readonly string[]) => (texts.length === 1 ? quote(texts[0] ?? '') : `[${texts.map(quote).join(', ')}]`)
  const further = Object.entries(ways ?? {}).map(([key, value]) => `, ${key}: ${quote(value)}`)
  const sources = weeklies.map(
    ({ patterns, permalinks }) => `weekly(${oneOrMore(patterns)}, { url: ${oneOrMore(permalinks)}${further.join('')} })`,
  )
  const lines = [
    "import { defineConfig, weekly } from 'weekloom'",
    '',
    'export default defineConfig({',
    '  site: {',
    `    title: ${quote(title)},`,
    '    // Ids are built on this address: it should never change.',
    `    url: ${quote(url)},`,
    ...(description === undefined ? [] : [`    description: ${quote(description)},`]),
    `    language: ${quote(language)},`,
    `    timeZone: ${quote(timeZone)},`,
    '  },',
    '  // An issue is known by its address: check that this is where your site publishes it.',
    ...(weeklies.some(({ permalinks }) => permalinks.length > 1)
      ? ['  // Of a list the first counts that the issue can fill: `:own…` stands for what its front matter states.']
      : []),
    ...(sources.length === 1 ? [`  sources: [${sources[0]}],`] : ['  sources: [', ...sources.map(each => `    ${each},`), '  ],']),
    ...(titles === undefined
      ? []
      : ['  // Posts of other titles are no issues.', `  onPost: post => (/${titles}/.test(post.title) ? post : null),`]),
    ...(limit === undefined
      ? ["  feeds: { feed: {}, issues: { of: 'issues' }, articles: { of: 'articles' } },"]
      : [
          '  // As many as the feed before it had: subscribers would get older ones as new.',
          `  feeds: { feed: { limit: ${limit} }, issues: { of: 'issues', limit: ${limit} }, articles: { of: 'articles' } },`,
        ]),
    `  output: ${quote(output)},`,
    `  baseUrl: ${quote(baseUrl)},`,
    "  // Accounts whose articles may be shown whole, by name: ['Example']; true for all. Others show a short summary.",
    `  fullText: ${typeof fullText === 'boolean' ? fullText : `[${fullText.map(quote).join(', ')}]`},`,
    "  // 'copy' puts copies of the pictures beside the feeds: WeChat refuses pictures to many readers.",
    `  images: ${quote(images)},`,
    ...(robots === 'ignore' ? ["  fetch: { robots: { 'mp.weixin.qq.com': 'ignore' } },"] : []),
    '})',
  ]
  return `${lines.join('\n')}\n`
}

/** Tags for the head of the site's pages, by which feed readers find the feeds, as the place that they go to has them written. */
export function writeDiscoveryTags({ title, baseUrl }: Pick<Setup, 'title' | 'baseUrl'>, { writeTag }: Generator): string {
  const feed = { info: { title, feedUrl: baseUrl } }
  return writeTag === undefined ? autodiscoveryTags(feed) : `${discoveryLinks(feed).map(writeTag).join('\n')}\n`
}
