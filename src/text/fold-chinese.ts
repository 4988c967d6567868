/** Traditional characters of the words that tables of names, pointers and notices hold, each before its simplified form. */
const pairs =
  '點点擊击進进閱阅讀读鏈链結结連连網网這这詳详請请見见處处論论視视頻频項项關关參参獻献譯译圖图資资載载體体驗验討讨評评問问題题發发佈布會会議议動动' +
  '講讲壇坛報报預预貢贡務务謝谢鳴鸣線线紹绍錄录誌志聞闻態态訊讯頭头條条遞递貼贴個个話话劃划開开軟软庫库設设計计產产據据質质習习觀观隨随筆笔應应職职' +
  '說说訂订雜杂歷历顧顾編编語语薦荐選选輯辑貨货齊齐週周傳传門门標标來来麼么測测試试獲获獎奖場场練练執执節节專专區区縣县聯联繫系統统時时間间錯错讓让' +
  '遊游戲戏藝艺術术學学刪删員员眾众號号帳帐賬账遷迁註注銷销凍冻訴诉權权謠谣違违規规無无內内訪访環环異异證证過过頁页經经數数誤误暫暂絡络戶户掃扫後后'

const simplified: ReadonlyMap<string, string> = new Map(
  Array.from({ length: pairs.length / 2 }, (_, index) => [pairs.charAt(2 * index), pairs.charAt(2 * index + 1)]),
)

const traditional = new RegExp(`[${[...simplified.keys()].join('')}]`, 'g')

/** A text with the traditional characters of section names, pointers and notices in their simplified form, for looking it up; the same length. */
export function foldChinese(text: string): string {
  return text.replace(traditional, character => simplified.get(character) ?? character)
}
