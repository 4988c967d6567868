import { identifyLink } from '../links/identify-link.js'
import { decodeEntities } from '../text/html.js'
import { copyString, toLine, toPlain } from '../text/plain.js'
import { decodeRepeatedly } from './decode-repeatedly.js'
import { attribute, bodyClass, cgi, element, meta, type PageFacts, type Place, titleTag, variable } from './page-facts.js'
import { cleanImageUrl } from './picture-address.js'
import { readInstant, textOf } from './raw-values.js'
import { originalMark, reprintNumbers, shareMark, voiceProperty } from './special-places.js'

/** Where a field of an article may stand, in order of trust, and how its raw value is read. */
export interface Field<T> {
  readonly places: readonly Place[]
  read(raw: unknown): T | undefined
  /** Looked for in all places even when `cgiDataNew` was read whole and leaves it out. */
  readonly vital?: true
}

/** A value with the place where it stood. */
export interface Found<T> {
  value: T
  from: string
}

/**
 * The places of each field over all templates since 2015; a new template is a new place here.
 * A whole `cgiDataNew` is the page's own word: what it states as empty is not looked for elsewhere.
 */
export const fields = {
  title: vital(readTitle, [
    cgi('title'),
    variable('msg_title'),
    meta('og:title'),
    element('#activity-name', 'id="activity-name"'),
    // The box for comments has a heading of this class too; it stands before the content in the oldest template.
    element('.rich_media_title', 'class="rich_media_title"', 'id="page-content"'),
    titleTag,
  ]),
  /** What a message of text or pictures begins with, for one without any title. */
  opening: field(readTitle, [cgi('text_page_info', 'content'), cgi('desc')]),
  summary: field(readSummary, [cgi('desc'), variable('msg_desc'), meta('og:description'), meta('description')]),
  author: field(readText, [
    cgi('author'),
    variable('author'),
    meta('author'),
    element('em after #post-date', 'class="rich_media_meta rich_media_meta_text"', 'id="post-date"'),
  ]),
  accountName: field(readText, [
    cgi('nick_name'),
    variable('nickname'),
    variable('nick_name'),
    element('#js_name', 'id="js_name"'),
    element('.wx_follow_nickname', 'class="wx_follow_nickname'),
    element('#post-user', 'id="post-user"'),
    element('.profile_nickname', 'class="profile_nickname"'),
  ]),
  userName: field(readText, [cgi('user_name'), variable('user_name'), variable('ori_username')]),
  alias: field(readText, [cgi('alias'), variable('alias'), element('.profile_meta_value', 'class="profile_meta_value"')]),
  avatar: field(cleanImageUrl, [
    cgi('round_head_img'),
    cgi('hd_head_img'),
    variable('round_head_img'),
    variable('hd_head_img'),
    variable('ori_head_img_url'),
  ]),
  biz: vital(matching(/^[\w+/-]{4,40}={0,2}$/), [cgi('bizuin'), variable('biz')]),
  mid: vital(matching(/^[1-9]\d{0,15}$/), [cgi('mid'), variable('mid'), variable('appmsgid')]),
  idx: vital(matching(/^[1-9]\d?$/), [cgi('idx'), variable('idx'), variable('itemidx')]),
  sn: vital(matching(/^[\da-f]{16,64}$/i), [cgi('sn'), variable('sn')]),
  published: field(readInstant, [
    cgi('ori_create_time'),
    cgi('create_timestamp'),
    variable('ct'),
    variable('oriCreateTime'),
    variable('create_time'),
    cgi('create_time'),
    variable('createTime'),
    variable('publish_time'),
    element('#post-date', 'id="post-date"'),
    element('#publish_time', 'id="publish_time"'),
  ]),
  updated: field(readInstant, [cgi('modify_time'), variable('modify_time')]),
  image: field(cleanImageUrl, [cgi('cdn_url'), variable('msg_cdn_url'), variable('cdn_url'), meta('og:image')]),
  square: field(cleanImageUrl, [cgi('cdn_url_1_1'), variable('cdn_url_1_1')]),
  wide: field(cleanImageUrl, [cgi('cdn_url_235_1'), cgi('cdn_url_16_9'), variable('cdn_url_235_1')]),
  copyright: field(matching(/^\d{1,2}$/), [
    cgi('copyright_info', 'copyright_stat'),
    cgi('copyright_stat'),
    variable('copyright_stat'),
    variable('_copyright_stat'),
    originalMark,
  ]),
  reprintAccount: field(readText, [
    cgi('copyright_info', 'platform'),
    element('.original_primary_nickname', 'class="original_primary_nickname"'),
    element('#js_share_author', 'id="js_share_author"'),
  ]),
  reprintUrl: field(readLink, [
    cgi('copyright_info', 'reprint_url'),
    variable('reprint_url'),
    attribute('#js_share_source', 'id="js_share_source"', 'data-url'),
    reprintNumbers,
  ]),
  reprintType: field(matching(/^\d{1,2}$/), [cgi('copyright_info', 'reprint_type'), variable('reprint_type'), shareMark]),
  place: field(readText, [
    cgi('ip_wording', 'province_name'),
    cgi('ip_wording', 'country_name'),
    variable('ip_wording', 'provinceName'),
    variable('ip_wording', 'countryName'),
  ]),
  paid: field(matching(/^[01]$/), [cgi('is_pay_subscribe'), variable('is_pay_subscribe')]),
  sourceUrl: field(readLink, [cgi('source_url'), variable('msg_source_url')]),
  link: field(readLink, [cgi('link'), variable('msg_link'), meta('og:url')]),
  shortLink: field(readLink, [cgi('user_info', 'short_link'), cgi('short_link'), variable('short_link')]),
  /** The recording that an audio message is. */
  recording: vital(matching(/^[\w=+/-]{6,200}$/), [
    cgi('voiceid'),
    cgi('voice_in_appmsg', 0, 'voiceid'),
    cgi('voice_in_appmsg', 0, 'voice_id'),
    variable('voiceid'),
    voiceProperty,
  ]),
  showType: vital(matching(/^\d{1,3}$/), [cgi('item_show_type'), cgi('real_item_show_type'), variable('item_show_type'), bodyClass]),
} as const

