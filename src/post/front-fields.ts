import { dropAbsent } from '../text/drop-absent.js'
import { decodeEntities } from '../text/html.js'
import { toPlain } from '../text/plain.js'
import type { OwnAddress, Person, Plain } from '../types.js'
import { type FrontTable, type FrontValue, frontKey } from './front-values.js'

/** What a post's front matter may call each field, by generator and theme; the first that is filled counts. */
const names = {
  title: ['title', 'headline', 'name'],
  summary: ['description', 'summary', 'excerpt', 'abstract', 'desc', 'subtitle'],
  authors: ['authors', 'editors'],
  author: ['author', 'by', 'editor'],
  authorUrl: ['authorlink', 'authorurl', 'authorwebsite'],
  authorEmail: ['authoremail', 'email'],
  tags: ['tags', 'tag'],
  categories: ['categories', 'category'],
  image: [
    'cover',
    'image',
    'thumbnail',
    'banner',
    'featuredimage',
    'featureimage',
    'coverimage',
    'coverurl',
    'headerimage',
    'heroimage',
    'hero',
    'ogimage',
    'thumb',
    'bannerimg',
    'indeximg',
    'topimg',
    'pic',
    'img',
  ],
  language: ['lang', 'language', 'locale'],
  issue: ['issue', 'number', 'issuenumber', 'no', 'vol', 'episode', 'edition'],
  date: [
    'date',
    'pubdatetime',
    'pubdate',
    'publishdate',
    'published',
    'publishedat',
    'publishedon',
    'publishtime',
    'datepublished',
    'datetime',
    'createdat',
    'created',
    'createtime',
    'time',
  ],
  notBefore: ['publishdate'],
  updated: [
    'updated',
    'lastmod',
    'moddatetime',
    'modified',
    'updatedat',
    'updateddate',
    'lastmodified',
    'lastmodifiedat',
    'lastupdated',
    'datemodified',
    'updatedate',
    'updatetime',
  ],
} as const satisfies Record<string, readonly string[]>

export type FrontField = keyof typeof names

/** Tables that some generators put their own keys into: Zola's, Hugo's. */
const innerTables = ['extra', 'params', 'taxonomies']

/** All values that the front matter has for a field, in order of preference. */
function valuesOf(data: FrontTable, field: FrontField): FrontValue[] {
  const values: FrontValue[] = []
  for (const table of [data, ...innerTables.map(name => data.get(name))]) {
    if (!(table instanceof Map)) continue
    for (const name of names[field]) {
      const value = table.get(name)
      if (value !== undefined) values.push(value)
    }
  }
  return values
}

/** The text of a field; absent when there is none, or only a null. */
export function frontText(data: FrontTable, field: FrontField): Plain | undefined {
  return frontTexts(data, field)[0]
}

/** The texts of all spellings of a field, for those that are read further. */
export function frontTexts(data: FrontTable, field: FrontField): Plain[] {
  return valuesOf(data, field)
    .map(value => (typeof value === 'string' ? plainOf(value) : ''))
    .filter(text => text !== '')
}

function plainOf(text: string): Plain {
  const plain = toPlain(decodeEntities(text))
  return /^(?:~|null)$/i.test(plain) ? '' : plain
}

/** Tags and categories together, each once; strings with commas in them are lists. */
export function frontTags(data: FrontTable): Plain[] {
  const all = [...valuesOf(data, 'tags'), ...valuesOf(data, 'categories')].flatMap(value => textsIn(value))
  return [...new Set(all)].slice(0, 100)
}

function textsIn(value: FrontValue): Plain[] {
  const list =
    typeof value === 'string'
      ? value.split(/[,，、;；]/)
      : Array.isArray(value)
        ? value.flatMap(item => (typeof item === 'string' ? [item] : Array.isArray(item) ? textsIn(item) : []))
        : []
  return list.map(plainOf).filter(text => text !== '')
}

/** Address of the cover, as written. */
export function frontImage(data: FrontTable): string | undefined {
  for (const value of valuesOf(data, 'image')) {
    const inner =
      value instanceof Map
        ? (value.get('url') ?? value.get('image') ?? value.get('src') ?? value.get('path'))
        : Array.isArray(value)
          ? value[0]
          : value
    if (typeof inner === 'string' && plainOf(inner) !== '') return inner.trim()
  }
  return undefined
}

/**
 * The authors: a list of names, or tables with name, address and mail. Under a key in the plural a text is a list of names parted by
 * commas (so Pelican has it); under one in the singular it is a name, as it stands, and only Chinese marks for a list part it.
 */
