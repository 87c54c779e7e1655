"""Other ways to write signs, for leaks that are made up: pinyin, old forms, numerals, a small PDF.

Tables of its own; the standard library alone.
"""

from __future__ import annotations

import unicodedata

_SPELLED = """
一yī 丁dīng 万wàn 三sān 上shàng 世shì 丘qiū 业yè 丛cóng 东dōng 严yán 丫yā 中zhōng 丰fēng
丹dān 为wèi 丽lì 义yì 之zhī 乌wū 乐lè 乔qiáo 买mǎi 予yǔ 事shì 二èr 于yú 云yún 亚yà 产chǎn
亨hēng 亮liàng 仁rén 仇qiú 付fù 代dài 以yǐ 仪yí 任rèn 份fèn 伊yī 伍wǔ 会huì 伟wěi 传chuán
伦lún 伯bó 位wèi 佑yòu 体tǐ 何hé 作zuò 佳jiā 依yī 侯hóu 便biàn 俊jùn 保bǎo 俞yú 信xìn 倩qiàn
倪ní 假jiǎ 健jiàn 傅fù 儿ér 元yuán 充chōng 先xiān 光guāng 克kè 全quán 公gōng 兰lán 关guān
兴xīng 具jù 典diǎn 养yǎng 冉rǎn 军jūn 冠guān 冬dōng 冯féng 冰bīng 冷lěng 凌líng 凝níng 凡fán
凤fèng 凯kǎi 刀dāo 刁diāo 分fēn 刘liú 则zé 刚gāng 利lì 到dào 制zhì 刻kè 剂jì 前qián 剪jiǎn
力lì 办bàn 功gōng 务wù 努nǔ 劳láo 勇yǒng 包bāo 化huà 区ōu 升shēng 华huá 单shàn 南nán 博bó
卜bo 卫wèi 印yìn 卿qīng 厚hòu 县xiàn 友yǒu 发fā 古gǔ 可kě 台tái 史shǐ 右yòu 叶yè 司sī 合hé
吐tǔ 向xiàng 吕lǚ 君jūn 启qǐ 吴wú 员yuán 周zhōu 和hé 咏yǒng 咖kā 咸xián 品pǐn 哲zhé 唐táng
售shòu 善shàn 喜xǐ 回huí 园yuán 固gù 国guó 图tú 圆yuán 坚jiān 坤kūn 培péi 堂táng 士shì
壮zhuàng 夏xià 多duō 大dà 天tiān 头tóu 奇qí 如rú 妈mā 妍yán 姐jiě 姚yáo 姣jiāo 姬jī 娅yà
娘niáng 娜nà 娟juān 娣dì 娱yú 娴xián 婉wǎn 婕jié 婴yīng 婵chán 婷tíng 子zi 孔kǒng 孙sūn 孜zī
孟mèng 季jì 学xué 宁níng 宇yǔ 安ān 宋sòng 宏hóng 官guān 宜yí 宝bǎo 室shì 家jiā 容róng 宾bīn
富fù 寒hán 寺sì 寿shòu 尉yù 小xiǎo 少shǎo 尔ěr 尤yóu 尹yǐn 屈qū 山shān 岚lán 岩yán 岭lǐng
岳yuè 峰fēng 崔cuī 工gōng 左zuǒ 巧qiǎo 市shì 帆fān 希xī 席xí 常cháng 平píng 年nián 广guǎng
庄zhuāng 庆qìng 店diàn 庞páng 废fèi 庵ān 康kāng 建jiàn 开kāi 弘hóng 张zhāng 强qiáng 当dāng
彪biāo 彬bīn 彭péng 影yǐng 徐xú 德dé 徽huī 心xīn 志zhì 忠zhōng 快kuài 思sī 怡yí 恒héng 恩ēn
息xī 悦yuè 意yì 慕mù 慧huì 戈gē 成chéng 戚qī 房fáng 手shǒu 才cái 承chéng 技jì 护hù 押yā 拉lā
振zhèn 捷jié 提tí 播bō 支zhī 收shōu 政zhèng 敏mǐn 敢gǎn 敬jìng 文wén 斌bīn 新xīn 方fāng
施shī 旅lǚ 日rì 旭xù 时shí 旺wàng 昌chāng 明míng 易yì 星xīng 春chūn 昭zhāo 晋jìn 晏yàn
晓xiǎo 晨chén 景jǐng 晶jīng 暑shǔ 曦xī 曲qū 曹cáo 曼màn 曾zēng 有yǒu 朋péng 服fú 朗lǎng 木mù
术shù 朱zhū 朵duǒ 李lǐ 杜dù 来lái 杨yáng 杰jié 松sōng 极jí 林lín 枝zhī 枫fēng 柏bǎi 柔róu
查zhā 柯kē 柱zhù 柳liǔ 柴chái 栋dòng 树shù 栓shuān 校xiào 根gēn 格gé 桂guì 桐tóng 梁liáng
梅méi 梓zǐ 梦mèng 棋qí 棘jí 棠táng 植zhí 楚chǔ 楠nán 楼lóu 榕róng 榴liú 樊fán 欢huān 欣xīn
欧ōu 止zhǐ 武wǔ 段duàn 殷yīn 毅yì 毓yù 毕bì 毛máo 民mín 水shuǐ 永yǒng 江jiāng 池chí 汤tāng
汪wāng 沈shěn 沙shā 河hé 波bō 泰tài 泷lóng 泽zé 洁jié 洋yáng 洗xǐ 洪hóng 流liú 浩hào 浴yù
海hǎi 涂tú 涛tāo 涵hán 淑shū 淡dàn 淮huái 深shēn 淼miǎo 清qīng 渊yuān 温wēn 游yóu 源yuán
溪xī 滕téng 满mǎn 滢yíng 潘pān 澜lán 火huǒ 炎yán 炮pào 烟yān 热rè 焦jiāo 焱yàn 然rán 燕yàn
爆bào 爱ài 爽shuǎng 牌pái 牛niú 牟móu 牧mù 狗gǒu 玉yù 王wáng 环huán 玲líng 珊shān 珍zhēn
理lǐ 琛chēn 琦qí 琬wǎn 琰yǎn 琳lín 琴qín 瑗yuàn 瑶yáo 瑾jǐn 璐lù 璧bì 甄zhēn 甘gān 甜tián
生shēng 田tián 申shēn 登dēng 白bái 百bǎi 盛shèng 盾dùn 眉méi 真zhēn 瞿qú 石shí 矿kuàng 砂shā
破pò 磊lěi 礼lǐ 社shè 祁qí 祝zhù 祥xiáng 福fú 秀xiù 秋qiū 科kē 秦qín 程chéng 空kōng 窗chuāng
立lì 章zhāng 童tóng 竹zhú 竺zhú 笑xiào 策cè 筠yún 管guǎn 米mǐ 精jīng 素sù 红hóng 约yuē 纨wán
纪jì 纯chún 细xì 绍shào 络luò 继jì 维wéi 网wǎng 罗luó 羊yáng 美měi 群qún 羽yǔ 翁wēng 翔xiáng
翟zhái 翰hàn 老lǎo 耿gěng 聂niè 聚jù 聪cōng 肖xiào 股gǔ 育yù 胜shèng 胡hú 腾téng 臂bì 至zhì
致zhì 舒shū 舜shùn 航háng 良liáng 艳yàn 艺yì 艾ài 芝zhī 芦lú 芬fēn 花huā 芳fāng 芸yún 苏sū
苑yuàn 苗miáo 若ruò 英yīng 茂mào 茗míng 茜qiàn 荆jīng 草cǎo 荔lì 荣róng 药yào 荷hé 莎shā
莫mò 莲lián 莹yíng 菁jīng 菲fēi 萍píng 萧xiāo 葛gé 董dǒng 蓉róng 蓓bèi 蔡cài 蕊ruǐ 薄báo
薇wēi 虎hǔ 融róng 行xíng 袁yuán 裕yù 裴péi 西xī 覃qín 见jiàn 解xiè 言yán 詹zhān 誉yù 训xùn
许xǔ 设shè 试shì 诚chéng 诸zhū 谢xiè 谦qiān 谭tán 谷gǔ 豪háo 财cái 责zé 货huò 贵guì 贸mào
费fèi 贺hè 贾jiǎ 赖lài 赛sài 赵zhào 超chāo 足zú 跃yuè 路lù 车chē 轩xuān 轮lún 辉huī 输shū
辛xīn 辰chén 边biān 达dá 运yùn 进jìn 远yuǎn 连lián 迟chí 追zhuī 逊xùn 通tōng 速sù 道dào
邓dèng 邢xíng 邦bāng 邱qiū 邵shào 郎láng 郑zhèng 部bù 郭guō 酒jiǔ 采cǎi 里lǐ 重chóng 金jīn
鑫xīn 钟zhōng 钧jūn 钱qián 铁tiě 铃líng 铜tóng 银yín 销xiāo 锁suǒ 锋fēng 锦jǐn 长zhǎng 门mén
闵mǐn 阮ruǎn 阳yáng 阿ā 际jì 陆lù 陈chén 限xiàn 险xiǎn 陵líng 陶táo 隋suí 雁yàn 雄xióng 雅yǎ
集jí 雨yǔ 雪xuě 雷léi 霄xiāo 震zhèn 霍huò 霞xiá 霭ǎi 露lù 青qīng 静jìng 靳jìn 鞭biān 韦wéi
韩hán 音yīn 韵yùn 项xiàng 顺shùn 顾gù 颖yǐng 颜yán 风fēng 飘piāo 飞fēi 餐cān 饮yǐn 饶ráo
馆guǎn 香xiāng 馥fù 馨xīn 马mǎ 驶shǐ 驾jià 骏jùn 高gāo 鲁lǔ 鲍bào 鸡jī 鸣míng 鹏péng 黄huáng
黎lí 默mò 黛dài 齐qí 龙lóng 龚gōng
"""
_OLD_FORMS = """
万萬 业業 丛叢 东東 严嚴 丰豐 为爲 丽麗 义義 乌烏 乐樂 乔喬 买買 于於 云雲 亚亞 产產 仇讎
仪儀 会會 伟偉 传傳 伦倫 体體 俊儁 儿兒 克剋 兰蘭 关關 兴興 养養 军軍 冬鼕 冯馮 凌淩 凤鳳
凯凱 刘劉 则則 刚剛 制製 剂劑 办辦 务務 劳勞 区區 升昇 华華 单單 卜蔔 卫衛 县縣 发發 台臺
叶葉 合閤 向嚮 吕呂 启啓 吴吳 员員 周週 咏詠 咸鹹 回迴 园園 国國 图圖 圆圓 坚堅 壮壯 头頭
妈媽 娅婭 娘孃 娱娛 娴嫺 婴嬰 婵嬋 孙孫 学學 宁寧 宝寶 家傢 宾賓 寿壽 尔爾 岚嵐 岩巖 岭嶺
岳嶽 峰峯 席蓆 广廣 庄莊 庆慶 庞龐 废廢 庵菴 开開 张張 强強 当當 志誌 恒恆 悦悅 戚慼 才纔
护護 时時 晋晉 晓曉 曲麴 术術 朱硃 来來 杨楊 杰傑 松鬆 极極 枫楓 栋棟 树樹 梁樑 梦夢 楼樓
欢歡 欧歐 毕畢 汤湯 沈瀋 泷瀧 泽澤 洁潔 涂塗 涛濤 渊淵 温溫 游遊 满滿 滢瀅 澜瀾 烟煙 热熱
爱愛 环環 瑶瑤 矿礦 礼禮 秋鞦 红紅 约約 纨紈 纪紀 纯純 细細 绍紹 络絡 继繼 维維 网網 罗羅
群羣 聂聶 聪聰 胜勝 胡鬍 腾騰 致緻 艳豔 艺藝 芦蘆 芸蕓 苏蘇 荆荊 荣榮 药藥 莲蓮 莹瑩 萧蕭
见見 誉譽 训訓 许許 设設 试試 诚誠 诸諸 谢謝 谦謙 谭譚 谷穀 财財 责責 货貨 贵貴 贸貿 费費
贺賀 贾賈 赖賴 赛賽 赵趙 跃躍 车車 轩軒 轮輪 辉輝 输輸 边邊 达達 运運 进進 远遠 连連 迟遲
逊遜 邓鄧 郑鄭 采採 里裏 钟鍾 钧鈞 钱錢 铁鐵 铃鈴 铜銅 银銀 销銷 锁鎖 锋鋒 锦錦 长長 门門
闵閔 阳陽 际際 陆陸 陈陳 险險 霭靄 静靜 韦韋 韩韓 韵韻 项項 顺順 顾顧 颖穎 颜顏 风風 飘飄
飞飛 饮飲 饶饒 馆館 马馬 驶駛 驾駕 骏駿 鲁魯 鲍鮑 鸡雞 鸣鳴 鹏鵬 黄黃 齐齊 龙龍 龚龔
"""
TONED = {one[0]: one[1:] for one in _SPELLED.split()}
TRADITIONAL = str.maketrans({one[0]: one[1] for one in _OLD_FORMS.split()})
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")
CIRCLED = str.maketrans("0123456789", "⓪①②③④⑤⑥⑦⑧⑨")
CAPITAL = str.maketrans("0123456789", "零壹贰叁肆伍陆柒捌玖")
_CHARACTERS_A_LINE = 44


