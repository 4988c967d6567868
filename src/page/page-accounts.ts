import { compareText } from '../entry/canonical-order.js'
import type { Entry } from '../types.js'
import { type PageItem, type PageView, toPageItem } from './page-item.js'

/** An account with its articles, newest first. */
export interface PageAccount {
  name: string
  /** How many of the page's articles are its. */
  count: number
  /** The newest of them. */
  items: PageItem[]
}

const MAX_ACCOUNTS = 60
const MAX_ITEMS = 30

/** The accounts that the entries are of, those with the most articles first; at most sixty, each with its newest thirty. */
export function groupByAccount(entries: readonly Entry[], view: PageView): PageAccount[] {
  const accounts = new Map<string, PageAccount>()
  for (const entry of entries) {
    if (entry.kind === 'issue') continue
    const item = toPageItem(entry, undefined, view)
    if (item.account === undefined) continue
    const account = accounts.get(item.account) ?? { name: item.by ?? item.account, count: 0, items: [] }
    accounts.set(item.account, account)
    account.count++
    if (account.items.length < MAX_ITEMS) account.items.push(item)
  }
  return [...accounts.values()].sort((a, b) => b.count - a.count || compareText(a.name, b.name)).slice(0, MAX_ACCOUNTS)
}