export function frontAuthors(data: FrontTable): Person[] {
  const values = [
    ...valuesOf(data, 'authors').map(value => (typeof value === 'string' ? value.split(/[,，、;；]/) : value)),
    ...valuesOf(data, 'author'),
  ]
  const people = values.map(value => (Array.isArray(value) ? value.flatMap(peopleIn) : peopleIn(value))).find(list => list.length > 0)
  const [only, ...others] = people ?? []
  if (!only) return []
  const url = frontText(data, 'authorUrl')
  const email = frontText(data, 'authorEmail')
  // an address beside the names can only be that of a single author
  return others.length > 0 ? [only, ...others].slice(0, 50) : [{ ...dropAbsent({ url, email }), ...only }]
}

/** Those that a value names: a text, or a table with name, address and mail. */
export function peopleIn(value: FrontValue): Person[] {
  if (typeof value === 'string') return value.split(/[、;；]/).flatMap(personIn)
  if (!(value instanceof Map)) return []
  const [person] = personIn(textIn(value, 'name') || textIn(value, 'title'))
  const url = textIn(value, 'url') || textIn(value, 'link') || textIn(value, 'website')
  const email = textIn(value, 'email')
  return person ? [{ ...person, ...(url === '' ? {} : { url }), ...(email === '' ? {} : { email }) }] : []
}

function textIn(table: FrontTable, name: string): string {
  const value = table.get(frontKey(name))
  return typeof value === 'string' ? plainOf(value) : ''
}

/** `Name`, `Name <mail>`, `@name`, `[Name](url)`. */
function personIn(text: string): Person[] {
  const plain = plainOf(text)
  const linked = /^\[([^\]]{1,200})\]\((https?:[^)\s]{1,1000})\)$/.exec(plain)
  if (linked?.[1] && linked[2]) return [{ name: linked[1], url: linked[2] }]
  const mailed = /^(.{1,200}?)\s?<([^<>\s]{1,200}@[^<>\s]{1,200})>$/.exec(plain)
  if (mailed?.[1] && mailed[2]) return [{ name: mailed[1], email: mailed[2] }]
  return plain === '' ? [] : [{ name: plain }]
}

/** The day of a time with an offset: `2026-01-31T20:00:00Z`, `2026-01-31 20:00 +0800`. */
const writtenDay = /^(\d{4}-\d\d-\d\d)[Tt ]\d\d:\d\d[\d:.]{0,20} ?(?:[Zz]|[+-]\d\d:?\d\d)$/

/** What the front matter says of the post's own address; absent where it says nothing, or `false`. `dayInZone` tells the day of its date in the zone that it is read in. */
export function frontAddress(data: FrontTable, dayInZone: () => string | undefined): OwnAddress | undefined {
  const own: OwnAddress = {}
  for (const key of ['url', 'permalink', 'slug', 'abbrlink', 'urlname'] as const) {
    const text = textIn(data, key)
    if (text !== '' && text !== 'false' && text.length <= 1000) own[key] = text
  }
  const day = writtenDay.exec(frontText(data, 'date') ?? '')?.[1]
  // Clocks of zones are slow to ask, and most dates have no offset.
  if (day !== undefined && day !== dayInZone()) own.day = day
  return Object.keys(own).length > 0 ? own : undefined
}

/** Keys that keep a post from being published, with the value that does so. */
const draftMarks: readonly (readonly [key: string, value: RegExp])[] = [
  ['draft', /^(?:true|yes|on|1)$/i],
  ['isdraft', /^(?:true|yes|on|1)$/i],
  ['published', /^(?:false|no|off|0)$/i],
  ['publish', /^(?:false|no|off|0)$/i],
  // Eleventy makes no page of it.
  ['permalink', /^false$/i],
  ['status', /^(?:draft|hidden|private|unpublished)$/i],
  ['hidden', /^(?:true|yes)$/i],
  ['unlisted', /^(?:true|yes)$/i],
]

/** The keys that a post is read by. */
const known: ReadonlySet<string> = new Set([...Object.values(names).flat(), ...draftMarks.map(([key]) => key)])

/** Whether a table can only be front matter, no text with colons: one of its keys is known there, and none is a part of a sentence. */
export function isFront(data: FrontTable): boolean {
  const keys = [...data.keys()]
  return keys.some(key => known.has(key)) && keys.every(key => /^[\p{L}\p{N}.:@$]{1,40}$/u.test(key))
}

/** Whether the front matter says that the post is not (yet) to be published. */
export function isDraft(data: FrontTable): boolean {
  return draftMarks.some(([key, value]) => value.test(textIn(data, key)))
}