def plain_pinyin(name):
    """A name in pinyin without tones, syllables apart; none where a sign is not in the table."""
    if not all(sign in TONED for sign in name):
        return None
    spelled = unicodedata.normalize("NFD", " ".join(TONED[sign] for sign in name))
    return "".join(sign for sign in spelled if not unicodedata.combining(sign))


def toned_pinyin(name):
    """A name in pinyin with tones; none where a sign is not in the table."""
    return " ".join(TONED[sign] for sign in name) if all(sign in TONED for sign in name) else None


def chinese_number(text):
    """A text with its numbers in Chinese: 12号 is 十二号, 201室 is 二〇一室."""
    out, digits = "", ""
    for sign in text + "\0":
        if sign.isdigit():
            digits += sign
            continue
        out += _in_words(digits) if digits else ""
        digits = ""
        out += sign
    return out[:-1]


def _in_words(digits):
    value = int(digits)
    if len(digits) > 2 or value < 10 or digits[0] == "0":
        return digits.translate(CHINESE)
    tens, ones = divmod(value, 10)
    words = ("" if tens == 1 else str(tens).translate(CHINESE)) + "十"
    return words + (str(ones).translate(CHINESE) if ones else "")


def pdf(lines, about):
    """A PDF of one page with these lines as its text layer, and what it says about itself."""
    text = [line[at : at + _CHARACTERS_A_LINE] for line in lines
            for at in range(0, max(len(line), 1), _CHARACTERS_A_LINE)]  # fmt: skip
    signs = sorted({ord(sign) for line in text for sign in line})
    shown = "\n".join(f"<{''.join(f'{ord(sign):04X}' for sign in line)}> Tj T*" for line in text)
    content = f"BT /F1 10 Tf 14 TL 40 800 Td\n{shown}\nET"
    pairs = "\n".join(f"<{code:04X}> <{code:04X}>" for code in signs)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(signs)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    info = " ".join(
        f"/{key} <FEFF{value.encode('utf-16-be').hex()}>" for key, value in about.items()
    )
    name, inner = "/BaseFont/Song", "/DescendantFonts[6 0 R]/ToUnicode 7 0 R"
    system = "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 9 0 R>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        f"<</Type/Font/Subtype/Type0{name}/Encoding/Identity-H{inner}>>",
        f"<</Type/Font/Subtype/CIDFontType2{name}/DW 1000{system}>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        f"<<{info}>>",
        "<</Font<</F1 5 0 R>>>>",
    ]
    return _written(objects)


def _written(objects):
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{body}endobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 8 0 R>>"
    start = len(out)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return out + f"{head}{table}{end}\nstartxref\n{start}\n%%EOF".encode("latin-1")
