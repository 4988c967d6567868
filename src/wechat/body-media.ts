import { type ChildNode, type Element, isTag } from 'domhandler'
import { videoPage } from '../links/video-page.js'
import { wechatHome } from '../links/wechat-link.js'
import { copyString, toPlain } from '../text/plain.js'
import { decodePercent, resolveUrl } from '../text/url.js'
import type { Attachment } from '../types.js'
import { addedFigure, cleanPicture } from './body-pictures.js'
import { decodeRepeatedly } from './decode-repeatedly.js'
import { cleanImageUrl } from './picture-address.js'
import { makeElement, makeText } from './tree-edit.js'

/** What a body's media need to know of the page around them. */
export interface BodyContext {
  /** Address of the article: where what cannot be shown can be seen. */
  readonly url: string
  /** Lengths in seconds by the id of the video. */
  readonly videoLengths: ReadonlyMap<string, number>
  /** Gathers the files that a feed can name. */
  readonly attachments: Attachment[]
}

type Rule = (element: Element, context: BodyContext) => readonly ChildNode[]

const profile: Rule = ({ attribs }) => card('公众号', attribs['data-nickname'])
const program: Rule = ({ attribs }) => card('小程序', attribs['data-miniprogram-title'] || attribs['data-miniprogram-nickname'])

/** What becomes of the elements that only WeChat's scripts can show. Names not here are unwrapped; an empty one leaves nothing. */
export const mediaRules: Readonly<Record<string, Rule>> = {
  mpvoice: voice,
  'mp-common-mpaudio': voice,
  qqmusic: music(),
  'mp-common-qqmusic': music(),
  'mp-common-clmusic': music(),
  'mp-common-claudio': music('音频', 1),
  iframe: frame,
  embed: drawing,
  'mp-common-videosnap': channelVideo,
  'mp-common-profile': profile,
  mpprofile: profile,
  'mp-miniprogram': program,
  'mp-common-miniprogram': program,
  'mp-weapp': program,
  'mp-common-poi': ({ attribs }) => card('地点', decodePercent(attribs['data-name'] ?? '')),
  'mp-common-product': ({ attribs }) => card('商品', attribs['data-title'] || attribs['data-name']),
  'mp-common-sticker': sticker,
  'mp-common-vote': vote,
  mpvote: vote,
}

function card(kind: string, name: string | undefined): readonly ChildNode[] {
  const label = labelOf(name)
  return label === '' ? [] : [makeElement('p', {}, [makeText(`${kind}：${label}`)])]
}

function labelOf(...parts: readonly (string | undefined)[]): string {
  return parts
    .map(part => toPlain(decodeRepeatedly((part ?? '').slice(0, 1_000))))
    .filter(part => part !== '')
    .join(' - ')
}

/** `1:51`, or nothing for a length that is not known. */
function clock(seconds: number): string {
  if (!(seconds >= 1 && seconds < 360_000)) return ''
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor(minutes / 60)
  const two = (value: number) => String(value).padStart(2, '0')
  return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(Math.floor(seconds % 60))}` : `${minutes}:${two(Math.floor(seconds % 60))}`
}

function figure(kind: string, url: string, words: readonly string[], poster?: string): readonly ChildNode[] {
  const link = makeElement('a', { href: url }, [makeText(words.filter(word => word !== '').join(' '))])
  return [
    poster === undefined
      ? makeElement('figure', { 'data-kind': kind }, [link])
      : addedFigure(kind, poster, [makeElement('figcaption', {}, [link])]),
  ]
}

/** A recording of the account itself: it has an address that lasts. */
function voice({ attribs }: Element, context: BodyContext): readonly ChildNode[] {
  const id = attribs['voice_encode_fileid'] || attribs['data-voice_encode_fileid']
  const title = labelOf(attribs['name'] || attribs['data-name'])
  const seconds = Math.round(Number(attribs['play_length'] || attribs['data-play_length'] || 0) / 1000)
  if (id === undefined || !/^[\w=+/-]{6,200}$/.test(id)) return figure('audio', context.url, ['音频', title, clock(seconds)])
  const url = `https://res.wx.qq.com/voice/getvoice?mediaid=${id}`
  context.attachments.push({
    url: copyString(url),
    type: 'audio/mpeg',
    ...(title === '' ? {} : { title: copyString(title) }),
    ...(seconds > 0 ? { duration: seconds } : {}),
  })
  return figure('audio', url, ['音频', title, clock(seconds)])
}

/** A song of a music service, or another recording that is listened to there; its file has an address that expires. */
function music(word = '音乐', perSecond = 1000): Rule {
  return ({ attribs }, context) => {
    const stated = (...names: readonly string[]) => names.flatMap(name => attribs[name] || attribs[`data-${name}`] || [])[0]
    const title = labelOf(stated('music_name', 'name'), stated('singer', 'author'))
    const length = clock(Number(stated('play_length', 'duration')) / perSecond)
    return title === '' ? [] : figure('audio', context.url, [word, title, length], cleanImageUrl(stated('albumurl', 'cover')))
  }
}

function frame(element: Element, context: BodyContext): readonly ChildNode[] {
  const { attribs } = element
  const address = decodeRepeatedly(attribs['data-src'] || attribs['src'] || '')
  if (attribs['class']?.includes('vote_iframe') === true || address.includes('newappmsgvote')) return vote(element, context)
  const id = attribs['data-mpvid'] || /[?&]vid=(\w{6,60})/.exec(address)?.[1]
  if (id === undefined) return []
  const url = resolveUrl(address, wechatHome)
  const seconds = context.videoLengths.get(id) ?? 0
  return figure(
    'video',
    videoPage(url ?? '') ?? context.url,
    ['视频', clock(seconds)],
    cleanImageUrl(decodePercent(attribs['data-cover'] ?? '')),
  )
}

/** Stands in a line for what cannot be shown there. */
export function mark(word: string, { url }: BodyContext): Element {
  return makeElement('a', { href: url }, [makeText(word)])
}

/** A formula that an editor drew and uploaded; what else is embedded is no picture. */
function drawing(element: Element): readonly ChildNode[] {
  return cleanPicture(element).filter(node => isTag(node) && /^https:\/\/mmbiz\./.test(node.attribs['src'] ?? ''))
}

function channelVideo({ attribs }: Element, context: BodyContext): readonly ChildNode[] {
  const title = labelOf(attribs['data-nickname'], attribs['data-desc'])
  const [kind, word] = attribs['data-type'] === 'image' ? ['pictures', '视频号图片'] : ['video', '视频号']
  return figure(kind, context.url, [word, title], cleanImageUrl(decodePercent(attribs['data-url'] ?? '')))
}

function sticker({ attribs }: Element): readonly ChildNode[] {
  const src = cleanImageUrl(attribs['data-emoji_url'])
  return src === undefined ? [] : [addedFigure('sticker', src)]
}

function vote(_element: Element, context: BodyContext): readonly ChildNode[] {
  return [makeElement('p', {}, [mark('投票', context)])]
}
