import { describe, expect, it } from 'vitest'
import { meetingTime } from '../../src/post/meeting-time.js'

const near = '2023-12-29T07:00:00.000Z'

describe('meetingTime', () => {
  it.each([
    ['08 月 23 日 14:00 - 15:00', '2023-08-23T06:00:00.000Z', '2023-08-23T07:00:00.000Z'],
    ['01 月 03 日 19:30-20:30', '2024-01-03T11:30:00.000Z', '2024-01-03T12:30:00.000Z'],
    ['2020年3月12日（周四）19:00-20:00', '2020-03-12T11:00:00.000Z', '2020-03-12T12:00:00.000Z'],
    ['2020/7/2（周四）19:00~20:00', '2020-07-02T11:00:00.000Z', '2020-07-02T12:00:00.000Z'],
    ['12 月 22 号（下周五）下午 2 点', '2023-12-22T06:00:00.000Z', undefined],
    ['12 月 22 号（下周五）晚上 19 点', '2023-12-22T11:00:00.000Z', undefined],
    ['12 月 26 日（下周二）20:00', '2023-12-26T12:00:00.000Z', undefined],
    ['2 月 30 日 20:00', undefined, undefined],
    ['下周四晚 7 点', undefined, undefined],
    ['12 月 26 日', undefined, undefined],
  ])('reads "%s"', (text, start, end) => {
    expect(meetingTime(text, near, 'Asia/Shanghai')).toEqual(JSON.parse(JSON.stringify({ start, end })))
  })

  it('makes up no year without the date of the issue', () => {
    expect(meetingTime('08 月 23 日 14:00', undefined, 'Asia/Shanghai')).toEqual({})
  })
})
