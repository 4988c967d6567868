import { posix } from 'node:path'
import { decodePercent } from '../text/url.js'

/** What a link or a definition of Markdown names, as it is written; of one without brackets, up to where the next one may begin. */
const target = /\](?:\(|:)\s{0,9}(?:<([^<>\n]{1,1000})>|([^\s<\]]{1,1000}))/g

/** A name of a file in it; brackets may follow. */
const fileName = /^[^?#]*?\.(?:md|mdx|markdown)(?=[?#)]|$)/i

/** Paths of the files that links of a text may mean, as tools that make pages of files look for them: from the folder of the file that has the link. */
export function linkedFiles(text: string, file: string, base: string | undefined): Set<string> {
  const paths = new Set<string>()
  if (base === undefined && !/\.(?:md|markdown)/i.test(text)) return paths
  for (const [, bracketed, bare = ''] of text.matchAll(target)) {
    const written = bracketed ?? bare
    const name = fileName.exec(written)?.[0] ?? bracketed ?? bare.replace(/\)[\s\S]*$/, '')
    for (const path of pathsOf(name, file, base)) paths.add(path)
  }
  return paths
}

/**
 * What is to be read for an address as it is written.
 *
 * @param linked pages of files
 * @param page address of the page that the link stands on
 * @param base what the site's tool puts before addresses from its root
 */
export function resolveBy(
  linked: ReadonlyMap<string, string>,
  file: string,
  page: string,
  base: string | undefined,
): (written: string) => string | undefined {
  const home = base && `/${base.replace(/^\/+|\/+$/g, '')}/`.replace('//', '/')
  return written => {
    const [path = ''] = written.split(/[?#]/, 1)
    const rest = written.slice(path.length)
    const isBased = home === undefined || !/^\/(?!\/)/.test(path) || `${path}/`.startsWith(home)
    const address = isBased ? undefined : home + path.slice(1)
    for (const name of pathsOf(path, file, base)) {
      const found = linked.get(name)
      if (found === undefined) continue
      // Only a file can have this name; without its ending it may be anything, unless its page is called so.
      if (fileName.test(path) || /^(?:\.html|\/)$/.test(endBehind(found, new URL(address ?? path, page).href)))
        return rest.includes('#') ? found.replace(/#.*/, '') + rest : found + rest
    }
    return address === undefined ? undefined : address + rest
  }
}

function endBehind(whole: string, start: string): string {
  return whole.startsWith(start) ? whole.slice(start.length) : ''
}

/** Where a base is put before addresses, endings may be left out as well. From the root: that of the site may be any folder above. */
function pathsOf(written: string, file: string, base: string | undefined): string[] {
  const path = decodePercent(written.split(/[?#]/, 1)[0] ?? '').normalize()
  const isFile = fileName.test(path)
  if (path === '' || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(path) || !(isFile || (base !== undefined && /[^/.]$/.test(path)))) return []
  const name = isFile ? path : `${path}.md`
  const folder = posix.dirname(file)
  return (path.startsWith('/') ? foldersAbove(folder) : [folder]).map(above => posix.join(above, name))
}

/** The folder, and those above it up to the working folder, nearest first. */
function foldersAbove(folder: string): string[] {
  const parts = folder === '.' ? [] : folder.split('/').slice(0, 50)
  return [...parts.map((_, index) => parts.slice(0, parts.length - index).join('/')), '.']
}
