import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBody } from '../../src/text/decode-body.js'

const ascii = (text: string) => new TextEncoder().encode(text)
const gbk = Uint8Array.from(Buffer.from('d5e2cac7d2bbb8f6b2e2cad4d2b3c3e6a3acced2c3c7b5c4d6d0cec4', 'hex'))
const gbkText = '这是一个测试页面，我们的中文'

function join(...parts: (string | Uint8Array)[]): Uint8Array {
  return Uint8Array.from(parts.flatMap(part => [...(typeof part === 'string' ? ascii(part) : part)]))
}

function utf32(text: string, isBig: boolean, ...before: number[]): Uint8Array {
  const codes = [...before, ...Array.from(text, character => character.codePointAt(0) ?? 0)]
  const view = new DataView(new ArrayBuffer(codes.length * 4))
  for (const [index, code] of codes.entries()) view.setUint32(index * 4, code, !isBig)
  return new Uint8Array(view.buffer)
}

/** Bytes, content type → text and encoding. */
const cases: readonly (readonly [claim: string, bytes: Uint8Array, contentType: string, text: string, encoding: string])[] = [
  ['a mark before a header', join(Uint8Array.of(0xef, 0xbb, 0xbf), '周'), 'text/html; charset=gbk', '周', 'utf-8'],
  ['a header before a meta', join('<meta charset=big5>', gbk), 'text/html; charset=gb2312', `<meta charset=big5>${gbkText}`, 'gbk'],
  [
    'a meta with http-equiv',
    join('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', gbk),
    '',
    `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">${gbkText}`,
    'gbk',
  ],
  [
    'an XML declaration',
    join('<?xml version="1.0" encoding="GB18030"?>', gbk),
    'application/xml',
    `<?xml version="1.0" encoding="GB18030"?>${gbkText}`,
    'gb18030',
  ],
  ['a header in capitals and quotes', gbk, 'text/html;CHARSET = "GBK"', gbkText, 'gbk'],
  ['a short GBK text that is UTF-8 by chance, when declared', Uint8Array.of(0xcd, 0xa8), 'text/html; charset=gbk', '通', 'gbk'],
  [
    'UTF-8 beyond doubt before what the page says',
    ascii('<meta charset=gbk>第一期周报'),
    'text/html; charset=gbk',
    '<meta charset=gbk>第一期周报',
    'utf-8',
  ],
  [
    'Latin-1 when declared and nothing speaks against it',
    Uint8Array.of(0x63, 0x61, 0x66, 0xe9),
    'text/plain; charset=iso-8859-1',
    'café',
    'windows-1252',
  ],
  [
    'Windows-1252 where no other reading fits',
    join('d', Uint8Array.of(0xe9), ' ', Uint8Array.of(0xe0), ' la fa', Uint8Array.of(0xe7), 'ade ', Uint8Array.of(0xea), '.'),
    '',
    'dé à la façade ê.',
    'windows-1252',
  ],
  [
    'Windows-1252 where accents stand alone, though GB18030 can read them too',
    Uint8Array.from([...'Notícias rápidas: cotação, índice, previsão'].map(sign => sign.codePointAt(0) ?? 0)),
    '',
    'Notícias rápidas: cotação, índice, previsão',
    'windows-1252',
  ],
  [
    'the marks that Windows-1252 has in the place of controls',
    join('<p>', Uint8Array.of(0x93), 'it', Uint8Array.of(0x92), 's ', Uint8Array.of(0x80), '5', Uint8Array.of(0x94, 0x9f, 0x81)),
    'text/html; charset=iso-8859-1',
    '<p>“it’s €5”Ÿ\u0081',
    'windows-1252',
  ],
  ['one character of UTF-8 that is called Latin-1', ascii('it’s'), 'text/xml; charset=iso-8859-1', 'it’s', 'utf-8'],
  [
    'Windows-1252 that is called UTF-8, though GB18030 can read it too',
    join(
      '<?xml version="1.0" encoding="utf-8"?>d',
      Uint8Array.of(0xe9),
      'j',
      Uint8Array.of(0xe0),
      ' ',
      Uint8Array.of(0x93),
      'vu',
      Uint8Array.of(0x94),
    ),
    '',
    '<?xml version="1.0" encoding="utf-8"?>déjà “vu”',
    'windows-1252',
  ],
  ['UTF-32 with a mark', utf32('周<p>😀', true, 0xfeff), '', '周<p>😀', 'utf-32be'],
  ['UTF-32 in the other order of bytes, before a header', utf32('周<p>', false, 0xfeff), 'text/xml; charset=utf-16', '周<p>', 'utf-32le'],
  ['UTF-32 without a mark, with what is no character', utf32('<p>é', false, 0x3c, 0xd800, 0x110000), '', '<\ufffd\ufffd<p>é', 'utf-32le'],
  ['UTF-32 that is cut in a character', utf32('<?xml', true).subarray(0, 18), '', '<?xm\ufffd', 'utf-32be'],
  ['UTF-8 for a page that claims UTF-16 in ASCII', ascii('<meta charset="utf-16">第一'), '', '<meta charset="utf-16">第一', 'utf-8'],
  ['an unknown label as none', ascii('周'), 'text/html; charset=klingon', '周', 'utf-8'],
  [
    'a declared GBK with a broken byte',
    join(gbk, gbk, gbk, gbk, gbk, gbk, gbk, gbk, Uint8Array.of(0x81), '<p>'),
    'text/html; charset=gbk',
    `${gbkText.repeat(8)}\ufffd<p>`,
    'gbk',
  ],
  [
    'an undeclared UTF-8 that is cut in a character',
    join('第一期周报，我们的中文', Uint8Array.of(0xe4, 0xb8)),
    '',
    '第一期周报，我们的中文\ufffd',
    'utf-8',
  ],
  [
    'UTF-8 that is cut in a character, of one more beyond ASCII',
    join('It’s cut', Uint8Array.of(0xe2, 0x80)),
    '',
    'It’s cut\ufffd',
    'utf-8',
  ],
  [
    'UTF-8 that is cut in a letter with an accent, where it declares that',
    join('déjà caf', Uint8Array.of(0xc3)),
    'text/xml; charset=utf-8',
    'déjà caf\ufffd',
    'utf-8',
  ],
  [
    'UTF-8 with a broken byte, though the header says GBK',
    join('第一期周报，我们的中文周报', Uint8Array.of(0xe4), '<p>'),
    'text/html; charset=gbk',
    '第一期周报，我们的中文周报\ufffd<p>',
    'utf-8',
  ],
  [
    'Japanese in Shift_JIS that declares nothing',
    Uint8Array.from(
      Buffer.from(
        '8da18f5482cc836a8385815b835882cd82b182bf82e782c582b781428a4a94ad8ed282cc8a4682b382f182c993c782f182c582a282bd82be82ab82bd82a28b4c8e9682f082dc82c682df82dc82b582bd8142',
        'hex',
      ),
    ),
    '',
    '今週のニュースはこちらです。開発者の皆さんに読んでいただきたい記事をまとめました。',
    'shift_jis',
  ],
  [
    'Japanese in EUC-JP that declares nothing',
    Uint8Array.from(
      Buffer.from(
        'baa3bdb5a4cea5cba5e5a1bca5b9a4cfa4b3a4c1a4e9a4c7a4b9a1a3b3abc8afbcd4a4ceb3a7a4b5a4f3a4cbc6c9a4f3a4c7a4a4a4bfa4c0a4ada4bfa4a4b5adbbf6a4f2a4dea4c8a4e1a4dea4b7a4bfa1a3',
        'hex',
      ),
    ),
    '',
    '今週のニュースはこちらです。開発者の皆さんに読んでいただきたい記事をまとめました。',
    'euc-jp',
  ],
  [
    'Korean in EUC-KR that declares nothing',
    Uint8Array.from(
      Buffer.from(
        'c0ccb9f820c1d6c0c720bcd2bdc4c0bb20b8f0bed2bdc0b4cfb4d92e20b0b3b9dfc0dabfa1b0d420b5b5bff2c0cc20b5c7b4c220b1dbc0bb20bcd2b0b3c7d5b4cfb4d92e',
        'hex',
      ),
    ),
    '',
    '이번 주의 소식을 모았습니다. 개발자에게 도움이 되는 글을 소개합니다.',
    'euc-kr',
  ],
  [
    'Russian in KOI8-R that declares nothing',
    Uint8Array.from(
      Buffer.from(
        'eecfd7cfd3d4c920cec5c4c5ccc93a20ded4cf20dec9d4c1ccc920d2c1dad2c1c2cfd4dec9cbc920c920ded4cf20cdd920d2c5cbcfcdc5cec4d5c5cd2e',
        'hex',
      ),
    ),
    '',
    'Новости недели: что читали разработчики и что мы рекомендуем.',
    'koi8-r',
  ],
  [
    'Russian in Windows-1251 that declares nothing',
    Uint8Array.from(
      Buffer.from(
        'cdeee2eef1f2e820ede5e4e5ebe83a20f7f2ee20f7e8f2e0ebe820f0e0e7f0e0e1eef2f7e8eae820e820f7f2ee20ecfb20f0e5eaeeece5ede4f3e5ec2e',
        'hex',
      ),
    ),
    '',
    'Новости недели: что читали разработчики и что мы рекомендуем.',
    'windows-1251',
  ],
  [
    'Chinese of a few characters, though they are Russian letters and Korean syllables, too',
    Uint8Array.from(Buffer.from('d2bbcec4c1c4c1c4b4fac2ebb5c4bfc9b6c1d0d4a3acc8e7baceb1e0d0b4c7b0b6cbc9e8bcc6cec4b5b5', 'hex')),
    '',
    '一文聊聊代码的可读性，如何编写前端设计文档',
    'gb18030',
  ],
  ['nothing', new Uint8Array(), '', '', 'utf-8'],
]

