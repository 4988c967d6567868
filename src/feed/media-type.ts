/** Endings of paths and values of WeChat's `wx_fmt` parameter that tell a media type. */
const TYPES: Readonly<Record<string, string>> = {
  avif: 'image/avif',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  m4a: 'audio/mp4',
  mp3: 'audio/mpeg',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  webm: 'video/webm',
  pdf: 'application/pdf',
  zip: 'application/zip',
}

const WX_FORMAT = /[?&]wx_fmt=([a-z]{3,4})(?:[&#]|$)/i
const ENDING = /\.([a-z0-9]{3,4})$/i
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i

/** The media type that an address tells: by `wx_fmt` of a WeChat picture, else by the ending of its path. Never guessed otherwise. */
export function mediaTypeOf(url: string): string | undefined {
  const word = WX_FORMAT.exec(url)?.[1] ?? ENDING.exec(pathOf(url))?.[1]
  return word === undefined ? undefined : TYPES[word.toLowerCase()]
}

/** The media type if it is one, without parameters; else what the address tells. */
export function trueMediaType(type: string | undefined, url: string): string | undefined {
  const bare = type?.split(';', 1)[0]?.trim().toLowerCase()
  return bare !== undefined && MEDIA_TYPE.test(bare) ? bare : mediaTypeOf(url)
}

function pathOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return path.slice(path.lastIndexOf('/'))
}
