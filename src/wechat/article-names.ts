import { decodeEntities } from '../text/html.js'
import { toLine, toPlain } from '../text/plain.js'
import type { Plain } from '../types.js'
import { valueAt } from './cgi-data.js'
import type { FieldReader } from './field-reader.js'
import { cgi, type Place, variable } from './page-facts.js'

/** A place that states names: an object, or a list of objects, with the name under a key. */
interface NamePlace {
  place: Place
  key: string
}

const namePlaces: Readonly<Record<'albums' | 'topics', readonly NamePlace[]>> = {
  albums: [
    { place: cgi('appmsgalbuminfo'), key: 'title' },
    { place: cgi('public_tag_info', 'tags'), key: 'tag_name' },
    { place: variable('album_info_list'), key: 'title' },
    { place: variable('publicTagInfo'), key: 'title' },
  ],
  topics: [{ place: cgi('topic_infos'), key: 'topic' }],
}

const maxNames = 50

/** The albums or the hash topics of an article, each once; absent where the page states none. */
export function readNames(reader: FieldReader, name: 'albums' | 'topics'): readonly Plain[] | undefined {
  const names = new Set<Plain>()
  for (const { place, key } of namePlaces[name]) {
    if (place.kind === 'search' && reader.facts.cgi?.complete === true) continue
    const raw = place.read(reader.facts)
    const records = Array.isArray(raw) ? raw : [raw]
    for (const record of records.slice(0, maxNames)) {
      const value = valueAt(record, [key])
      const label = typeof value === 'string' ? toPlain(decodeEntities(value.slice(0, 1_000))) : ''
      const plain = toLine(label.replace(/^#|#$/g, ''), 100)
      if (plain !== undefined) names.add(plain)
    }
    if (names.size > 0) reader.note(name, place.name)
  }
  return names.size > 0 ? [...names] : undefined
}
