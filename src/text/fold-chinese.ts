/** Traditional characters of the words that tables of names, pointers and notices hold, each before its simplified form. */
const pairs =
  '點点擊击進进閱阅讀读鏈链結结連连網网這这篇篇詳详請请見见處处論论視视頻频項项關关參参獻献譯译圖图資资載载體体驗验討讨評评' +
  '問问題题發发佈布會会議议動动講讲壇坛報报預预貢贡務务謝谢鳴鸣線线紹绍錄录誌志聞闻態态訊讯頭头條条遞递新新貼贴個个話话劃划' +
  '開开軟软體体庫库設设計计產产據据質质習习觀观點点隨随筆笔應应聘聘職职說说訂订閱阅雜杂烩烩歷历顧顾編编語语錄录薦荐選选輯辑貨货' +
  '齊齐週周傳传門门標标來来麼么測测試试獲获獎奖場场練练執执節节專专區区縣县聯联繫系統统時时間间錯错讓让遊游戲戏藝艺術术學学資资' +
  '刪删員员眾众號号帳帐賬账遷迁註注銷销凍冻訴诉權权謠谣違违規规無无內内訪访環环異异證证過过頁页經经數数誤误暫暂絡络戶户掃扫後后'

const simplified: ReadonlyMap<string, string> = new Map(
  Array.from({ length: pairs.length / 2 }, (_, index) => [pairs.charAt(2 * index), pairs.charAt(2 * index + 1)]),
)

/** Looked for first: most texts hold none of them. */
const traditional = new RegExp(`[${[...simplified].flatMap(([from, to]) => (from === to ? [] : [from])).join('')}]`)
const allTraditional = new RegExp(traditional, 'g')

/** A text with the traditional characters of section names, pointers and notices in their simplified form, for looking it up; the same length. */
export function foldChinese(text: string): string {
  return traditional.test(text) ? text.replace(allTraditional, character => simplified.get(character) ?? character) : text
}
