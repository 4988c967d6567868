import { WeekloomError } from '../problems.js'
import { explainPermalink, placeholder } from '../sources/permalink.js'
import { explainZone } from '../text/explain-zone.js'
import { explainLanguage, isLanguageTag } from '../text/language.js'
import { isTimeZone } from '../text/zone.js'
import { homePage, notAHomePage } from './home-page.js'
import { type Setup, shorten } from './propose-setup.js'
import type { WeeklySetup } from './propose-weeklies.js'

/** Says why an answer cannot be; nothing where it can. */
export type Refuse = (answer: string) => string | undefined | Promise<string | undefined>

/** Puts a question; gives the answer, or the proposal. */
export type Ask = (question: string, proposal: string, refuse?: Refuse) => Promise<string>

/** What the questions are put with. */
export interface Asking {
  ask: Ask
  /** The files that patterns find which are posts. */
  findPosts: (patterns: readonly string[]) => Promise<readonly string[]>
  /** Whether a workflow may be written. */
  workflow: boolean
  /** That of the repository. */
  host?: string | undefined
}

/** Goes through what was proposed, and what nobody can find out: rights, pictures, robots. Throws a `WeekloomError` when the address of the site is not known. */
export async function askSetup(
  proposed: Setup,
  { ask: put, findPosts, workflow, host = 'github.com' }: Asking,
): Promise<{ setup: Setup; workflow: boolean }> {
  // What the command line says is refused like an answer, where nobody can be asked again.
  const ask: Ask = async (question, proposal, refuse) => {
    const answer = await put(question, proposal, refuse)
    const objection = await refuse?.(answer)
    // A password is shown to nobody.
    const shown = JSON.stringify(answer.replace(/\/\/[^/]*@/, '//…@'))
    if (objection !== undefined)
      throw new WeekloomError(`${question}: ${answer === '' ? 'none is known' : `${shown} cannot be`}.`, objection)
    return answer
  }
  const url = homePage(await ask('Home page of the site', proposed.url, notAHomePage))
  const title = await ask('Name of the site', proposed.title)
  const { titles, ...others } = proposed
  const known = proposed.weeklies.flatMap(({ patterns }) => patterns).join(', ')
  const notFound: Refuse = async text =>
    text === known || (await findPosts(listOf(text))).length > 0
      ? undefined
      : `No post matches ${text}; found were ${shorten(await findPosts(proposed.weeklies.flatMap(({ patterns }) => patterns)))}.`
  const notOneFor = async (patterns: readonly string[], text: string) => {
    const same = listOf(text).find(pattern => pattern.search(placeholder) < 0)
    const { length } = same === undefined ? [] : await findPosts(patterns)
    return length > 1 ? `All ${length} issues would be at ${same}: a pattern holds what differs, e.g. /blog/:slug/` : undefined
  }
  const named = await ask('Posts of the weekly, as patterns', known, notFound)
  // Who names other posts means all of them. What was proposed is not read again: names of files may hold commas.
  const isAsProposed = named === known
  const weeklies: WeeklySetup[] = []
  for (const weekly of isAsProposed ? proposed.weeklies : proposed.weeklies.slice(0, 1)) {
    const patterns = isAsProposed ? weekly.patterns : listOf(named)
    const issue = proposed.weeklies.length === 1 || !isAsProposed ? 'an issue' : `an issue of ${weekly.patterns.join(', ')}`
    const permalinks = listOf(
      await ask(
        `Address of ${issue} (:slug :name :title :path :year :month :day :issue)`,
        permalinksBelow(url, weekly).join(', '),
        async text => notPatterns(text) ?? (await notOneFor(patterns, text)),
      ),
    )
    weeklies.push({
      patterns,
      permalinks: permalinks.map(pattern => belowHome(pattern, url)),
    })
  }
  const language = await ask('Language', proposed.language, notALanguage)
  const timeZone = await ask('Time zone', proposed.timeZone, notAZone)
  const whole = await ask('Accounts whose articles you may show whole (names with commas, * for all, none)', 'none', notAccounts)
  const images = await ask(
    'Pictures: copy (beside the feeds; shown by every reader), no-referrer, or keep',
    proposed.images,
    notAPicturePolicy,
  )
  const robots = await ask(
    'Articles that no post links to, but a list does, where robots.txt forbids them: obey or ignore',
    proposed.robots,
    notARobotsPolicy,
  )
  const isWorkflow = workflow && /^y/i.test(await ask('Write a workflow for GitHub Actions', host.includes('github') ? 'yes' : 'no'))
  return {
    workflow: isWorkflow,
    setup: {
      ...others,
      ...(titles !== undefined && isAsProposed ? { titles } : {}),
      url,
      title,
      weeklies,
      language,
      timeZone,
      // Where the home page is as proposed, so are the feeds.
      baseUrl: url === proposed.url && proposed.baseUrl !== '' ? proposed.baseUrl : new URL(proposed.published, url).href,
      fullText: whole === '*' ? true : /^(none|no|n)$/i.test(whole) ? false : listOf(whole),
      images,
      robots: robots === 'ignore' ? 'ignore' : 'obey',
    },
  }
}

/** As the generator has them: from the home page on, also where the first folder is called like that of the home page. */
function permalinksBelow(url: string, { permalinks }: WeeklySetup): readonly string[] {
  return new URL(url).pathname === '/' ? permalinks : permalinks.map(pattern => pattern.replace(/^\//, ''))
}

/** A pattern from the host's root would leave the folder that the site stands in. */
function belowHome(pattern: string, url: string): string {
  const { pathname } = new URL(url)
  return pathname === '/' || pattern.startsWith(pathname) ? pattern : pattern.replace(/^\//, '')
}

/** What stands between commas; those of `{a,b}` are the pattern's own. */
function listOf(text: string): string[] {
  return text
    .split(/[,，](?![^{}]{0,200}\})/)
    .map(part => part.trim())
    .filter(part => part !== '')
}

function notPatterns(text: string): string | undefined {
  const patterns = listOf(text)
  if (patterns.length === 0) return 'It is a pattern, e.g. --url /blog/:slug/; `url` in the config can be a function of the post as well.'
  return patterns.map(explainPermalink).find(objection => objection !== undefined)
}

function notAccounts(text: string): string | undefined {
  return /^y(?:es)?$/i.test(text) ? 'It is names of accounts, * for all, or none.' : undefined
}

function notALanguage(tag: string): string | undefined {
  return isLanguageTag(tag) ? undefined : `It ${explainLanguage(tag)}`
}

function notAZone(name: string): string | undefined {
  return isTimeZone(name) ? undefined : `It ${explainZone(name)}`
}

function notAPicturePolicy(text: string): string | undefined {
  return /^(copy|no-referrer|keep)$/.test(text) || text.includes('{url}')
    ? undefined
    : 'It is copy, no-referrer, keep, or the address of a proxy with {url}.'
}

function notARobotsPolicy(text: string): string | undefined {
  return /^(obey|ignore)$/.test(text) ? undefined : 'It is obey or ignore.'
}
