import { WeekloomError } from '../problems.js'
import { explainPermalink } from '../sources/permalink.js'
import { explainZone } from '../text/explain-zone.js'
import { explainLanguage, isLanguageTag } from '../text/language.js'
import { withSlash } from '../text/url.js'
import { isTimeZone } from '../text/zone.js'
import type { Setup } from './propose-setup.js'
import type { WeeklySetup } from './propose-weeklies.js'

/** Puts a question; gives the answer, or the proposal. */
export type Ask = (question: string, proposal: string, refuse?: (answer: string) => string | undefined) => Promise<string>

/** Goes through what was proposed, and what nobody can find out: rights, pictures, robots. Throws a `WeekloomError` when the address of the site is not known. `host` is that of the repository. */
export async function askSetup(
  proposed: Setup,
  { ask: put, workflow, host = 'github.com' }: { ask: Ask; workflow: boolean; host?: string | undefined },
): Promise<{ setup: Setup; workflow: boolean }> {
  // What the command line says is refused like an answer, where nobody can be asked again.
  const ask: Ask = async (question, proposal, refuse) => {
    const answer = await put(question, proposal, refuse)
    const objection = refuse?.(answer)
    if (objection !== undefined)
      throw new WeekloomError(`${question}: ${answer === '' ? 'none is known' : `${JSON.stringify(answer)} cannot be`}.`, objection)
    return answer
  }
  const url = withSlash(await ask('Home page of the site', proposed.url, notAnAddress))
  const title = await ask('Name of the site', proposed.title)
  const { titles, ...others } = proposed
  const known = proposed.weeklies.flatMap(({ patterns }) => patterns).join(', ')
  const named = await ask('Posts of the weekly, as patterns', known)
  // Who names other posts means all of them. What was proposed is not read again: names of files may hold commas.
  const isAsProposed = named === known
  const weeklies: WeeklySetup[] = []
  for (const weekly of isAsProposed ? proposed.weeklies : proposed.weeklies.slice(0, 1)) {
    const issue = proposed.weeklies.length === 1 || !isAsProposed ? 'an issue' : `an issue of ${weekly.patterns.join(', ')}`
    const permalinks = listOf(
      await ask(
        `Address of ${issue} (:slug :name :title :path :year :month :day :issue)`,
        permalinksBelow(url, weekly).join(', '),
        notPatterns,
      ),
    )
    weeklies.push({
      patterns: isAsProposed ? weekly.patterns : listOf(named),
      permalinks: permalinks.map(pattern => belowHome(pattern, url)),
    })
  }
  const language = await ask('Language', proposed.language, notALanguage)
  const timeZone = await ask('Time zone', proposed.timeZone, notAZone)
  const whole = await ask('Accounts whose articles you may show whole (names with commas, * for all, none)', 'none')
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

function notAnAddress(text: string): string | undefined {
  return /^https?:\/\/[^/]/.test(text) && URL.canParse(text)
    ? undefined
    : 'It begins with https:// or http://, e.g. --site https://example.org'
}

function notPatterns(text: string): string | undefined {
  const patterns = listOf(text)
  if (patterns.length === 0) return 'It is a pattern, e.g. --url /blog/:slug/; `url` in the config can be a function of the post as well.'
  return patterns.map(explainPermalink).find(objection => objection !== undefined)
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
