import { hashText } from '../store/hash-text.js'

/** Characters of a slug that is made of letters alone; three bytes each in Chinese, and file systems allow 255 a name. */
const longest = 60
/** Names that Windows keeps for devices. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/

/** What makes two names one group: `Cloud Native`, `cloud-native` and `ＣＬＯＵＤ native` are the same. Empty for a name that says nothing. */
export function groupKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '-')
    .replace(/^-|-$/g, '')
}

/**
 * Names the folder of a group: its key where that is made of letters and digits of any script, so `蚂蚁技术` and `cloud-native` stay readable; else what
 * is left of the key and a part of its hash, so `c++` and `c#` stay two. Depends on the name alone: another group never changes it.
 */
export function groupSlug(key: string): string {
  const letters = key.replace(/[^\p{L}\p{M}\p{N}-]+/gu, '')
  const cut = [...letters]
    .slice(0, longest)
    .join('')
    .replace(/^-+|-+$/g, '')
  if (cut === key && cut !== '' && !reserved.test(cut)) return cut
  return `${cut}-${hashText(key, 8)}`.replace(/^-/, '')
}
