import { counted } from '../text/counted.js'
import type { ParsedFeed } from '../types.js'
import type { Adoption } from './adopt-feed.js'

/** What somebody should know whose feed was taken over: whether its subscribers will see nothing twice, and where to lead them. */
export function describeAdoption(
  place: string,
  { entries }: Pick<ParsedFeed, 'entries'>,
  { ids, issues, known, moved, address }: Adoption,
): string[] {
  const items = entries.length
  const lost = ids === items ? '' : `; of its ${counted(items, 'item')}, ${items - ids} without an address or an id as an issue or article`
  const some = entries.find(({ url }) => url !== undefined)?.url
  const [first] = moved
  return [
    `Took over ${counted(ids, 'id')} of ${place}${lost}: an issue or article with the address of one of these items has its id.`,
    ...(issues.length > 0 ? [`It has ${known} of the ${counted(issues.length, 'issue')} found here.`] : []),
    ...(first === undefined
      ? []
      : [
          `  ${moved.length} of them at other addresses: ${first.title || 'one'} is at ${first.item.url} there, and at ${first.issue.url} by the config.`,
          '  They keep their ids. Where the first is right, correct `url` or `site.url` in the config before the next build.',
        ]),
    ...(known === 0 && issues[0] !== undefined && some !== undefined
      ? [
          `  An item of it is at ${some}, an issue at ${issues[0].url} by the config. If that was a feed of these issues, correct \`url\` in the config before the next build, or its subscribers see each of them twice.`,
        ]
      : []),
    ...(known > 0 && address !== undefined
      ? [`Where it was a feed of issues, redirect its address to ${address}, with status 301: the first feed has articles as well.`]
      : []),
  ]
}
