import { isLanguageTag, languageOf as tagIn } from '../text/language.js'
import type { DetectedSite } from './detect-site.js'
import { languageOfPost } from './post-language.js'
import type { ReadPost } from './read-post.js'

/** Some tens of issues tell the language of all. */
const mostIssues = 50
const mostOfEach = 20_000

/** Languages by the writing that only they have; of the others, the script of a text says nothing. */
const writings: Readonly<Record<string, 'zh' | 'ja' | 'ko'>> = {
  zh: 'zh',
  cmn: 'zh',
  yue: 'zh',
  wuu: 'zh',
  nan: 'zh',
  hak: 'zh',
  lzh: 'zh',
  ja: 'ja',
  ko: 'ko',
}

/** The language that the site states, unless the posts are in a writing that is not its own: themes come with `en`. */
export function languageOf(site: DetectedSite, issues: readonly ReadPost[]): string {
  const tag = statedTag(site, issues)
  const read = issues.slice(-mostIssues).map(({ post }) => post)
  const heads = read.map(({ title, sections }) => [title, ...sections.map(({ heading }) => heading)].join(' ')).join(' ')
  const bodies = read.map(({ html }) => html.slice(0, mostOfEach).replace(/<[^<>]*>/g, ' ')).join(' ')
  const text = `${heads} ${bodies}`
  const writing = writingOf(text)
  const isTelling = [heads, text].some(each => count(each, eastern) * 4 > count(each, /\p{L}/gu))
  const stated = tag && (writings[tag.split('-')[0] ?? ''] ?? 'any')
  // A little of a writing is enough where it is stated, and too little against another one: articles that are linked have titles.
  if (tag !== undefined && (stated === 'any' ? !isTelling || writing === undefined : stated === writing))
    return tag === 'zh' ? 'zh-CN' : tag
  const language = tag === undefined && !isTelling ? undefined : writing
  return language === 'zh' ? 'zh-CN' : (language ?? 'en')
}

const eastern = /[\u3040-\u30ff\uac00-\ud7a3\u4e00-\u9fff]/g

function count(text: string, expression: RegExp): number {
  return text.match(expression)?.length ?? 0
}

function writingOf(text: string): 'zh' | 'ja' | 'ko' | undefined {
  const kana = count(text, /[\u3040-\u30ff]/g)
  const hangul = count(text, /[\uac00-\ud7a3]/g)
  const han = count(text, /[\u4e00-\u9fff]/g)
  return kana * 5 > han ? 'ja' : hangul > han ? 'ko' : han > 0 ? 'zh' : undefined
}

/** The tag of the posts' language in the site's config, spelt as usual: the one that is more exact. */
function statedTag({ config }: DetectedSite, [first]: readonly ReadPost[]): string | undefined {
  const language = first && languageOfPost(first.path, config.languages)
  const own = tagOf(language?.tag)
  const whole = tagOf(config.language)
  return own === undefined || whole?.split('-')[0] === own ? whole : own
}

function tagOf(text: string | undefined): string | undefined {
  const tag = tagIn(text)
  return tag !== undefined && isLanguageTag(tag) && /^[a-z]{2,3}(?:-|$)/i.test(tag) ? Intl.getCanonicalLocales(tag)[0] : undefined
}

/** Zones of offsets that posts state; others are this machine's, or China's where the posts are Chinese. */
export function zoneOf(issues: readonly ReadPost[], language: string): string {
  const offsets = issues.flatMap(
    ({ front }) => /^date\s{0,9}[:=].{0,40}?([+-]\d{2}):?(\d{2})\s*["']?\s*$/m.exec(front)?.slice(1, 3).join(':') ?? [],
  )
  if (offsets.includes('+08:00') || (writings[language.split('-')[0] ?? ''] === 'zh' && offsets.length === 0)) return 'Asia/Shanghai'
  const here = new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  if (offsets.length === 0) return here
  const zone = { '+09:00': language.startsWith('ko') ? 'Asia/Seoul' : 'Asia/Tokyo', '+00:00': 'UTC' }[offsets[0] ?? '']
  return zone ?? here
}
