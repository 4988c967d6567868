import { feedFormats } from '../feed/feed-addresses.js'
import type { Output } from '../types.js'
import { defaultFeeds, type Options } from './options.js'
import { fileOf } from './own-outputs.js'

/** The options that name files at the top of the output folder. */
type FileOptions = { [K in 'opml' | 'calendar' | 'page']?: Options[K] | undefined }

/** Names of the files beside the feeds at the top of the output folder. */
export function namesOfFiles({
  opml = 'feeds.opml',
  calendar = false,
  page = 'feeds.html',
}: FileOptions): Required<Pick<Options, keyof FileOptions>> {
  return { opml, calendar, page }
}

/** All that names files and folders there. */
interface NamingOptions extends FileOptions {
  feeds?: Readonly<Record<string, { per?: unknown }>> | undefined
  outputs?: readonly Output[] | undefined
}

/** A file that two options would write. */
export interface SharedFile {
  /** Key of the option that names it second. */
  path: (string | number)[]
  message: string
}

/** Options that name a file or a folder which something else has already: one would be written over the other. Case does not count, as in many file systems. */
export function findSharedFiles(options: NamingOptions): SharedFile[] {
  const { feeds = defaultFeeds, outputs = [] } = options
  const first = Object.keys(feeds).find(name => feeds[name]?.per === undefined)
  const folders = Object.keys(feeds).filter(name => name !== first)
  const owners = new Map([
    ...Object.values(feedFormats).map(({ file, name }): [string, string] => [file, `the ${name} feed`]),
    ...folders.map((name): [string, string] => [name.replace(/\/.*/s, '').toLowerCase(), `the folder of the feed ${name}`]),
  ])
  const named: [SharedFile['path'], string | false][] = [
    ...Object.entries(namesOfFiles(options)).map(([key, file]): [SharedFile['path'], string | false] => [[key], file]),
    ...outputs.map((output, index): [SharedFile['path'], string] => [['outputs', index], fileOf(output)]),
  ]
  return named.flatMap(([path, file]) => {
    if (file === false) return []
    const owner = owners.get(file.toLowerCase())
    owners.set(file.toLowerCase(), owner ?? `the file of ${path.join('.')}`)
    return owner === undefined ? [] : [{ path, message: `must not be called ${file}: that is ${owner}` }]
  })
}