function field<T>(read: (raw: unknown) => T | undefined, places: readonly Place[]): Field<T> {
  return { read, places }
}

function vital<T>(read: (raw: unknown) => T | undefined, places: readonly Place[]): Field<T> {
  return { read, places, vital: true }
}

/** Reads a field from the first of its places that states it. */
export function readField<T>(facts: PageFacts, row: Field<T>): Found<T> | undefined {
  const isWhole = facts.cgi?.complete === true && row.vital === undefined
  let isStated = false
  for (const place of row.places) {
    if (isWhole && (place.kind === 'search' || (place.kind === 'meta' && isStated))) continue
    const raw = place.read(facts)
    if (raw === undefined) continue
    if (place.kind === 'cgi') isStated = true
    const value = row.read(raw)
    if (value !== undefined) return { value, from: place.name }
  }
  return undefined
}

/** One line of text: HTML entities are resolved once, since WeChat escapes what authors typed. */
function readText(raw: unknown): string | undefined {
  return toLine(decodeEntities(textOf(raw)), 300)
}

/** A title keeps its line breaks here: a message without a title of its own has all its text in this place, and its first line is the title. */
function readTitle(raw: unknown): string | undefined {
  const title = decodeEntities(textOf(raw)).trim()
  return toPlain(title) === '' ? undefined : copyString(title)
}

const breakingTag = /<\/?(?:br|p|section)(?:\s[^<>]{0,2000})?\/?>/gi
const inlineTag = /<\/?(?:a|b|em|font|i|img|span|strong)(?:\s[^<>]{0,2000})?\/?>/gi

/** A summary: escaped up to three times, and in picture messages with links. */
function readSummary(raw: unknown): string | undefined {
  return toLine(decodeRepeatedly(textOf(raw)).replace(breakingTag, ' ').replace(inlineTag, ''), 500)
}

function readLink(raw: unknown): string | undefined {
  const link = identifyLink(decodeRepeatedly(textOf(raw)).trim())
  return link.kind === 'invalid' ? undefined : link.url
}

function matching(pattern: RegExp): (raw: unknown) => string | undefined {
  return raw => {
    const text = textOf(raw)
    return pattern.test(text) ? copyString(text) : undefined
  }
}
