import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Fields, type RecordFormat, readRecordText, writeRecordText } from '../../src/store/record-text.js'

describe('the text of a record', () => {
  it('has one field a line, the format first, then the names in order, and a line end at the end', () => {
    expect(writeRecordText({ title: '茶会', ids: ['b', 'a'], from: { z: '1', a: '2' }, absent: undefined })).toBe(
      '{\n  "format": 1,\n  "from": {\n    "a": "2",\n    "z": "1"\n  },\n  "ids": [\n    "b",\n    "a"\n  ],\n  "title": "茶会"\n}\n',
    )
  })

  it('is the same for the same fields in any order', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fields => {
        expect(writeRecordText(Object.fromEntries(Object.entries(fields).reverse()))).toBe(writeRecordText(fields))
      }),
    )
  })

  it('gives the fields back', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter(name => name !== 'format'),
          fc.jsonValue({ maxDepth: 4 }),
        ),
        fields => {
          expect(readRecordText(writeRecordText(fields))).toEqual({ state: 'whole', fields: JSON.parse(JSON.stringify(fields)) })
        },
      ),
    )
  })

  it('is read with the line ends that git gives it on Windows', () => {
    expect(readRecordText(writeRecordText({ a: 1 }).replaceAll('\n', '\r\n'))).toEqual({ state: 'whole', fields: { a: 1 } })
  })

  it.each([
    ['empty', '', 'It is empty.'],
    [
      'with a git conflict',
      '{\n  "format": 1,\n<<<<<<< ours\n  "id": "a"\n=======\n  "id": "b"\n>>>>>>> theirs\n}\n',
      'It has the marks of a git conflict.',
    ],
    ['full of NULs', '{"format": 1\0\0\0\0', 'It has NUL characters, as files have that were being written when a machine stopped.'],
    ['that is a list', '[]', 'It is JSON, but no object.'],
    ['without a format', '{"id": "a"}', 'It states no format.'],
    ['with a format that is no number', '{"format": "1"}', 'It states no format.'],
    ['of a format that never was', '{"format": 0}', 'Format 0 was never used.'],
  ])('%s is damaged, and it says by what', (_, text, cause) => {
    expect(readRecordText(text)).toEqual({ state: 'damaged', cause })
  })

  it('cut anywhere is damaged, not another record', () => {
    const text = writeRecordText({ key: 'a', article: { title: 'b' } })
    for (let end = 0; end < text.length - 1; end++) expect(readRecordText(text.slice(0, end)).state, text.slice(0, end)).toBe('damaged')
  })

  it('never throws, whatever it is', () => {
    fc.assert(fc.property(fc.string(), text => void readRecordText(text)))
    const deep = `{"format": 1, "x": ${'['.repeat(200_000)}${']'.repeat(200_000)}}`
    const read = readRecordText(deep)
    expect(read.state).toBe('whole')
    if (read.state === 'whole') expect(writeRecordText(read.fields).length).toBeLessThan(20_000)
  })

  it('of a newer format is named as such', () => {
    expect(readRecordText('{"format": 2, "a": 1}')).toEqual({ state: 'newer', format: 2 })
  })

  it('of an older format is brought up to date, step by step', () => {
    const rename = (fields: Fields): Fields => ({ title: fields['name'] })
    const wrap = (fields: Fields): Fields => ({ ...fields, tags: [] })
    const format: RecordFormat = { current: 3, migrations: { 1: rename, 2: wrap } }
    expect(readRecordText('{"format": 1, "name": "a"}', format)).toEqual({ state: 'whole', fields: { title: 'a', tags: [] } })
    expect(readRecordText('{"format": 2, "title": "a"}', format)).toEqual({ state: 'whole', fields: { title: 'a', tags: [] } })
    expect(readRecordText('{"format": 3, "title": "a"}', format)).toEqual({ state: 'whole', fields: { title: 'a' } })
    expect(writeRecordText({ title: 'a' }, format)).toContain('"format": 3')
  })
})