/** Any character but U+0000 and halves of surrogate pairs. */
const character = fc
  .integer({ min: 1, max: 0x10ffff })
  .filter(code => code < 0xd800 || code > 0xdfff)
  .map(code => String.fromCodePoint(code))
const anyText = fc.string({ unit: fc.oneof(character, fc.constantFrom('中', '<', 'é', '\ufffd', '\ufeff')) })

describe('decodeBody', () => {
  it.each(cases)('reads %s', (_, bytes, contentType, text, encoding) => {
    expect(decodeBody(bytes, contentType)).toMatchObject({ text, encoding })
  })

  it('gives back any text that was written in UTF-8 and declares nothing', () => {
    fc.assert(
      fc.property(anyText, text => {
        fc.pre(!text.startsWith('\ufeff'))
        expect(decodeBody(ascii(text))).toEqual({ text, encoding: 'utf-8', unreadable: 0 })
      }),
    )
  })

  it('gives back any UTF-8 text of four characters beyond ASCII, whatever is declared', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('gbk', 'big5', 'iso-8859-1', 'utf-8', 'shift_jis'), (text, charset) => {
        expect(decodeBody(ascii(`第一期周${text}`), `text/html; charset=${charset}`).text).toBe(`第一期周${text}`)
      }),
    )
  })

  it('takes any bytes under any content type, and says how much it could not read', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.oneof(fc.string(), fc.constantFrom('a/b; charset=gbk', 'a/b; charset=utf-16le', 'a/b; charset=hz-gb-2312')),
        (bytes, contentType) => {
          const { unreadable } = decodeBody(bytes, contentType)
          expect(unreadable).toBeGreaterThanOrEqual(0)
          expect(unreadable).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  it('finds a declaration in a hostile beginning', { timeout: 5_000 }, () => {
    expect(decodeBody(join('<meta '.repeat(100_000), gbk)).text).toContain('<meta ')
    expect(decodeBody(join(`<?xml ${'encoding '.repeat(100_000)}`, gbk)).text).toContain('<?xml')
  })
})
