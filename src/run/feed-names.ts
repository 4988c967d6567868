/** What feeds of these names are called in Chinese, simplified and traditional; in other languages their name says it. */
const chineseNames: Readonly<Record<string, readonly [simplified: string, traditional: string]>> = {
  issues: ['周刊', '週刊'],
  articles: ['文章', '文章'],
}

const chinese = /^zh\b/i
const traditional = /^zh-(?:hant\b|(?:tw|hk|mo)\b)/i

/** What the feed of a name is called in titles, in the language of a BCP 47 tag: its name, but for the feeds that every site has. */
export function callFeed(name: string, language: string): string {
  const names = Object.hasOwn(chineseNames, name) && chinese.test(language) ? chineseNames[name] : undefined
  return names?.[traditional.test(language) ? 1 : 0] ?? name
}
