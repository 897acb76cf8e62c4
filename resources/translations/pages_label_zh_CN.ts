<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>KindWords</name>
        <message numerus="yes">
            <source>%1 of %Ln picture(s)</source>
            <translation>
                <numerusform>第 %1 / %Ln 张图片</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %Ln text(s)</source>
            <translation>
                <numerusform>第 %1 / %Ln 篇文本</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %Ln row(s)</source>
            <translation>
                <numerusform>第 %1 / %Ln 行</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%1 of %Ln series</source>
            <translation>
                <numerusform>第 %1 / %Ln 个序列</numerusform>
            </translation>
        </message>
        <message>
            <source>Picture %1 of %2. Go to another one by its number or name</source>
            <translation>第 %1 张图片，共 %2 张。按编号或名称转到其他图片</translation>
        </message>
        <message>
            <source>Text %1 of %2. Go to another one by its number or name</source>
            <translation>第 %1 篇文本，共 %2 篇。按编号或名称转到其他文本</translation>
        </message>
        <message>
            <source>Row %1 of %2. Go to another one by its number</source>
            <translation>第 %1 行，共 %2 行。按编号转到其他行</translation>
        </message>
        <message>
            <source>The series</source>
            <translation>该序列</translation>
        </message>
        <message>
            <source>Next picture</source>
            <translation>下一张图片</translation>
        </message>
        <message>
            <source>Next text</source>
            <translation>下一篇文本</translation>
        </message>
        <message>
            <source>Next row</source>
            <translation>下一行</translation>
        </message>
        <message>
            <source>Next item</source>
            <translation>下一条</translation>
        </message>
        <message>
            <source>Previous picture</source>
            <translation>上一张图片</translation>
        </message>
        <message>
            <source>Previous text</source>
            <translation>上一篇文本</translation>
        </message>
        <message>
            <source>Previous row</source>
            <translation>上一行</translation>
        </message>
        <message>
            <source>Previous item</source>
            <translation>上一条</translation>
        </message>
        <message>
            <source>This picture is right as it is, also where nothing is on it (%1)</source>
            <translation>这张图片没有问题，即使上面什么也没有（%1）</translation>
        </message>
        <message>
            <source>This text is right as it is, also where nothing is marked in it (%1)</source>
            <translation>这篇文本没有问题，即使其中没有任何标记（%1）</translation>
        </message>
        <message>
            <source>This row is right as it is (%1)</source>
            <translation>这一行没有问题（%1）</translation>
        </message>
        <message>
            <source>This series is right as it is, also where nothing is marked in it (%1)</source>
            <translation>这个序列没有问题，即使其中没有任何标记（%1）</translation>
        </message>
        <message>
            <source>Which pictures are shown</source>
            <translation>显示哪些图片</translation>
        </message>
        <message>
            <source>Which texts are shown</source>
            <translation>显示哪些文本</translation>
        </message>
        <message>
            <source>Which rows are shown</source>
            <translation>显示哪些行</translation>
        </message>
        <message>
            <source>Which items are shown</source>
            <translation>显示哪些条目</translation>
        </message>
        <message>
            <source>Pictures with a label of this class</source>
            <translation>带有此类别标注的图片</translation>
        </message>
        <message>
            <source>Texts with a label of this class</source>
            <translation>带有此类别标注的文本</translation>
        </message>
        <message>
            <source>Rows of this class</source>
            <translation>属于此类别的行</translation>
        </message>
        <message>
            <source>Items with a label of this class</source>
            <translation>带有此类别标注的条目</translation>
        </message>
        <message>
            <source>Pictures that this person labelled, checked or skipped</source>
            <translation>此人标注、检查或跳过的图片</translation>
        </message>
        <message>
            <source>Texts that this person labelled, checked or skipped</source>
            <translation>此人标注、检查或跳过的文本</translation>
        </message>
        <message>
            <source>Rows that this person labelled, checked or skipped</source>
            <translation>此人标注、检查或跳过的行</translation>
        </message>
        <message>
            <source>Items that this person labelled, checked or skipped</source>
            <translation>此人标注、检查或跳过的条目</translation>
        </message>
        <message>
            <source>Find pictures by name, comment or number</source>
            <translation>按名称、评论或编号查找图片</translation>
        </message>
        <message>
            <source>Find texts by their words, comment or number</source>
            <translation>按文字内容、评论或编号查找文本</translation>
        </message>
        <message>
            <source>Find rows by what stands in them, comment or number</source>
            <translation>按单元格内容、评论或编号查找行</translation>
        </message>
        <message>
            <source>Find items by name, comment or number</source>
            <translation>按名称、评论或编号查找条目</translation>
        </message>
        <message>
            <source>Name, comment, number</source>
            <translation>名称、评论、编号</translation>
        </message>
        <message>
            <source>Words, comment, number</source>
            <translation>文字、评论、编号</translation>
        </message>
        <message>
            <source>Values, comment, number</source>
            <translation>内容、评论、编号</translation>
        </message>
        <message>
            <source>All pictures as a gallery, and back</source>
            <translation>以图库显示所有图片，再按返回</translation>
        </message>
        <message>
            <source>All texts as cards, and back</source>
            <translation>以卡片显示所有文本，再按返回</translation>
        </message>
        <message>
            <source>All rows as cards, and back</source>
            <translation>以卡片显示所有行，再按返回</translation>
        </message>
        <message>
            <source>All items as cards, and back</source>
            <translation>以卡片显示所有条目，再按返回</translation>
        </message>
        <message>
            <source>Strip of pictures</source>
            <translation>图片条</translation>
        </message>
        <message>
            <source>Strip of texts</source>
            <translation>文本条</translation>
        </message>
        <message>
            <source>Strip of rows</source>
            <translation>行卡片条</translation>
        </message>
        <message>
            <source>Strip of items</source>
            <translation>条目条</translation>
        </message>
        <message>
            <source>Show or hide the strip of pictures</source>
            <translation>显示或隐藏图片条</translation>
        </message>
        <message>
            <source>Show or hide the strip of texts</source>
            <translation>显示或隐藏文本条</translation>
        </message>
        <message>
            <source>Show or hide the strip of rows</source>
            <translation>显示或隐藏行卡片条</translation>
        </message>
        <message>
            <source>Show or hide the strip of items</source>
            <translation>显示或隐藏条目条</translation>
        </message>
        <message>
            <source>Go to a picture</source>
            <translation>转到图片</translation>
        </message>
        <message>
            <source>Go to a text</source>
            <translation>转到文本</translation>
        </message>
        <message>
            <source>Go to a row</source>
            <translation>转到行</translation>
        </message>
        <message>
            <source>Go to an item</source>
            <translation>转到条目</translation>
        </message>
        <message>
            <source>No picture has “%1” in its name or comment.</source>
            <translation>没有名称或评论中含“%1”的图片。</translation>
        </message>
        <message>
            <source>“%1” stands in no text and in no comment.</source>
            <translation>没有任何文本或评论含有“%1”。</translation>
        </message>
        <message>
            <source>“%1” stands in no row and in no comment.</source>
            <translation>没有任何行或评论含有“%1”。</translation>
        </message>
        <message>
            <source>No item has “%1” in its name or comment.</source>
            <translation>没有名称或评论中含“%1”的条目。</translation>
        </message>
        <message>
            <source>What should others know about this picture?</source>
            <translation>关于这张图片，其他人应该知道什么？</translation>
        </message>
        <message>
            <source>What should others know about this text?</source>
            <translation>关于这篇文本，其他人应该知道什么？</translation>
        </message>
        <message>
            <source>What should others know about this row?</source>
            <translation>关于这一行，其他人应该知道什么？</translation>
        </message>
        <message>
            <source>What should others know about this series?</source>
            <translation>关于这个序列，其他人应该知道什么？</translation>
        </message>
        <message>
            <source>Everything that was done on this picture. Select a shape to see its history alone.</source>
            <translation>这张图片上做过的所有操作。选中一个形状可只看它的历史。</translation>
        </message>
        <message>
            <source>Everything that was done on this text. Select a span to see its history alone.</source>
            <translation>这篇文本上做过的所有操作。选中一个标记可只看它的历史。</translation>
        </message>
        <message>
            <source>Everything that was done on this row.</source>
            <translation>这一行上做过的所有操作。</translation>
        </message>
        <message>
            <source>Everything that was done on this series. Select a stretch to see its history alone.</source>
            <translation>这个序列上做过的所有操作。选中一个区段可只看它的历史。</translation>
        </message>
        <message>
            <source>History of this picture</source>
            <translation>这张图片的历史</translation>
        </message>
        <message>
            <source>History of this text</source>
            <translation>这篇文本的历史</translation>
        </message>
        <message>
            <source>History of this row</source>
            <translation>这一行的历史</translation>
        </message>
        <message>
            <source>History of this series</source>
            <translation>这个序列的历史</translation>
        </message>
        <message>
            <source>The picture is bad</source>
            <translation>图片质量差</translation>
        </message>
        <message>
            <source>The text cannot be read</source>
            <translation>文本无法阅读</translation>
        </message>
        <message>
            <source>The values cannot be right</source>
            <translation>数值不可能正确</translation>
        </message>
        <message>
            <source>The series is damaged</source>
            <translation>序列已损坏</translation>
        </message>
        <message>
            <source>Keys label whole pictures</source>
            <translation>按键标注整张图片</translation>
        </message>
        <message>
            <source>Keys label whole texts</source>
            <translation>按键标注整篇文本</translation>
        </message>
        <message>
            <source>Keys label whole rows</source>
            <translation>按键标注整行</translation>
        </message>
        <message>
            <source>Keys label the whole series</source>
            <translation>按键标注整个序列</translation>
        </message>
        <message>
            <source>What is shown beside the pictures</source>
            <translation>图片旁边显示的内容</translation>
        </message>
        <message>
            <source>What is shown beside the text</source>
            <translation>文本旁边显示的内容</translation>
        </message>
        <message>
            <source>What is shown beside the row</source>
            <translation>行旁边显示的内容</translation>
        </message>
        <message>
            <source>What is shown beside the series</source>
            <translation>序列旁边显示的内容</translation>
        </message>
        <message>
            <source>Keys for pictures</source>
            <translation>图片的按键</translation>
        </message>
        <message>
            <source>Keys for texts</source>
            <translation>文本的按键</translation>
        </message>
        <message>
            <source>Keys for rows</source>
            <translation>表格行的按键</translation>
        </message>
        <message>
            <source>Keys for a series</source>
            <translation>序列的按键</translation>
        </message>
    </context>
    <context>
        <name>LabelKeys</name>
        <message>
            <source>, </source>
            <comment>between kinds: pictures, texts</comment>
            <translation>、</translation>
        </message>
        <message>
            <source>Class %1</source>
            <translation>类别 %1</translation>
        </message>
        <message>
            <source>The last tool again, or Select</source>
            <translation>再次使用上一个工具，或选择</translation>
        </message>
        <message>
            <source>Checked, next (while a box is drawn, too)</source>
            <translation>已检查，下一张（绘制时也可用）</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Flag for somebody to look at</source>
            <translation>加旗标，请他人查看</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>评论</translation>
        </message>
        <message>
            <source>Remove what is selected</source>
            <translation>删除所选</translation>
        </message>
        <message>
            <source>Duplicate what is selected</source>
            <translation>复制一份所选</translation>
        </message>
        <message>
            <source>Copy what is selected, or all shapes</source>
            <translation>拷贝所选或全部形状</translation>
        </message>
        <message>
            <source>Paste at the same place, also on another picture</source>
            <translation>粘贴到相同位置，也可用于其他图片</translation>
        </message>
        <message>
            <source>The shapes of the picture before, here too</source>
            <translation>把上一张图片的形状也放到这里</translation>
        </message>
        <message>
            <source>Select all shapes</source>
            <translation>选择全部形状</translation>
        </message>
        <message>
            <source>Find or add a class</source>
            <translation>查找或添加类别</translation>
        </message>
        <message>
            <source>Hide or show the shapes of the class</source>
            <translation>隐藏或显示该类别的形状</translation>
        </message>
        <message>
            <source>Lock or unlock the shapes of the class</source>
            <translation>锁定或解锁该类别的形状</translation>
        </message>
        <message>
            <source>Hide the shapes</source>
            <translation>隐藏形状</translation>
        </message>
        <message>
            <source>What is selected, as large as possible</source>
            <translation>尽可能放大所选</translation>
        </message>
        <message>
            <source>One pixel for one pixel</source>
            <translation>原始大小（1:1）</translation>
        </message>
        <message>
            <source>Larger</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Smaller</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>Magnifier</source>
            <translation>放大镜</translation>
        </message>
        <message>
            <source>Mini-map</source>
            <translation>小地图</translation>
        </message>
        <message>
            <source>All keys</source>
            <translation>全部按键</translation>
        </message>
        <message>
            <source>%1 is also: %2</source>
            <translation>%1 也用于：%2</translation>
        </message>
        <message>
            <source>Shapes between two pictures</source>
            <translation>两张图片之间的形状</translation>
        </message>
        <message>
            <source>Next item</source>
            <translation>下一条</translation>
        </message>
        <message>
            <source>Previous item</source>
            <translation>上一条</translation>
        </message>
        <message>
            <source>Next item that is not labelled yet</source>
            <translation>下一个未标注的条目</translation>
        </message>
        <message>
            <source>Previous item that is not labelled yet</source>
            <translation>上一个未标注的条目</translation>
        </message>
        <message>
            <source>Go to an item by its number or name</source>
            <translation>按编号或名称转到条目</translation>
        </message>
        <message>
            <source>All items as a gallery, and back</source>
            <translation>以图库显示所有条目，再按返回</translation>
        </message>
        <message>
            <source>Find items</source>
            <translation>查找条目</translation>
        </message>
        <message>
            <source>Turn what is selected into masks, or masks into polygons</source>
            <translation>把选中的形状变成掩膜，或把掩膜变成多边形</translation>
        </message>
        <message>
            <source>Select the next shape, span or stretch</source>
            <translation>选择下一个形状、标记或区段</translation>
        </message>
        <message>
            <source>Select the previous shape, span or stretch</source>
            <translation>选择上一个形状、标记或区段</translation>
        </message>
        <message>
            <source>Mark what is selected, else the word at the cursor</source>
            <translation>标记选中的内容，否则标记光标处的词</translation>
        </message>
        <message>
            <source>Move the end of the span or stretch back</source>
            <translation>标记或区段的末端向前移</translation>
        </message>
        <message>
            <source>Move the end of the span or stretch on</source>
            <translation>标记或区段的末端向后移</translation>
        </message>
        <message>
            <source>Move its beginning back</source>
            <translation>其起点向前移</translation>
        </message>
        <message>
            <source>Move its beginning on</source>
            <translation>其起点向后移</translation>
        </message>
        <message>
            <source>Take the next proposal</source>
            <translation>采用下一个建议</translation>
        </message>
        <message>
            <source>Take all proposals</source>
            <translation>采用所有建议</translation>
        </message>
        <message>
            <source>Arrow from this span to the one that is selected next; a second time takes it away</source>
            <translation>从此标记画箭头到接着选中的标记；再画一次则去掉</translation>
        </message>
        <message>
            <source>Type a number instead of a class; Esc goes back to the keys</source>
            <translation>输入数值代替类别；Esc 返回按键操作</translation>
        </message>
        <message>
            <source>The whole picture or series</source>
            <translation>显示整张图片或整个序列</translation>
        </message>
        <message>
            <source>A smaller brush; the magic wand takes less</source>
            <translation>画笔变小；魔棒选取更少</translation>
        </message>
        <message>
            <source>A larger brush; the magic wand takes more</source>
            <translation>画笔变大；魔棒选取更多</translation>
        </message>
        <message>
            <source>Work: the first answer (accept, it is right, side by side)</source>
            <translation>工作：第一个回答（接受、标注正确、并排比较）</translation>
        </message>
        <message>
            <source>Work: the second answer (reject, change, send back, settled)</source>
            <translation>工作：第二个回答（拒绝、更改、退回、已裁定）</translation>
        </message>
        <message>
            <source>Work: the third answer (skip)</source>
            <translation>工作：第三个回答（跳过）</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>图片</translation>
        </message>
        <message>
            <source>Texts</source>
            <translation>文本</translation>
        </message>
        <message>
            <source>Rows</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>序列</translation>
        </message>
        <message>
            <source>Checked, next</source>
            <translation>已检查，下一条</translation>
        </message>
        <message>
            <source>Checked, next; held and dragged: move the picture</source>
            <translation>已检查，下一张；按住并拖动：移动图片</translation>
        </message>
        <message>
            <source>Checked, next (also from a text field)</source>
            <translation>已检查，下一条（在文本框中也可用）</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>撤销</translation>
        </message>
        <message>
            <source>Do again</source>
            <translation>重做</translation>
        </message>
        <message>
            <source>Remove the selected span, and its arrows with it</source>
            <translation>删除选中的标记及其箭头</translation>
        </message>
        <message>
            <source>Remove the selected stretch</source>
            <translation>删除选中的区段</translation>
        </message>
        <message>
            <source>Select the next shape</source>
            <translation>选择下一个形状</translation>
        </message>
        <message>
            <source>Select the next span</source>
            <translation>选择下一个标记</translation>
        </message>
        <message>
            <source>Select the next stretch</source>
            <translation>选择下一个区段</translation>
        </message>
        <message>
            <source>Select the previous shape</source>
            <translation>选择上一个形状</translation>
        </message>
        <message>
            <source>Select the previous span</source>
            <translation>选择上一个标记</translation>
        </message>
        <message>
            <source>Select the previous stretch</source>
            <translation>选择上一个区段</translation>
        </message>
        <message>
            <source>Move what is selected to the left</source>
            <translation>所选内容左移</translation>
        </message>
        <message>
            <source>Move it to the right</source>
            <translation>所选内容右移</translation>
        </message>
        <message>
            <source>Move it up</source>
            <translation>所选内容上移</translation>
        </message>
        <message>
            <source>Move it down</source>
            <translation>所选内容下移</translation>
        </message>
        <message>
            <source>Ten pixels to the left</source>
            <translation>左移十个像素</translation>
        </message>
        <message>
            <source>Ten pixels to the right</source>
            <translation>右移十个像素</translation>
        </message>
        <message>
            <source>Ten pixels up</source>
            <translation>上移十个像素</translation>
        </message>
        <message>
            <source>Ten pixels down</source>
            <translation>下移十个像素</translation>
        </message>
        <message>
            <source>Finish the shape that is being drawn</source>
            <translation>完成正在绘制的形状</translation>
        </message>
        <message>
            <source>Take its last point back; else the vertex under the mouse goes</source>
            <translation>撤回其最后一个点；否则删除鼠标下的顶点</translation>
        </message>
        <message>
            <source>Key points: this one cannot be told</source>
            <translation>关键点：此点无法判断</translation>
        </message>
        <message>
            <source>Drop what is being drawn; else nothing is selected any more</source>
            <translation>放弃正在绘制的形状；否则取消选择</translation>
        </message>
        <message>
            <source>Nothing is selected any more</source>
            <translation>取消选择</translation>
        </message>
        <message>
            <source>Mark what is selected</source>
            <translation>标记选中的内容</translation>
        </message>
        <message>
            <source>Move the end of the span back</source>
            <translation>标记的末端向前移</translation>
        </message>
        <message>
            <source>Move the end of the stretch back</source>
            <translation>区段的末端向前移</translation>
        </message>
        <message>
            <source>Move the end of the span on</source>
            <translation>标记的末端向后移</translation>
        </message>
        <message>
            <source>Move the end of the stretch on</source>
            <translation>区段的末端向后移</translation>
        </message>
        <message>
            <source>Cursor a word back; with Ctrl a character, with Shift select</source>
            <translation>光标前移一词；按住 Ctrl 移一字，按住 Shift 选择</translation>
        </message>
        <message>
            <source>Cursor back; with Ctrl by one step, with Shift select</source>
            <translation>光标前移；按住 Ctrl 移一步，按住 Shift 选择</translation>
        </message>
        <message>
            <source>Cursor a word on; with Ctrl a character, with Shift select</source>
            <translation>光标后移一词；按住 Ctrl 移一字，按住 Shift 选择</translation>
        </message>
        <message>
            <source>Cursor on; with Ctrl by one step, with Shift select</source>
            <translation>光标后移；按住 Ctrl 移一步，按住 Shift 选择</translation>
        </message>
        <message>
            <source>Cursor a line up; with Shift select</source>
            <translation>光标上移一行；按住 Shift 选择</translation>
        </message>
        <message>
            <source>Cursor a line down; with Shift select</source>
            <translation>光标下移一行；按住 Shift 选择</translation>
        </message>
        <message>
            <source>The whole picture</source>
            <translation>显示整张图片</translation>
        </message>
        <message>
            <source>The whole series</source>
            <translation>显示整个序列</translation>
        </message>
        <message>
            <source>Change the chosen class</source>
            <translation>修改选中的类别</translation>
        </message>
        <message>
            <source>The chosen class further up in the list</source>
            <translation>选中的类别在列表中上移</translation>
        </message>
        <message>
            <source>The chosen class further down in the list</source>
            <translation>选中的类别在列表中下移</translation>
        </message>
        <message>
            <source>%1 is needed by the window</source>
            <translation>%1 由窗口使用</translation>
        </message>
        <message>
            <source>%1 with a shape selected: %2</source>
            <translation>选中形状时 %1：%2</translation>
        </message>
        <message>
            <source>%1 while a shape is drawn: %2</source>
            <translation>绘制形状时 %1：%2</translation>
        </message>
        <message>
            <source>%1 in a text or series: %2</source>
            <translation>在文本或序列中 %1：%2</translation>
        </message>
    </context>
    <context>
        <name>lamina::AttributesPanel</name>
        <message>
            <source>Attributes</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>Of the whole item. Select a shape or a span to say something of it alone.</source>
            <translation>针对整个条目。选中一个形状或标记即可单独说明它。</translation>
        </message>
        <message>
            <source>Of what is selected: %1</source>
            <translation>针对所选：%1</translation>
        </message>
        <message>
            <source>attributes</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>attributes of %1</source>
            <translation>%1 的属性</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
    </context>
    <context>
        <name>lamina::ClassEditor</name>
        <message>
            <source>Class</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>This key chooses the class, whatever it did on the page before</source>
            <translation>此键选择该类别，无论它之前在本页有何作用</translation>
        </message>
        <message>
            <source>No key of its own</source>
            <translation>没有自己的按键</translation>
        </message>
        <message>
            <source>No key of its own: the digit of its place</source>
            <translation>没有自己的按键：使用其位置的数字</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Belongs to</source>
            <translation>属于</translation>
        </message>
        <message>
            <source>What it means</source>
            <translation>含义</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>%1 has this key, too: the class above in the list gets it.</source>
            <translation>%1 也使用此键：列表中靠上的类别优先。</translation>
        </message>
        <message>
            <source>nose, left eye, right eye</source>
            <translation>鼻子, 左眼, 右眼</translation>
        </message>
        <message>
            <source>Names of the points that the tool Key points sets, in this order</source>
            <translation>“关键点”工具依次放置的各点名称</translation>
        </message>
        <message>
            <source>Which points are connected by a line, by their places</source>
            <translation>哪些点之间连线，用它们的序号表示</translation>
        </message>
        <message>
            <source>Key points</source>
            <translation>关键点</translation>
        </message>
        <message>
            <source>Lines between them</source>
            <translation>点间连线</translation>
        </message>
        <message>
            <source>The page loses this key: %1</source>
            <translation>此按键在页面上的原有功能将失效：%1</translation>
        </message>
        <message>
            <source>The window needs this key: it does not choose the class.</source>
            <translation>此键由窗口使用，不能用来选择类别。</translation>
        </message>
        <message>
            <source>Choose another colour</source>
            <translation>选择其他颜色</translation>
        </message>
    </context>
    <context>
        <name>lamina::ClassList</name>
        <message numerus="yes">
            <source>%Ln label(s)</source>
            <translation>
                <numerusform>%Ln 个标注</numerusform>
            </translation>
        </message>
        <message>
            <source>%1, key %2</source>
            <translation>%1，按键 %2</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message>
            <source>Find or add a class</source>
            <translation>查找或添加类别</translation>
        </message>
        <message>
            <source>hidden</source>
            <translation>已隐藏</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>已锁定</translation>
        </message>
        <message>
            <source>Show its shapes</source>
            <translation>显示此类形状</translation>
        </message>
        <message>
            <source>Hide its shapes</source>
            <translation>隐藏此类形状</translation>
        </message>
        <message>
            <source>Unlock its shapes</source>
            <translation>解锁此类形状</translation>
        </message>
        <message>
            <source>Lock its shapes</source>
            <translation>锁定此类形状</translation>
        </message>
        <message>
            <source>Belongs to %1</source>
            <translation>属于 %1</translation>
        </message>
        <message>
            <source>Change …</source>
            <translation>修改…</translation>
        </message>
        <message>
            <source>Further up</source>
            <translation>上移</translation>
        </message>
        <message>
            <source>Further down</source>
            <translation>下移</translation>
        </message>
        <message>
            <source>Merge into</source>
            <translation>合并到</translation>
        </message>
        <message>
            <source>No longer offer it</source>
            <translation>不再提供</translation>
        </message>
        <message>
            <source>Offer again</source>
            <translation>重新启用</translation>
        </message>
        <message>
            <source>There is no class yet. Type the name of one below and press Enter; labels get the class that is chosen here.</source>
            <translation>还没有类别。在下面输入类别名称并按回车；新的标注会得到这里选中的类别。</translation>
        </message>
        <message>
            <source>Change the chosen class</source>
            <translation>更改选中的类别</translation>
        </message>
        <message numerus="yes">
            <source>%Ln proposal(s) of models</source>
            <translation><numerusform>%Ln 个模型建议</numerusform></translation>
        </message>
        <message>
            <source>Change the chosen class: name, colour, key, place; merge it, or no longer offer it. Dragging a class gives it another place</source>
            <translation>更改所选类别：名称、颜色、按键、位置；合并，或不再提供。拖动类别可改变其位置</translation>
        </message>
        <message>
            <source>Clear the field</source>
            <translation>清空此栏</translation>
        </message>
    </context>
    <context>
        <name>lamina::DetailsPanel</name>
        <message>
            <source>Details</source>
            <translation>详情</translation>
        </message>
    </context>
    <context>
        <name>lamina::DisputeDialog</name>
        <message>
            <source>Opinions on “%1”</source>
            <translation>对“%1”的意见</translation>
        </message>
        <message>
            <source>Keep what counts now (0)</source>
            <translation>保持现状（0）</translation>
        </message>
        <message>
            <source>Nobody</source>
            <translation>无人</translation>
        </message>
        <message>
            <source>Class: %1</source>
            <translation>类别：%1</translation>
        </message>
        <message>
            <source>Nothing is there.</source>
            <translation>没有内容。</translation>
        </message>
        <message>
            <source>The picture with the shapes of %1</source>
            <translation>带有 %1 所画形状的图片</translation>
        </message>
        <message>
            <source>This one (%1)</source>
            <translation>采纳这个（%1）</translation>
        </message>
        <message>
            <source>None of them: I say it anew</source>
            <translation>都不对：我重新标注</translation>
        </message>
        <message>
            <source>Goes back to the item. Say there what is right, then press “It is settled”</source>
            <translation>返回该条目。在那里标注正确的内容，然后按“已裁定”</translation>
        </message>
        <message>
            <source>Skipped.</source>
            <translation>已跳过。</translation>
        </message>
        <message>
            <source>Skipped: %1</source>
            <translation>已跳过：%1</translation>
        </message>
    </context>
    <context>
        <name>lamina::DisputesPanel</name>
        <message>
            <source>Disputes</source>
            <translation>分歧</translation>
        </message>
        <message>
            <source>Disputes (%1)</source>
            <translation>分歧（%1）</translation>
        </message>
        <message>
            <source>Nobody disagrees.</source>
            <translation>没有分歧。</translation>
        </message>
        <message>
            <source>This item is disputed.</source>
            <translation>此条目存在分歧。</translation>
        </message>
        <message>
            <source>This item is not disputed.</source>
            <translation>此条目没有分歧。</translation>
        </message>
        <message>
            <source>Items on which people disagree. Nothing was overwritten: compare, and decide what counts.</source>
            <translation>多人意见不同的条目。什么都没有被覆盖：请比较并裁定以哪个为准。</translation>
        </message>
        <message>
            <source>Disputed items</source>
            <translation>有分歧的条目</translation>
        </message>
        <message>
            <source>Side by side …</source>
            <translation>并排比较…</translation>
        </message>
        <message>
            <source>All opinions beside each other; a digit chooses one</source>
            <translation>并排显示所有意见；按数字键选择其一</translation>
        </message>
        <message>
            <source>It is settled</source>
            <translation>已裁定</translation>
        </message>
        <message>
            <source>What counts now is the decision</source>
            <translation>以当前有效的内容为裁定结果</translation>
        </message>
    </context>
    <context>
        <name>lamina::ImportRemarksPanel</name>
        <message>
            <source>Remarks</source>
            <translation>备注</translation>
        </message>
        <message>
            <source>Remarks (%1)</source>
            <translation>备注（%1）</translation>
        </message>
        <message>
            <source>Imports of labels had nothing to remark.</source>
            <translation>导入标注时没有需要说明的问题。</translation>
        </message>
        <message>
            <source>Remarks of imports</source>
            <translation>导入备注</translation>
        </message>
        <message>
            <source>What imports of labels had to remark. A click leads there.</source>
            <translation>导入标注时的提示。点击即可转到相应位置。</translation>
        </message>
    </context>
    <context>
        <name>lamina::KeyDialog</name>
        <message>
            <source>Set this key</source>
            <translation>设为此键</translation>
        </message>
        <message>
            <source>No key</source>
            <translation>不设按键</translation>
        </message>
        <message>
            <source>Usual keys</source>
            <translation>默认按键</translation>
        </message>
        <message>
            <source>Left hand</source>
            <translation>左手</translation>
        </message>
        <message>
            <source>From a file …</source>
            <translation>从文件…</translation>
        </message>
        <message>
            <source>To a file …</source>
            <translation>存为文件…</translation>
        </message>
        <message>
            <source>Keys of the Label page</source>
            <translation>标注页面的快捷键</translation>
        </message>
        <message>
            <source>What has a key</source>
            <translation>有快捷键的操作</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>作用</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Press the new key here</source>
            <translation>在此按下新的按键</translation>
        </message>
        <message>
            <source>All that is done often lies under the left hand, while the right one has the mouse</source>
            <translation>常用操作都在左手下，右手使用鼠标</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>保存</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>New key:</source>
            <translation>新按键：</translation>
        </message>
        <message>
            <source>Some keys are in each other's way. Give one of them another key, then they can be kept.</source>
            <translation>有些按键互相冲突。请为其中之一换一个按键，然后即可保留。</translation>
        </message>
        <message>
            <source>Keys from a file</source>
            <translation>从文件读取快捷键</translation>
        </message>
        <message>
            <source>Keys (*.json)</source>
            <translation>快捷键 (*.json)</translation>
        </message>
        <message>
            <source>Keys to a file</source>
            <translation>将快捷键存为文件</translation>
        </message>
        <message>
            <source>Where</source>
            <translation>适用于</translation>
        </message>
        <message>
            <source>Remarks</source>
            <translation>说明</translation>
        </message>
        <message>
            <source>“%1” cannot be written.</source>
            <translation>无法写入“%1”。</translation>
        </message>
    </context>
    <context>
        <name>lamina::KeySheet</name>
        <message>
            <source>All keys</source>
            <translation>全部按键</translation>
        </message>
        <message>
            <source>Change keys …</source>
            <translation>更改按键…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
    </context>
    <context>
        <name>lamina::LabelBar</name>
        <message>
            <source>labelled</source>
            <translation>已标注</translation>
        </message>
        <message>
            <source>checked</source>
            <translation>已检查</translation>
        </message>
        <message>
            <source>checked, nothing there</source>
            <translation>已检查，没有目标</translation>
        </message>
        <message>
            <source>skipped</source>
            <translation>已跳过</translation>
        </message>
        <message>
            <source>not labelled yet</source>
            <translation>尚未标注</translation>
        </message>
        <message>
            <source>Cannot be told</source>
            <translation>无法判断</translation>
        </message>
        <message>
            <source>Does not belong here</source>
            <translation>不属于这里</translation>
        </message>
        <message>
            <source>Somebody else should look</source>
            <translation>需要别人来看</translation>
        </message>
        <message>
            <source>Label</source>
            <translation>标注</translation>
        </message>
        <message>
            <source>Label %1</source>
            <translation>标注 %1</translation>
        </message>
        <message>
            <source>Skip, with a reason</source>
            <translation>跳过，并说明原因</translation>
        </message>
        <message>
            <source>Flag for somebody to look at</source>
            <translation>加旗标，请他人查看</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>评论</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>按键</translation>
        </message>
        <message>
            <source>Checked, next</source>
            <translation>已检查，继续</translation>
        </message>
        <message>
            <source>How picture and shapes are shown</source>
            <translation>图片和形状的显示方式</translation>
        </message>
        <message>
            <source>Checked</source>
            <translation>已检查</translation>
        </message>
        <message>
            <source>Another reason …</source>
            <translation>其他原因…</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Why is it skipped?</source>
            <translation>为什么跳过？</translation>
        </message>
    </context>
    <context>
        <name>lamina::LabelOrders</name>
        <message numerus="yes">
            <source>Went on learning: %Ln label(s) are new or changed (%1 s).</source>
            <translation>
                <numerusform>已继续学习：%Ln 个标注是新的或有改动（%1 秒）。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Learned from %Ln label(s) (%1 s).</source>
            <translation>
                <numerusform>已从 %Ln 个标注中学习（%1 秒）。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About %Ln label(s) are probably wrong.</source>
            <translation>
                <numerusform>估计约有 %Ln 个标注是错的。</numerusform>
            </translation>
        </message>
        <message>
            <source>Look for doubtful labels</source>
            <translation>查找可疑标注</translation>
        </message>
        <message>
            <source>Order the items</source>
            <translation>为条目排序</translation>
        </message>
        <message>
            <source>Train on the labels</source>
            <translation>用标注训练</translation>
        </message>
        <message numerus="yes">
            <source>Tried on %Ln label(s) that it had not learned from, it said %1 of them right (%2 %).</source>
            <translation><numerusform>用 %Ln 个未学习过的标注试验，答对 %1 个（%2 %）。</numerusform></translation>
        </message>
    </context>
    <context>
        <name>lamina::LabelPage</name>
        <message>
            <source>Begin labelling</source>
            <translation>开始标注</translation>
        </message>
        <message>
            <source>This item has no picture.</source>
            <translation>此项没有图片。</translation>
        </message>
        <message>
            <source>This project is open for reading only: nothing can be labelled.</source>
            <translation>此项目以只读方式打开：无法标注。</translation>
        </message>
        <message>
            <source>saving …</source>
            <translation>正在保存…</translation>
        </message>
        <message>
            <source>not saved</source>
            <translation>未保存</translation>
        </message>
        <message>
            <source>saved %1</source>
            <translation>已保存 %1</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>评论</translation>
        </message>
        <message>
            <source>Choose a class first, or type the name of a new one at the right.</source>
            <translation>请先选择类别，或在右侧输入新类别的名称。</translation>
        </message>
        <message>
            <source>Label %1</source>
            <translation>标注 %1</translation>
        </message>
        <message>
            <source>Nothing to label yet</source>
            <translation>还没有可标注的内容</translation>
        </message>
        <message>
            <source>Go to Data</source>
            <translation>前往数据</translation>
        </message>
        <message>
            <source>Classes as a data set</source>
            <translation>将类别作为数据集</translation>
        </message>
        <message>
            <source>Train on these classes …</source>
            <translation>用这些类别训练…</translation>
        </message>
        <message>
            <source>Some of your work is not on the disk yet. Nothing can be undone until it is.</source>
            <translation>您的部分工作尚未写入磁盘。写入之前无法撤销。</translation>
        </message>
        <message>
            <source>Done again: %1</source>
            <translation>已重做：%1</translation>
        </message>
        <message>
            <source>Taken back: %1</source>
            <translation>已撤销：%1</translation>
        </message>
        <message>
            <source>Its number, or a part of its name or comment:</source>
            <translation>编号，或名称、评论的一部分：</translation>
        </message>
        <message>
            <source>All again</source>
            <translation>显示全部</translation>
        </message>
        <message>
            <source>Not saved yet: %1 Lamina tries again by itself.</source>
            <translation>尚未保存：%1 Lamina 会自动重试。</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>重试</translation>
        </message>
        <message>
            <source>History of this shape</source>
            <translation>此形状的历史</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>拷贝</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>删除</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>类别</translation>
        </message>
        <message numerus="yes">
            <source>%Ln not saved</source>
            <translation>
                <numerusform>%Ln 项未保存</numerusform>
            </translation>
        </message>
        <message>
            <source>The disk is full. Your labels are saved in the room that Lamina had put aside, but it does not last for long: make room on the disk.</source>
            <translation>磁盘已满。您的标注保存在 Lamina 预留的空间中，但它支撑不了多久：请腾出磁盘空间。</translation>
        </message>
        <message>
            <source>There is room on the disk again.</source>
            <translation>磁盘又有空间了。</translation>
        </message>
        <message numerus="yes">
            <source>%Ln change(s) of your labels could not be saved yet. If you close now, they are lost. Make room on the disk and wait until “saved” is said.</source>
            <translation>
                <numerusform>有 %Ln 处标注更改尚未保存。现在关闭会丢失这些更改。请先腾出磁盘空间，等到显示“已保存”。</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing of this kind is left.</source>
            <translation>没有剩下这类条目了。</translation>
        </message>
        <message>
            <source>What you had begun to draw is kept: it is there again when you come back to that picture.</source>
            <translation>您画到一半的形状已保留：回到那张图片时还在。</translation>
        </message>
        <message>
            <source>Here people label pictures, texts, rows and series with a few keys. Import some first; labels of other programs come in with them.</source>
            <translation>在这里用几个按键即可标注图片、文本、行和序列。请先导入数据；其他程序的标注会一同导入。</translation>
        </message>
        <message>
            <source>A digit key gives the whole item its class and goes on to the next</source>
            <translation>数字键为整个条目指定类别并转到下一个</translation>
        </message>
        <message>
            <source>Makes a data set of what has a class (or a value) as a whole, with it as the target</source>
            <translation>用已整体标注类别（或数值）的条目生成数据集，并以其为目标</translation>
        </message>
        <message>
            <source>Shapes between pictures</source>
            <translation>图片之间的形状</translation>
        </message>
        <message>
            <source>Show the first</source>
            <translation>显示第一张</translation>
        </message>
        <message>
            <source>What is labelled</source>
            <translation>标注对象</translation>
        </message>
        <message>
            <source>What is labelled in this data set</source>
            <translation>此数据集中标注的对象</translation>
        </message>
        <message>
            <source>Everything is saved as you go, can be undone, and knows who made it.</source>
            <translation>一切随做随存，可以撤销，并记录作者。</translation>
        </message>
        <message>
            <source>Mark words and phrases in your texts, connect them with arrows, or give each text a class.</source>
            <translation>标记文本中的词和短语，用箭头连接它们，或为每篇文本指定类别。</translation>
        </message>
        <message>
            <source>Give each row of the table a class with one key, or a number.</source>
            <translation>用一个按键为表格的每行指定类别，或输入一个数值。</translation>
        </message>
        <message>
            <source>Mark stretches of the series with their class: drag over the chart.</source>
            <translation>在图表上拖动，为序列的区段标记类别。</translation>
        </message>
        <message>
            <source>Draw boxes, polygons, masks, lines and key points on your pictures, or give each picture a class.</source>
            <translation>在图片上绘制方框、多边形、掩膜、线和关键点，或为每张图片指定类别。</translation>
        </message>
        <message numerus="yes">
            <source>%Ln labelled item(s) are the data set “%1” now: divide it and train on it.</source>
            <translation>
                <numerusform>%Ln 个已标注条目现在是数据集“%1”：请划分并用它训练。</numerusform>
            </translation>
        </message>
        <message>
            <source>Several classes at once</source>
            <translation>可同时有多个类别</translation>
        </message>
        <message>
            <source>A digit key gives a class or takes it away again; Space goes on to the next</source>
            <translation>数字键添加或去掉一个类别；空格键转到下一条</translation>
        </message>
        <message>
            <source>The class is no longer offered. Labels that have it keep it; the menu of the classes offers it again.</source>
            <translation>该类别不再提供。已有的标注保留它；可在类别菜单中重新启用。</translation>
        </message>
        <message>
            <source>Nothing is like this.</source>
            <translation>没有符合条件的条目。</translation>
        </message>
        <message>
            <source>Show all again</source>
            <translation>重新显示全部</translation>
        </message>
        <message>
            <source>as texts</source>
            <translation>按文本</translation>
        </message>
        <message>
            <source>as rows</source>
            <translation>按行</translation>
        </message>
        <message>
            <source>as a series</source>
            <translation>按序列</translation>
        </message>
        <message>
            <source>as pictures</source>
            <translation>按图片</translation>
        </message>
        <message>
            <source>Begin with the classes of “%1”</source>
            <translation>用“%1”列的类别开始</translation>
        </message>
        <message>
            <source>The first ten classes, by their places in the list</source>
            <translation>列表中的前十个类别</translation>
        </message>
        <message>
            <source>The next ten classes</source>
            <translation>随后十个类别</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>滚轮</translation>
        </message>
        <message>
            <source>Larger and smaller; with Shift sideways. The middle button moves the picture</source>
            <translation>放大和缩小；按住 Shift 左右移动。中键移动图片</translation>
        </message>
        <message>
            <source>That was the last one: it goes on with the first.</source>
            <translation>这是最后一项：从第一项继续。</translation>
        </message>
        <message>
            <source>That was the first one: it goes on with the last.</source>
            <translation>这是第一项：从最后一项继续。</translation>
        </message>
        <message>
            <source>proposed: %1</source>
            <translation>建议：%1</translation>
        </message>
        <message>
            <source>proposed: %1, %2 %</source>
            <translation>建议：%1，%2 %</translation>
        </message>
        <message>
            <source>Move what is selected</source>
            <translation>移动所选内容</translation>
        </message>
        <message>
            <source>Move it by ten pixels</source>
            <translation>移动十个像素</translation>
        </message>
        <message numerus="yes">
            <source>%Ln picture(s) before this one have proposals now, from picture %1 on. Look through them: {accept} accepts.</source>
            <translation><numerusform>从第 %1 张起，此前的 %Ln 张图片现在有了建议。请逐一查看：按 {accept} 接受。</numerusform></translation>
        </message>
        <message>
            <source>Something is half drawn here. Finish it first, or drop it with {drop}.</source>
            <translation>这里有未画完的形状。请先画完，或按 {drop} 放弃。</translation>
        </message>
        <message>
            <source>Begin with the existing labels: %1</source>
            <translation>从已有的标注开始：%1</translation>
        </message>
        <message>
            <source>Arrows</source>
            <translation>方向键</translation>
        </message>
    </context>
    <context>
        <name>lamina::LookPopup</name>
        <message>
            <source>Brightness</source>
            <translation>亮度</translation>
        </message>
        <message>
            <source>Contrast</source>
            <translation>对比度</translation>
        </message>
        <message>
            <source>Areas</source>
            <translation>填充</translation>
        </message>
        <message>
            <source>Names of the classes</source>
            <translation>类别名称</translation>
        </message>
        <message>
            <source>Cross-hair</source>
            <translation>十字线</translation>
        </message>
        <message>
            <source>Mini-map, where only a part is seen</source>
            <translation>只看到一部分时显示小地图</translation>
        </message>
        <message>
            <source>Magnifier</source>
            <translation>放大镜</translation>
        </message>
        <message>
            <source>Snap to what is near</source>
            <translation>吸附到附近</translation>
        </message>
    </context>
    <context>
        <name>lamina::OrderPanel</name>
        <message>
            <source>Order</source>
            <translation>顺序</translation>
        </message>
        <message>
            <source>Order: %1 (%2)</source>
            <translation>顺序：%1（%2）</translation>
        </message>
        <message>
            <source>As the items lie in the data set.</source>
            <translation>按条目在数据集中的顺序。</translation>
        </message>
        <message>
            <source>Drawn: whatever part is labelled stands for all.</source>
            <translation>随机抽取：无论标注到哪里，都能代表整体。</translation>
        </message>
        <message>
            <source>First what the model knows least about. Only items without a class.</source>
            <translation>先给出模型最没把握的。只包括没有类别的条目。</translation>
        </message>
        <message>
            <source>First where two classes are nearly equally likely. Only items without a class.</source>
            <translation>先给出两个类别几乎同样可能的。只包括没有类别的条目。</translation>
        </message>
        <message>
            <source>First what is most unlike all that is labelled. Only items without a class.</source>
            <translation>先给出与已标注内容最不相似的。只包括没有类别的条目。</translation>
        </message>
        <message>
            <source>First labels that are probably wrong: models judge what they have not learned from.</source>
            <translation>先给出可能错误的标注：由没有学过这些条目的模型来判断。</translation>
        </message>
        <message>
            <source>By rows</source>
            <translation>按行</translation>
        </message>
        <message>
            <source>Random</source>
            <translation>随机</translation>
        </message>
        <message>
            <source>Most uncertain</source>
            <translation>最没把握</translation>
        </message>
        <message>
            <source>Between two classes</source>
            <translation>两类之间</translation>
        </message>
        <message>
            <source>Most different</source>
            <translation>最不相似</translation>
        </message>
        <message>
            <source>Suspects</source>
            <translation>可疑标注</translation>
        </message>
        <message>
            <source>Order of the items</source>
            <translation>条目的顺序</translation>
        </message>
        <message>
            <source>Use this order</source>
            <translation>使用此顺序</translation>
        </message>
        <message>
            <source>The queue comes in this order from now on, tomorrow too</source>
            <translation>从现在起队列按此顺序出现，明天也一样</translation>
        </message>
        <message>
            <source>Train now</source>
            <translation>立即训练</translation>
        </message>
        <message>
            <source>A quick model learns what is labelled now; the queue is ordered anew by what it says</source>
            <translation>一个快速模型学习现有标注；队列按它的判断重新排序</translation>
        </message>
        <message>
            <source>Trains on what is labelled and orders the queue anew. After a few more labels it goes on from there, within seconds.</source>
            <translation>用现有标注训练，并重新为队列排序。再标注一些之后，它会在几秒内接着学。</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>How far it is</source>
            <translation>进度</translation>
        </message>
    </context>
    <context>
        <name>lamina::PeoplePanel</name>
        <message>
            <source>Part</source>
            <comment>of the items, before a number</comment>
            <translation>第</translation>
        </message>
        <message>
            <source>of</source>
            <comment>part 1 of 3</comment>
            <translation>份，共</translation>
        </message>
        <message>
            <source>Packages to label (*%1)</source>
            <translation>标注包 (*%1)</translation>
        </message>
        <message>
            <source>Send a package</source>
            <translation>发送标注包</translation>
        </message>
        <message>
            <source>Take a package in</source>
            <translation>合并标注包</translation>
        </message>
        <message>
            <source>Give it back</source>
            <translation>交回</translation>
        </message>
        <message>
            <source> done</source>
            <translation> 已完成</translation>
        </message>
        <message>
            <source>People</source>
            <translation>多人协作</translation>
        </message>
        <message>
            <source>This is a package for %1. When you are done, give it back: the file holds all that you labelled.</source>
            <translation>这是给 %1 的标注包。完成后请交回：文件中包含您的全部标注。</translation>
        </message>
        <message>
            <source>Send some of the items to somebody as a file. It opens the Label page alone, and comes back as revisions: nothing is overwritten.</source>
            <translation>把一部分条目作为文件发给别人。打开时只有标注页，收回时作为修订合并：什么都不会被覆盖。</translation>
        </message>
        <message>
            <source>%1: %2 items, came back</source>
            <translation>%1：%2 个条目，已收回</translation>
        </message>
        <message>
            <source>%1: %2 items, not back yet</source>
            <translation>%1：%2 个条目，尚未收回</translation>
        </message>
        <message>
            <source>Nothing in it is new here.</source>
            <translation>其中没有新的内容。</translation>
        </message>
        <message numerus="yes">
            <source>%Ln item(s) have something new.</source>
            <translation>
                <numerusform>%Ln 个条目有新内容。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln item(s) are disputed: see Disputes.</source>
            <translation>
                <numerusform>%Ln 个条目存在分歧：见“分歧”。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Fleiss' kappa: %1 (%Ln item(s) that everybody gave a class)</source>
            <translation>
                <numerusform>Fleiss kappa：%1（所有人都给出类别的条目 %Ln 个）</numerusform>
            </translation>
        </message>
        <message>
            <source>Krippendorff's alpha: %1</source>
            <translation>Krippendorff alpha：%1</translation>
        </message>
        <message>
            <source>Overlap of matching shapes: %1</source>
            <translation>匹配形状的重叠：%1</translation>
        </message>
        <message>
            <source>%1 and %2: Cohen's kappa %3</source>
            <translation>%1 与 %2：Cohen kappa %3</translation>
        </message>
        <message>
            <source>Who is going to label</source>
            <translation>由谁标注</translation>
        </message>
        <message>
            <source>All items</source>
            <translation>所有条目</translation>
        </message>
        <message>
            <source>Items that are not labelled yet</source>
            <translation>尚未标注的条目</translation>
        </message>
        <message>
            <source>Which items go out</source>
            <translation>发出哪些条目</translation>
        </message>
        <message>
            <source>Blind: a second opinion</source>
            <translation>盲标：第二意见</translation>
        </message>
        <message>
            <source>Nothing of what others said goes with the items</source>
            <translation>条目不带他人的任何标注</translation>
        </message>
        <message>
            <source>With the pictures</source>
            <translation>连同图片</translation>
        </message>
        <message>
            <source>Pictures that lie outside the project go into the file, too: for somebody at another computer</source>
            <translation>项目外的图片也放入文件：供使用另一台电脑的人</translation>
        </message>
        <message>
            <source>Send a package …</source>
            <translation>发送标注包…</translation>
        </message>
        <message>
            <source>Take a package in …</source>
            <translation>合并标注包…</translation>
        </message>
        <message>
            <source>How far do we agree?</source>
            <translation>我们有多一致？</translation>
        </message>
        <message>
            <source>Give it back …</source>
            <translation>交回…</translation>
        </message>
        <message>
            <source>%1 s each</source>
            <translation>每条 %1 秒</translation>
        </message>
        <message numerus="yes">
            <source>You: %Ln item(s) in this sitting, %1 s each. Only you see this.</source>
            <translation>
                <numerusform>您：本次完成 %Ln 条，每条 %1 秒。只有您自己看得到。</numerusform>
            </translation>
        </message>
        <message>
            <source>With how quickly I worked</source>
            <translation>附上我的标注速度</translation>
        </message>
        <message>
            <source>The seconds that you took for an item go with the package. Without this nobody sees them but you</source>
            <translation>您每条所用的秒数会随标注包一起交回。不勾选则只有您自己看得到</translation>
        </message>
        <message>
            <source>Which part of the items goes out</source>
            <translation>发出哪一份条目</translation>
        </message>
        <message>
            <source>Into how many parts the items are divided</source>
            <translation>条目分成几份</translation>
        </message>
        <message>
            <source>For several people: part 1 of 3 to the first, part 2 of 3 to the second … No item is in two parts</source>
            <translation>供多人分工：第 1/3 份给第一位，第 2/3 份给第二位……任何条目都不会出现在两份中</translation>
        </message>
        <message>
            <source>What the queue shows (%1)</source>
            <translation>队列中显示的条目（%1）</translation>
        </message>
        <message>
            <source>Not what is out with somebody</source>
            <translation>不含已发出的条目</translation>
        </message>
        <message>
            <source>Items of packages that have not come back yet stay out of this one</source>
            <translation>尚未交回的标注包中的条目不会放入此包</translation>
        </message>
        <message>
            <source>Who is compared</source>
            <translation>比较哪些人</translation>
        </message>
        <message>
            <source>Tick two or more to compare them.</source>
            <translation>请勾选两个或更多进行比较。</translation>
        </message>
        <message numerus="yes">
            <source>overlap %1 of %Ln matching shape(s)</source>
            <translation><numerusform>%Ln 个匹配形状的重叠为 %1</numerusform></translation>
        </message>
        <message numerus="yes">
            <source>%Ln item(s) are in the file “%1” now.</source>
            <translation><numerusform>%Ln 个条目已写入文件“%1”。</numerusform></translation>
        </message>
        <message>
            <source>All is in “%1”: send this file back.</source>
            <translation>全部内容已写入“%1”：请把此文件发回。</translation>
        </message>
    </context>
    <context>
        <name>lamina::ProposalsPanel</name>
        <message>
            <source>Proposals</source>
            <translation>建议</translation>
        </message>
        <message>
            <source>Proposals (%1)</source>
            <translation>建议（%1）</translation>
        </message>
        <message>
            <source>%1 %  %2 (%3)</source>
            <comment>score, class, number of the item</comment>
            <translation>%1%　%2（%3）</translation>
        </message>
        <message numerus="yes">
            <source>%1 of %Ln proposal(s) have at least this score.</source>
            <translation>
                <numerusform>%Ln 个建议中有 %1 个不低于此分数。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Accept %Ln</source>
            <translation>
                <numerusform>接受 %Ln 个</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Reject all %Ln</source>
            <translation>
                <numerusform>全部拒绝 %Ln</numerusform>
            </translation>
        </message>
        <message>
            <source>Propose labels</source>
            <translation>建议标注</translation>
        </message>
        <message numerus="yes">
            <source>%Ln item(s) have a proposal now.</source>
            <translation>
                <numerusform>现在有 %Ln 个条目带有建议。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln proposal(s) accepted: they are your labels now.</source>
            <translation>
                <numerusform>已接受 %Ln 个建议：它们现在是您的标注。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln proposal(s) rejected.</source>
            <translation>
                <numerusform>已拒绝 %Ln 个建议。</numerusform>
            </translation>
        </message>
        <message>
            <source>A model proposes a class for every item that nobody has labelled. Proposals count for nothing until a person accepts them.</source>
            <translation>模型为每个尚未标注的条目建议一个类别。建议在有人接受之前不算标注。</translation>
        </message>
        <message>
            <source>Who proposes</source>
            <translation>由谁建议</translation>
        </message>
        <message>
            <source>Propose classes</source>
            <translation>建议类别</translation>
        </message>
        <message>
            <source>Accept from this score on</source>
            <translation>从此分数起接受</translation>
        </message>
        <message>
            <source>from </source>
            <translation>从 </translation>
        </message>
        <message>
            <source>Proposals, the surest first</source>
            <translation>建议，最有把握的在前</translation>
        </message>
        <message>
            <source>They become your labels, in one edit that can be undone</source>
            <translation>它们成为您的标注，可一步撤销</translation>
        </message>
        <message>
            <source>All proposals are taken away, in one edit that can be undone</source>
            <translation>取走所有建议，可一步撤销</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>接受</translation>
        </message>
        <message>
            <source>Reject</source>
            <translation>拒绝</translation>
        </message>
        <message numerus="yes">
            <source>Of %Ln proposal(s) that people have looked at so far, %1 were right (%2 %).</source>
            <translation><numerusform>至今已查看 %Ln 个建议，其中 %1 个正确（%2 %）。</numerusform></translation>
        </message>
        <message>
            <source>The model proposes: %1 (%2 % sure)</source>
            <translation>模型建议：%1（把握 %2 %）</translation>
        </message>
    </context>
    <context>
        <name>lamina::QueueView</name>
        <message>
            <source>Any class</source>
            <translation>任意类别</translation>
        </message>
        <message>
            <source>Anybody</source>
            <translation>任何人</translation>
        </message>
        <message>
            <source>Not labelled yet (%1)</source>
            <translation>未标注（%1）</translation>
        </message>
        <message>
            <source>Labelled (%1)</source>
            <translation>已标注（%1）</translation>
        </message>
        <message>
            <source>Checked (%1)</source>
            <translation>已检查（%1）</translation>
        </message>
        <message>
            <source>Checked, nothing there (%1)</source>
            <translation>已检查，没有内容（%1）</translation>
        </message>
        <message>
            <source>Skipped (%1)</source>
            <translation>已跳过（%1）</translation>
        </message>
        <message>
            <source>Flagged (%1)</source>
            <translation>有旗标（%1）</translation>
        </message>
        <message>
            <source>With a comment (%1)</source>
            <translation>有评论（%1）</translation>
        </message>
        <message>
            <source>%1 found</source>
            <translation>找到 %1 张</translation>
        </message>
        <message>
            <source>flagged</source>
            <translation>有旗标</translation>
        </message>
        <message>
            <source>with a comment</source>
            <translation>有评论</translation>
        </message>
        <message>
            <source>Gallery</source>
            <translation>图库</translation>
        </message>
        <message>
            <source>All (%1)</source>
            <translation>全部（%1）</translation>
        </message>
        <message>
            <source>By the score that a model gave</source>
            <translation>按模型给出的得分</translation>
        </message>
        <message>
            <source>Clear the field</source>
            <translation>清空此栏</translation>
        </message>
    </context>
    <context>
        <name>lamina::ReviewPanel</name>
        <message>
            <source>Review: %1</source>
            <translation>审核：%1</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>审核</translation>
        </message>
        <message>
            <source>None.</source>
            <translation>没有。</translation>
        </message>
        <message>
            <source>The first %1:</source>
            <translation>前 %1 个：</translation>
        </message>
        <message>
            <source>%1 of them:</source>
            <translation>共 %1 个：</translation>
        </message>
        <message>
            <source>Nobody has reviewed this item yet.</source>
            <translation>还没有人审核此条目。</translation>
        </message>
        <message>
            <source>Accepted by %1, %2.</source>
            <translation>已由 %1 通过，%2。</translation>
        </message>
        <message>
            <source>Sent back by %1, %2.</source>
            <translation>已由 %1 退回，%2。</translation>
        </message>
        <message>
            <source>“%1”</source>
            <translation>“%1”</translation>
        </message>
        <message>
            <source>Its labels have changed since.</source>
            <translation>此后标注有改动。</translation>
        </message>
        <message>
            <source>A second person looks at what was labelled. What is sent back says why, and waits for whoever labelled it.</source>
            <translation>由另一个人查看标注结果。退回时说明原因，等待标注者处理。</translation>
        </message>
        <message>
            <source>Waiting for review</source>
            <translation>等待审核</translation>
        </message>
        <message>
            <source>Sent back</source>
            <translation>已退回</translation>
        </message>
        <message>
            <source>Accepted</source>
            <translation>已通过</translation>
        </message>
        <message>
            <source>Which items</source>
            <translation>哪些条目</translation>
        </message>
        <message>
            <source>Items of the review</source>
            <translation>审核的条目</translation>
        </message>
        <message>
            <source>Comment; needed to send back</source>
            <translation>说明（退回时必填）</translation>
        </message>
        <message>
            <source>Comment</source>
            <translation>评论</translation>
        </message>
        <message>
            <source>Go through these</source>
            <translation>逐个查看这些</translation>
        </message>
        <message>
            <source>Accept</source>
            <translation>接受</translation>
        </message>
        <message>
            <source>Send back</source>
            <translation>退回</translation>
        </message>
        <message>
            <source>What is sent back says why, and waits for whoever labelled it</source>
            <translation>退回的条目会写明原因，等待标注者处理</translation>
        </message>
    </context>
    <context>
        <name>lamina::RowDesk</name>
        <message>
            <source>Class: %1</source>
            <translation>类别：%1</translation>
        </message>
        <message>
            <source>Proposed: %1</source>
            <translation>建议：%1</translation>
        </message>
        <message>
            <source>Value: %1</source>
            <translation>数值：%1</translation>
        </message>
        <message>
            <source>Nothing is said of this row yet.</source>
            <translation>此行尚未标注。</translation>
        </message>
        <message>
            <source>“%1” is no number.</source>
            <translation>“%1”不是数字。</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Enter</translation>
        </message>
        <message>
            <source>In the number: keep it and go on to the next row</source>
            <translation>在数值框中：保存并转到下一行</translation>
        </message>
        <message>
            <source>The row</source>
            <translation>行</translation>
        </message>
        <message>
            <source>Value of the row</source>
            <translation>该行的数值</translation>
        </message>
        <message>
            <source>a number, Enter</source>
            <translation>数值，按 Enter</translation>
        </message>
        <message>
            <source>A key gives the row its class and the next one comes.</source>
            <translation>按键给这一行指定类别，并转到下一行。</translation>
        </message>
        <message>
            <source>%1 leads to a field for a number instead: Enter keeps it and goes on.</source>
            <translation>%1 转到数值输入框：回车保存并继续。</translation>
        </message>
        <message>
            <source>Or a value</source>
            <translation>或数值</translation>
        </message>
    </context>
    <context>
        <name>lamina::ScorePopup</name>
        <message>
            <source>Score %1–%2 %</source>
            <translation>得分 %1–%2 %</translation>
        </message>
        <message>
            <source>Score</source>
            <translation>得分</translation>
        </message>
        <message>
            <source>Only what a model gave a score</source>
            <translation>只看模型给出得分的条目</translation>
        </message>
        <message>
            <source>from </source>
            <translation>从 </translation>
        </message>
        <message>
            <source>to </source>
            <translation>到 </translation>
        </message>
        <message>
            <source>Lowest score</source>
            <translation>最低得分</translation>
        </message>
        <message>
            <source>Highest score</source>
            <translation>最高得分</translation>
        </message>
        <message>
            <source>Proposals that nobody has accepted yet have a score: how sure the model is.</source>
            <translation>尚未被接受的建议带有得分，表示模型的把握程度。</translation>
        </message>
    </context>
    <context>
        <name>lamina::SeriesDesk</name>
        <message>
            <source>Stretches from a file</source>
            <translation>从文件读入区段</translation>
        </message>
        <message>
            <source>Tables (*.csv *.tsv *.txt)</source>
            <translation>表格 (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <source>Stretches as a file</source>
            <translation>将区段存为文件</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>表格 (*.csv)</translation>
        </message>
        <message numerus="yes">
            <source>%Ln new stretch(es) read.</source>
            <translation>
                <numerusform>已读入 %Ln 个新区段。</numerusform>
            </translation>
        </message>
        <message>
            <source>Choose a class and drag over the chart: the stretch gets it. Edges can be dragged. The wheel zooms, with Shift it moves along. Stretches may overlap.</source>
            <translation>选择类别后在图表上拖动：区段即得到该类别。边缘可拖动。滚轮缩放，按住 Shift 则移动。区段可以重叠。</translation>
        </message>
        <message>
            <source>From a file …</source>
            <translation>从文件…</translation>
        </message>
        <message>
            <source>A table with the columns start, end and class</source>
            <translation>含 start、end 和 class 列的表格</translation>
        </message>
        <message>
            <source>To a file …</source>
            <translation>存为文件…</translation>
        </message>
        <message>
            <source>All stretches as a table with the columns start, end and class</source>
            <translation>所有区段存为含 start、end 和 class 列的表格</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Nothing is selected any more</source>
            <translation>取消选择</translation>
        </message>
        <message numerus="yes">
            <source>%Ln stretch(es) written to “%1”.</source>
            <translation><numerusform>已将 %Ln 个区段写入“%1”。</numerusform></translation>
        </message>
        <message>
            <source>Home, End</source>
            <translation>Home、End</translation>
        </message>
        <message>
            <source>The first step, the last step; with Shift select</source>
            <translation>第一步、最后一步；按住 Shift 选择</translation>
        </message>
        <message>
            <source>Drag</source>
            <translation>拖动</translation>
        </message>
        <message>
            <source>Mark a stretch with the chosen class; at its edges: move them</source>
            <translation>用选中的类别标记区段；在其边缘拖动则移动边缘</translation>
        </message>
        <message>
            <source>Wheel</source>
            <translation>滚轮</translation>
        </message>
        <message>
            <source>Larger and smaller; with Shift along the series</source>
            <translation>放大和缩小；按住 Shift 沿序列移动</translation>
        </message>
    </context>
    <context>
        <name>lamina::ShapeHistory</name>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>%1 removed</source>
            <translation>%1 已删除</translation>
        </message>
        <message>
            <source>%1 made</source>
            <translation>%1 已创建</translation>
        </message>
        <message>
            <source>%1 changed</source>
            <translation>%1 已修改</translation>
        </message>
        <message>
            <source>a model (%1)</source>
            <translation>模型（%1）</translation>
        </message>
        <message>
            <source>What was done, newest first</source>
            <translation>做过的事，最新的在前</translation>
        </message>
        <message>
            <source>Bring this state back</source>
            <translation>恢复此状态</translation>
        </message>
        <message>
            <source>The label becomes again what it was then. Nothing is lost: what it is now stays in its history</source>
            <translation>标注恢复为当时的样子。不会丢失任何内容：现在的样子仍保留在历史中</translation>
        </message>
        <message>
            <source>imported (%1)</source>
            <translation>已导入（%1）</translation>
        </message>
        <message>
            <source>marked</source>
            <translation>标记</translation>
        </message>
        <message>
            <source>arrow</source>
            <translation>箭头</translation>
        </message>
        <message>
            <source>value</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>stretch</source>
            <translation>区段</translation>
        </message>
        <message>
            <source>between pictures</source>
            <translation>图片之间</translation>
        </message>
        <message>
            <source>What became of what is selected. The state that counts is bold.</source>
            <translation>选中内容的变化经过。当前有效的状态用粗体显示。</translation>
        </message>
        <message>
            <source>from the column “%1”</source>
            <translation>来自列“%1”</translation>
        </message>
        <message>
            <source>proposed</source>
            <translation>模型建议</translation>
        </message>
        <message>
            <source>as a whole</source>
            <translation>整体</translation>
        </message>
        <message>
            <source>accepted</source>
            <translation>已接受</translation>
        </message>
        <message>
            <source>rejected</source>
            <translation>已拒绝</translation>
        </message>
        <message>
            <source>among the suspects</source>
            <translation>在可疑标注中</translation>
        </message>
        <message>
            <source>brought back</source>
            <translation>已恢复</translation>
        </message>
        <message>
            <source>attributes</source>
            <translation>属性</translation>
        </message>
        <message>
            <source>settled</source>
            <translation>已裁定</translation>
        </message>
    </context>
    <context>
        <name>lamina::SuspectsPanel</name>
        <message>
            <source>Suspects</source>
            <translation>可疑标注</translation>
        </message>
        <message>
            <source>Look for suspects</source>
            <translation>查找可疑标注</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>重新查找</translation>
        </message>
        <message>
            <source>%1 suspects; this item is none</source>
            <translation>共 %1 个可疑标注；当前条目不是</translation>
        </message>
        <message>
            <source>Suspect %1 of %2</source>
            <translation>第 %1 个可疑标注，共 %2 个</translation>
        </message>
        <message>
            <source>Labelled: %1</source>
            <translation>标注为：%1</translation>
        </message>
        <message>
            <source>The model agrees now.</source>
            <translation>现在模型也同意。</translation>
        </message>
        <message>
            <source>Finds labels that are probably wrong: models judge what they have not learned from. At least 20 items need a class.</source>
            <translation>查找可能错误的标注：由没有学过这些条目的模型来判断。至少需要 20 个有类别的条目。</translation>
        </message>
        <message>
            <source>The label stays, and the item is no suspect any more</source>
            <translation>标注保留，该条目不再可疑</translation>
        </message>
        <message>
            <source>The item gets the class that the model says. A digit key gives it another one</source>
            <translation>条目改为模型所说的类别。按数字键可给出其他类别</translation>
        </message>
        <message>
            <source>Says nothing and goes on to the next suspect</source>
            <translation>不作判断，转到下一个可疑标注</translation>
        </message>
        <message>
            <source>Change to %1</source>
            <translation>改为 %1</translation>
        </message>
        <message>
            <source>It is right</source>
            <translation>标注正确</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>The model would say: %1. It sees a chance of %2 % that “%3” is right.</source>
            <translation>模型认为是：%1。它认为“%3”正确的可能性为 %2 %。</translation>
        </message>
        <message>
            <source>Go to the first suspect</source>
            <translation>转到第一个可疑标注</translation>
        </message>
    </context>
    <context>
        <name>lamina::TextDesk</name>
        <message>
            <source>What new arrows say</source>
            <translation>新箭头表示的关系</translation>
        </message>
        <message>
            <source>What one span has to do with the other, “works for” for example</source>
            <translation>一个标记与另一个的关系，例如“任职于”</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
        <message>
            <source>Nothing is selected any more</source>
            <translation>取消选择</translation>
        </message>
        <message>
            <source>Drag over words, or select them with Shift and the arrows, and press a digit: they get the class.</source>
            <translation>在词上拖动，或用 Shift 加方向键选择后按数字键：即得到该类别。</translation>
        </message>
        <message>
            <source>%1 takes a proposal.</source>
            <translation>%1 采用建议。</translation>
        </message>
        <message>
            <source>%1 draws an arrow.</source>
            <translation>%1 画箭头。</translation>
        </message>
        <message>
            <source>Arrows say</source>
            <translation>箭头表示</translation>
        </message>
        <message>
            <source>Home, End</source>
            <translation>Home、End</translation>
        </message>
        <message>
            <source>Beginning and end of the line, with Ctrl of the text; with Shift select</source>
            <translation>行首和行尾，按住 Ctrl 为全文的开头和结尾；按住 Shift 选择</translation>
        </message>
        <message>
            <source>Drag</source>
            <translation>拖动</translation>
        </message>
        <message>
            <source>Mark whole words with the chosen class; with Alt single characters</source>
            <translation>用选中的类别标记整词；按住 Alt 标记单个字符</translation>
        </message>
        <message>
            <source>Double click</source>
            <translation>双击</translation>
        </message>
        <message>
            <source>Mark the word</source>
            <translation>标记该词</translation>
        </message>
    </context>
    <context>
        <name>lamina::WorkPanel</name>
        <message>
            <source>Work</source>
            <translation>工作</translation>
        </message>
    </context>
    <context>
        <name>lamina::FilesPanel</name>
        <message>
            <source>Labels from a folder</source>
            <translation>从文件夹读入标注</translation>
        </message>
        <message>
            <source>Labels from a file</source>
            <translation>从文件读入标注</translation>
        </message>
        <message>
            <source>Labels to a folder</source>
            <translation>将标注写入文件夹</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message numerus="yes">
            <source>%Ln remark(s) in all.</source>
            <translation><numerusform>共 %Ln 条提示。</numerusform></translation>
        </message>
        <message>
            <source>Labels from other programs</source>
            <translation>其他程序的标注</translation>
        </message>
        <message numerus="yes">
            <source>%Ln label(s) came in.</source>
            <translation><numerusform>读入了 %Ln 个标注。</numerusform></translation>
        </message>
        <message>
            <source>Labels of other programs come in beside those that are here: items are recognised by their names. Everything that is labelled can be written for other programs.</source>
            <translation>其他程序的标注会与现有标注并存：按名称识别条目。所有标注都可写成其他程序的格式。</translation>
        </message>
        <message>
            <source>Labels from a folder …</source>
            <translation>从文件夹读入标注…</translation>
        </message>
        <message>
            <source>Labels from a file …</source>
            <translation>从文件读入标注…</translation>
        </message>
        <message>
            <source>Formats that are one file: COCO, CVAT, tables, texts</source>
            <translation>单个文件的格式：COCO、CVAT、表格、文本</translation>
        </message>
        <message>
            <source>Format of the files</source>
            <translation>文件格式</translation>
        </message>
        <message>
            <source>With the pictures</source>
            <translation>连同图片</translation>
        </message>
        <message>
            <source>Labels to a folder …</source>
            <translation>将标注写入文件夹…</translation>
        </message>
        <message numerus="yes">
            <source>%Ln label(s) are in the folder “%1” now.</source>
            <translation><numerusform>%Ln 个标注已写入文件夹“%1”。</numerusform></translation>
        </message>
    </context>
</TS>
