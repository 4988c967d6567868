import { cutText, toPlain } from '../text/plain.js'
import type { ExplainedField, Page, StatedAt } from '../types.js'
import { readCgiData } from './cgi-data.js'
import { type Field, fields, readField } from './fields.js'
import { factsOf } from './page-facts.js'
import { pageTextOf, wholePage } from './page-text.js'

/** What every place of a page of WeChat says of each field, for people who look into a page. Slower than reading the article: all places are looked up. */
export function explainWechatFields(body: Page['body']): readonly ExplainedField[] {
  const page = wholePage(pageTextOf(body))
  const facts = factsOf(page, readCgiData(page, { body: false }))
  return Object.entries<Field<string>>(fields).map(([field, row]) => {
    const found = readField(facts, row)
    const stated = row.places.flatMap(place => {
      const raw = place.read(facts)
      return raw === undefined || raw === '' ? [] : [stateAt(place.name, row.read(raw))]
    })
    return {
      field,
      ...(found === undefined ? {} : { taken: stateAt(found.from, found.value) }),
      passedOver: stated.filter(({ place }) => place !== found?.from),
    }
  })
}

const longestShown = 200

/** A place with what it says, short enough for a line. */
export function stateAt(place: string, value: string | undefined): StatedAt {
  return value === undefined ? { place } : { place, value: cutText(toPlain(value), longestShown) }
}
