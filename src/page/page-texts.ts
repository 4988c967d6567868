/** All that the page says in its own words. A day is `YYYY-MM-DD`; `{n}` stands for a number that the page's script puts in. */
export interface PageTexts {
  skip: string
  contents: string
  latest: string
  earlier: string
  weeks: string
  accounts: string
  subscribe: string
  search: string
  searchHint: string
  results: string
  /** With `{n}`. */
  found: string
  /** Of more than are shown: with `{n}` and `{most}`. */
  foundMany: string
  foundNone: string
  dark: string
  readIssue: string
  empty: string
  undated: string
  /** Of an article that an earlier issue has recommended already. */
  again: string
  about: (day: string) => string
  date: (day: string) => string
  monthDay: (day: string) => string
  /** Year and day of the month as two words, in the order of the language. */
  dayParts: (day: string) => readonly [string, string]
  year: (year: string) => string
  span: (from: string, until: string) => string
  updated: (day: string) => string
  counts: (issues: number, articles: number) => string
  issues: (count: number) => string
  articles: (count: number) => string
  more: (shown: number, all: number) => string
  why: string
  how: string
  steps: readonly string[]
  copy: string
  copied: string
  copyFailed: string
  alsoAs: string
  allFeeds: string
  calendar: string
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

function split(day: string): { year: string; month: number; date: number } {
  const [year = '', month = '', date = ''] = day.split('-')
  return { year, month: Number(month), date: Number(date) }
}

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`

const english: PageTexts = {
  skip: 'Skip to content',
  contents: 'On this page',
  latest: 'Latest issue',
  earlier: 'Earlier issues',
  weeks: 'Week by week',
  accounts: 'By account',
  subscribe: 'Subscribe',
  search: 'Search',
  searchHint: 'Search titles, accounts, words',
  results: 'Found',
  found: '{n} found',
  foundMany: '{n} found, the newest {most} of them here. Another word narrows it down.',
  foundNone: 'Nothing found. Try a shorter word.',
  dark: 'Dark',
  readIssue: 'Read the whole issue',
  empty: 'Nothing here yet. Subscribe, and the first issue will come to you.',
  undated: 'Without a date',
  again: 'again',
  about: day => `about ${day}`,
  date: day => {
    const { year, month, date } = split(day)
    return `${date} ${MONTHS[month - 1] ?? ''} ${year}`
  },
  monthDay: day => {
    const { month, date } = split(day)
    return `${date} ${(MONTHS[month - 1] ?? '').slice(0, 3)}`
  },
  dayParts: day => [english.monthDay(day), split(day).year],
  year: year => year,
  span: (from, until) => `${english.monthDay(from)} to ${english.monthDay(until)}`,
  updated: day => `Updated ${day}`,
  counts: (issues, articles) =>
    [issues > 0 ? count(issues, 'issue') : '', count(articles, 'article')].filter(part => part !== '').join(', '),
  issues: number => count(number, 'week'),
  articles: number => count(number, 'article'),
  more: (shown, all) => `The newest ${shown} of ${all} are listed here.`,
  why: 'Give this address to any feed reader, and each new issue comes to you by itself: no account, no algorithm.',
  how: 'How does this work?',
  steps: [
    'Get a feed reader, such as NetNewsWire, Feedly, Inoreader or Thunderbird.',
    'Copy the address above.',
    'In the reader choose “Add feed” or “Subscribe”, and paste it.',
  ],
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Selected: press Ctrl+C or ⌘C',
  alsoAs: 'Also as',
  allFeeds: 'All feeds at once (OPML)',
  calendar: 'Meetings as a calendar (iCalendar)',
}

const chinese: PageTexts = {
  skip: '跳到正文',
  contents: '本页内容',
  latest: '最新一期',
  earlier: '往期',
  weeks: '按周',
  accounts: '按公众号',
  subscribe: '订阅',
  search: '搜索',
  searchHint: '搜标题、公众号或任意词',
  results: '搜索结果',
  found: '找到 {n} 条',
  foundMany: '找到 {n} 条，这里是最近的 {most} 条，再加一个词可以缩小范围。',
  foundNone: '没有找到，换一个短一点的词试试。',
  dark: '深色',
  readIssue: '阅读全文',
  empty: '这里还没有内容。可以先订阅，第一期会自动送达。',
  undated: '日期不详',
  again: '再次推荐',
  about: day => `约 ${day}`,
  date: day => {
    const { year, month, date } = split(day)
    return `${year} 年 ${month} 月 ${date} 日`
  },
  monthDay: day => {
    const { month, date } = split(day)
    return `${month} 月 ${date} 日`
  },
  dayParts: day => [`${split(day).year} 年`, chinese.monthDay(day)],
  year: year => `${year} 年`,
  span: (from, until) => `${chinese.monthDay(from)}至 ${chinese.monthDay(until)}`,
  updated: day => `更新于 ${day}`,
  counts: (issues, articles) => [issues > 0 ? `${issues} 期` : '', `${articles} 篇文章`].filter(part => part !== '').join('，'),
  issues: number => `${number} 期`,
  articles: number => `${number} 篇`,
  more: (shown, all) => `这里列出最近的 ${shown} 条，共 ${all} 条。`,
  why: '把这个地址添加到任意一款阅读器，每期更新都会自动送达：不用注册，没有算法推荐。',
  how: '怎样订阅？',
  steps: ['选一个阅读器，例如 NetNewsWire、Feedly、Inoreader 或 Thunderbird。', '复制上面的地址。', '在阅读器里选“添加订阅源”，粘贴。'],
  copy: '复制',
  copied: '已复制',
  copyFailed: '已选中，请按 Ctrl+C 或 ⌘C',
  alsoAs: '其他格式',
  allFeeds: '一次订阅全部（OPML）',
  calendar: '会议日历（iCalendar）',
}

/** The language of the page's own words: the one asked for if it is Chinese or English of any kind, else English. */
export function wordsLanguage(language: string): string {
  return /^(?:zh|en)\b/i.test(language) ? language : 'en'
}

/** The words of a language: Chinese for `zh` in all its forms, else English. */
export function pageTexts(language: string): PageTexts {
  return /^zh\b/i.test(language) ? chinese : english
}
