import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { peopleIn } from '../post/front-fields.js'
import { frontKey } from '../post/front-values.js'
import { readYaml } from '../post/read-yaml.js'
import type { Person, Post } from '../types.js'
import { findFiles, fixedFolder } from './find-files.js'

/**
 * Where sites keep the names of authors whom posts name by a key: `authors.yml` beside the posts or in a folder above (Docusaurus), `_data/authors.yml` (Jekyll).
 * The nearest come first. Not in the working folder or outside of it, unless posts stand there: whoever watches would have to watch all that lies below.
 */
export function authorFiles(patterns: readonly string[]): string[] {
  const folders = new Set<string>()
  for (const pattern of patterns) {
    let folder = fixedFolder(pattern)
    do {
      folders.add(folder).add(posix.join(folder, '_data'))
      folder = posix.dirname(folder)
    } while (!/^(?:[./]|\w:|$)/.test(folder))
  }
  return [...folders.add('_data')].map(folder => posix.join(folder, 'authors.y{a,}ml'))
}

/** A table of authors is hardly longer than a post. */
const mostBytes = 1_000_000

/** The authors by key; of those of one key the one nearest to the posts. A file that cannot be read names nobody. */
export async function readAuthors(files: readonly string[], cwd: string): Promise<ReadonlyMap<string, Person>> {
  const people = new Map<string, Person>()
  const found = await Promise.all(files.toReversed().map(file => findFiles(file, cwd)))
  for (const { absolutePath } of found.flat()) {
    try {
      const text = await readFile(absolutePath, 'utf8')
      if (text.length > mostBytes) continue
      for (const [key, value] of readYaml(text)) for (const person of peopleIn(value).slice(0, 1)) people.set(key, person)
    } catch {}
  }
  return people
}

/** The post with the names of authors in the place of their keys. */
export function nameAuthors(post: Post, people: ReadonlyMap<string, Person>): Post {
  return people.size === 0 ? post : { ...post, authors: post.authors.map(author => people.get(frontKey(author.name)) ?? author) }
}
